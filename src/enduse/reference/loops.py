"""The steps of a search for names by compiled loops: what `find_tokens` and the rest do by numpy.

In: a text and the tables of the register. Out: the same as by numpy. Each takes the kernel to run,
compiled or not. Nothing is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enduse.reference.alphabet import PAD, Alphabet, Folded
from enduse.reference.lexicon import KEPT_BITS, Hits, Lexicon, shift_of
from enduse.reference.nearby import Heard, Hints
from enduse.reference.spans import Spans
from enduse.reference.tokens import Articles, Tokens, see_bites

MANY = 1 << 20
"""Code points after which a search goes on by compiled loops."""
ROOM = 64
Kernel = Callable[..., Any]


@cache
def compiled(kernel: Kernel) -> Kernel:
    """Return the kernel compiled, its machine code kept where a folder can be written."""
    import numba  # noqa: PLC0415 - a part of a second of start-up that short texts never need

    try:
        made: Kernel = numba.njit(cache=True, nogil=True)(kernel)
    except RuntimeError:  # numba found no folder for its cache
        made = numba.njit(nogil=True)(kernel)
    return made


def fold_fast(text: str, alphabet: Alphabet, kernel: Kernel) -> Folded:
    """Return the text as codes, found by the kernel `read_points` or its compiled form."""
    if text.isascii():
        return alphabet.fold(text)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes, offsets = np.empty(len(points) + PAD, np.uint8), np.empty(len(points), np.int32)
    count = kernel(points, alphabet.codes, codes, offsets)
    codes[count : count + PAD] = 0
    return Folded(codes[: count + PAD], points, offsets[:count] if count < len(points) else None)


def find_tokens_fast(
    folded: Folded, alphabet: Alphabet, articles: Articles, kernel: Kernel, capitals: Kernel
) -> Tokens:
    """Return the words of the text, found by `read_words` and `read_capitals`, compiled or not."""
    room = len(folded) + 1
    starts, ends, shown, nexts = (np.empty(room, np.int32) for _ in range(4))
    hashes = np.empty(room, np.uint64)
    opens, closes = np.empty(room, np.bool_), np.empty(room, np.bool_)
    count = kernel(
        folded.codes,
        see_bites(folded.codes),
        len(folded),
        articles.table,
        articles.hashes,
        starts,
        ends,
        shown,
        nexts,
        hashes,
        opens,
        closes,
    )
    shown = shown[:count]
    capital = np.empty(count, np.bool_)
    offsets = folded.offsets
    capitals(
        folded.points, shown if offsets is None else offsets[shown], alphabet.capitals, capital
    )
    return Tokens(
        starts=starts[:count],
        ends=ends[:count],
        shown=shown,
        hashes=hashes[:count],
        capital=capital,
        opens=opens[:count],
        closes=closes[:count],
        nexts=nexts[:count],
    )


def find_hits_fast(lexicon: Lexicon, tokens: Tokens, kernel: Kernel) -> Hits:
    """Return every stretch that is a name, found by the kernel `read_names` or its compiled form.

    In order of their first words, shorter before longer.
    """
    made, room = -1, len(tokens) + ROOM
    while made < 0:
        firsts, lasts = np.empty(room, np.int32), np.empty(room, np.int32)
        groups = np.empty(room, np.uint32)
        made = kernel(
            tokens.hashes,
            tokens.capital,
            tokens.opens,
            tokens.nexts,
            lexicon.lower,
            lexicon.first,
            shift_of(lexicon.first),
            lexicon.pair,
            shift_of(lexicon.pair),
            lexicon.keys,
            lexicon.buckets,
            np.uint64(KEPT_BITS - (len(lexicon.buckets) - 2).bit_length()),
            firsts,
            lasts,
            groups,
        )
        room *= 2
    return Hits(firsts[:made], lasts[:made], groups[:made])


def hear_fast(hints: Hints, buckets: NDArray[np.uint32], tokens: Tokens, kernel: Kernel) -> Heard:
    """Return what the words tell, found by the kernel `read_hints` or its compiled form."""
    at, numbers = np.empty(len(tokens), np.int64), np.empty(len(tokens), np.int64)
    shift = np.uint64(KEPT_BITS - (len(buckets) - 2).bit_length())
    count = kernel(tokens.hashes, buckets, shift, hints.words.hashes, at, numbers)
    return hints.hear(len(tokens), at[:count], numbers[:count])


def sift_fast(
    spans: Spans, tokens: Tokens, heard: Heard, kernel: Kernel
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return what `sift` returns, found by the kernel `read_sides` or its compiled form."""
    kept, beside = np.empty(len(spans.firsts), np.bool_), np.zeros(len(spans.firsts), np.int64)
    kernel(
        tokens.starts,
        tokens.ends,
        tokens.capital,
        heard.senses,
        spans.firsts,
        spans.lasts,
        spans.asks,
        kept,
        beside,
    )
    return kept, beside
