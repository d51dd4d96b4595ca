"""The inner loops of the search for names, plain functions over arrays that numba compiles.

In: a folded text's codes and the tables of a lexicon. Out: its words; the stretches of words that
are names, and what stands beside them. They give what `find_tokens` and `find_hits` give by numpy, in less time: those serve
short texts, for which numba would take longer to start than to read. Each also runs uncompiled,
which is how the tests compare all three.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enduse.reference.alphabet import FIRST_LETTER, Alphabet, Folded
from enduse.reference.lexicon import Hits, Lexicon, shift_of
from enduse.reference.nearby import Heard, Hints
from enduse.reference.signs import Sense
from enduse.reference.spans import NEAR, PLACE, SMALL, UNSURE, Spans
from enduse.reference.surroundings import Beside
from enduse.reference.tokens import (
    ALEF,
    ANY,
    BITE,
    FIRST,
    JOIN,
    JOINED,
    LAM,
    LONG_ENOUGH,
    MASKS,
    SECOND,
    SHIFT,
    Articles,
    Hashes,
    Tokens,
    see_bites,
)

MANY = 1 << 20
"""Code points after which a search goes on compiled."""
ARTICLE_SHIFT = np.uint64(48)
KEPT_BITS = 64
ONE = np.uint64(1)
ROOM = 64
BEFORE, AFTER, PASSED, OTHER, TITLE = (
    Sense.BEFORE,
    Sense.AFTER,
    Sense.PASSED,
    Sense.OTHER,
    Sense.TITLE,
)
PLACED, JOINS, WORDS, LOOSE = Beside.PLACED, Beside.JOINED, Beside.WORDS, Beside.LOOSE
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


def find_tokens_fast(
    folded: Folded, alphabet: Alphabet, articles: Articles, kernel: Kernel
) -> Tokens:
    """Return the words of the text, found by the kernel `read_words` or its compiled form."""
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
    return Tokens(
        starts=starts[:count],
        ends=ends[:count],
        shown=shown,
        hashes=hashes[:count],
        capital=alphabet.are_capitals(folded, shown),
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


def read_words(  # noqa: C901, PLR0912, PLR0913, PLR0917 - one loop, kept whole
    codes: NDArray[np.uint8],
    bites: Hashes,
    count: int,
    article_table: NDArray[np.uint8],
    article_hashes: Hashes,
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    shown: NDArray[np.int32],
    nexts: NDArray[np.int32],
    hashes: Hashes,
    opens: NDArray[np.bool_],
    closes: NDArray[np.bool_],
) -> int:
    """Fill the columns of the words, and return how many words there are.

    Args:
        codes: of the folded text, padded.
        bites: eight codes as one number, from each place.
        count: how many codes count.
        article_table, article_hashes: as in `Articles`.
        starts, ends, shown, nexts, hashes, opens, closes: columns of `Tokens` to fill.
    """
    made = 0
    at = 0
    while at < count:
        if codes[at] == 0:
            at += 1
            continue
        begin = at
        letter = codes[at] >= FIRST_LETTER
        while at < count and codes[at] != 0 and (codes[at] >= FIRST_LETTER) == letter:
            at += 1
        start = begin
        length = at - begin
        if letter and length >= LONG_ENOUGH:
            one, two = codes[begin], codes[begin + 1]
            if (one == ALEF and two == LAM) or (length > LONG_ENOUGH and one == LAM and two == LAM):
                start = begin + 2
            elif length > LONG_ENOUGH and two == ALEF and codes[begin + 2] == LAM:
                for lead in JOINED:
                    if one == lead:
                        start = begin + 3
        starts[made] = start
        ends[made] = at
        shown[made] = begin if start == begin else max(begin, start - 2)
        opens[made] = start > begin or begin == 0 or codes[begin - 1] == 0
        closes[made] = codes[at] == 0
        nexts[made] = made + 1
        left = at - start
        value = (bites[start] & MASKS[min(left, BITE)]) * FIRST
        value ^= value >> SHIFT
        place = start + BITE
        while place < at:
            value = (value ^ (bites[place] & MASKS[min(at - place, BITE)])) * SECOND
            value ^= value >> SHIFT
            place += BITE
        hashes[made] = value * SECOND
        made += 1
    for word in range(1, made - 1):
        wanted = article_table[hashes[word] >> ARTICLE_SHIFT]
        if wanted and (wanted == ANY or codes[starts[word + 1]] == wanted):
            for article in article_hashes:
                if article == hashes[word]:
                    nexts[word - 1] = word + 1
    return made


def read_names(  # noqa: PLR0913, PLR0917 - one loop, kept whole
    hashes: Hashes,
    capital: NDArray[np.bool_],
    opens: NDArray[np.bool_],
    nexts: NDArray[np.int32],
    lower: bool,  # noqa: FBT001 - kernels take no names
    first: NDArray[np.uint8],
    first_shift: np.uint64,
    pair: NDArray[np.uint8],
    pair_shift: np.uint64,
    keys: Hashes,
    buckets: NDArray[np.uint32],
    bucket_shift: np.uint64,
    firsts: NDArray[np.int32],
    lasts: NDArray[np.int32],
    groups: NDArray[np.uint32],
) -> int:
    """Fill the columns of the names, and return how many there are; -1 if there is no room.

    Args:
        hashes, capital, opens, nexts: columns of `Tokens`.
        lower: whether any name may start with a small letter.
        first, pair, keys, buckets: tables of `Lexicon`.
        first_shift, pair_shift, bucket_shift: how far a hash is shifted to be a place in each.
        firsts, lasts, groups: columns of `Hits` to fill.
    """
    count = len(hashes)
    made = 0
    for word in range(count):
        if not (opens[word] and (lower or capital[word])):
            continue
        table = first[hashes[word] >> first_shift]
        most = np.int64(table >> 4) if capital[word] else np.int64(table & 15)
        value = hashes[word]
        last = np.int64(word)
        length = 1
        while length <= most:
            slot = value >> bucket_shift
            key, end = np.int64(buckets[slot]), np.int64(buckets[slot + ONE])
            while key < end and keys[key] != value:
                key += 1
            if key < end:
                if made == len(firsts):
                    return -1
                firsts[made] = word
                lasts[made] = last
                groups[made] = key
                made += 1
            last = np.int64(nexts[last])
            if last >= count:
                break
            value = (value * JOIN) ^ hashes[last]
            length += 1
            if length == 2 and most > 2:  # noqa: PLR2004 - the table of first two words
                most = max(np.int64(pair[value >> pair_shift]), np.int64(2))
    return made


def read_hints(
    hashes: Hashes,
    buckets: NDArray[np.uint32],
    bucket_shift: np.uint64,
    known: Hashes,
    at: NDArray[np.int64],
    numbers: NDArray[np.int64],
) -> int:
    """Fill in which words are known and the number of each; return how many are.

    Args:
        hashes: of the text's words.
        buckets: by the upper bits of a hash, where its known hashes start.
        bucket_shift: how far a hash is shifted to be a place there.
        known: the known hashes, in order.
        at: the words to fill in.
        numbers: their numbers to fill in.
    """
    made = 0
    for word in range(len(hashes)):
        slot = hashes[word] >> bucket_shift
        for place in range(np.int64(buckets[slot]), np.int64(buckets[slot + ONE])):
            if known[place] == hashes[word]:
                at[made] = word
                numbers[made] = place
                made += 1
    return made


def read_sides(  # noqa: PLR0913, PLR0917 - one loop, kept whole
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    capital: NDArray[np.bool_],
    senses: NDArray[np.uint8],
    firsts: NDArray[np.int32],
    lasts: NDArray[np.int32],
    asks: NDArray[np.uint16],
    kept: NDArray[np.bool_],
    beside: NDArray[np.int64],
) -> None:
    """Fill in which spans may count and what stands beside each, as `sift` does.

    Args:
        starts, ends, capital: columns of `Tokens`.
        senses: of `Heard`.
        firsts, lasts, asks: columns of `Spans`.
        kept, beside: to fill.
    """
    count = len(starts)
    for span in range(len(firsts)):
        first, last, asked = firsts[span], lasts[span], asks[span]
        before, reach = max(first - 1, 0), NEAR
        if first > 1 and senses[before] & PASSED:
            before, reach = before - 1, NEAR + 4
        led = before < first and starts[first] - ends[before] <= reach
        after = min(last + 1, count - 1)
        followed = after > last and starts[after] - ends[last] <= NEAR
        said_before = senses[before] if led else np.uint8(0)
        said_after = senses[after] if followed else np.uint8(0)
        placed = (said_before & BEFORE) | (said_after & AFTER) > 0
        kept[span] = True
        if asked & PLACE:
            single = first == last
            if not placed and (asked & UNSURE or (asked & SMALL and single)):
                kept[span] = False
                continue
            if single and (said_before & TITLE or (said_after & OTHER and capital[after])):
                kept[span] = False
                continue
        bits = PLACED if placed else 0
        if (led and before == first - 1 and capital[before]) or (
            followed and capital[after] and starts[after] - ends[last] == 1
        ):
            bits |= JOINS
        if first < last:
            bits |= WORDS
        for word in range(first, last):
            if starts[word + 1] - ends[word] > 1:
                bits |= LOOSE
        beside[span] = bits
