"""The compiled path: many texts to words and fingerprints in little time.

In: documents. Out: the words and fingerprints that the numpy path makes, in flat arrays. Memory:
24 bytes a code point of the texts given at once; then 12 bytes a word and 12 bytes a fingerprint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enduse.compiling import compile_kernel
from enduse.model.document import Document
from enduse.reprints.join import Numbers
from enduse.reprints.options import ReprintOptions
from enduse.reprints.words import (
    ALONE,
    COUNTED,
    LETTER_BASE,
    MIX_1,
    MIX_2,
    PASSED_OVER,
    SEPARATOR,
    TABLE_SIZE,
    WORD_BASE,
    Codes,
    Hashes,
    Places,
    Words,
    fold_table,
)

FIRST_ALONE = 0x3000
_LETTERS = np.uint64(LETTER_BASE)
_WORDS = np.uint64(WORD_BASE)
_MIX_1, _MIX_2 = np.uint64(MIX_1), np.uint64(MIX_2)
_SHIFT, _HALF = np.uint64(33), np.uint64(32)
_NONE, _SEPARATOR = np.uint64(0), np.uint32(SEPARATOR)


@dataclass(frozen=True, slots=True)
class Batch:
    """The words and fingerprints of some documents, and how many each has."""

    words: Words
    prints: Hashes
    places: Places
    word_counts: Numbers
    print_counts: Numbers


def read_batch(batch: Sequence[Document], options: ReprintOptions) -> Batch:
    """Return the words and fingerprints of the documents, in their order."""
    codes, offsets = _read_codes(batch)
    sizes = np.array([options.gram, options.window])
    most = len(codes) + 1 if _holds_alone(codes) else len(codes) // 2 + len(batch) + 1
    hashes, starts, ends = np.empty(most, np.uint32), *np.empty((2, most), np.int32)
    prints, places = np.empty(most, np.uint64), np.empty(most, np.int32)
    word_counts, print_counts = np.zeros((2, len(batch)), np.int64)
    out = (hashes, starts, ends), (prints, places), (word_counts, print_counts)
    _read_texts(codes, offsets, fold_table(), sizes, out)
    used, kept = int(word_counts.sum()), int(print_counts.sum())
    words = Words(hashes[:used].copy(), starts[:used].copy(), ends[:used].copy())
    return Batch(words, prints[:kept].copy(), places[:kept].copy(), word_counts, print_counts)


def _holds_alone(codes: Codes | NDArray[np.uint8]) -> bool:
    return codes.dtype != np.uint8 and bool((codes >= FIRST_ALONE).any())


def _read_codes(batch: Sequence[Document]) -> tuple[Codes | NDArray[np.uint8], Numbers]:
    """Return the code points of all texts, a separator after each, and where each begins."""
    joined = "\0".join(document.text for document in batch)
    try:
        codes: Any = np.frombuffer(joined.encode("latin-1"), np.uint8)
    except UnicodeEncodeError:
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    offsets = np.zeros(len(batch) + 1, np.int64)
    np.cumsum([len(document.text) + 1 for document in batch], out=offsets[1:])
    codes = codes.copy()  # bytes cannot be written to
    for number, document in enumerate(batch):
        for part in document.sections:
            if part.kind not in COUNTED:
                codes[offsets[number] + part.start : offsets[number] + part.end] = SEPARATOR
    return codes, offsets


def _mix_plain(value: np.uint64) -> np.uint64:
    """Return the value with its bits spread, as `words.mix` does."""
    value = (value ^ (value >> _SHIFT)) * _MIX_1
    value = (value ^ (value >> _SHIFT)) * _MIX_2
    return value ^ (value >> _SHIFT)


_mix: Any = compile_kernel(_mix_plain)


def _read_words_plain(codes: Any, table: Codes, span: tuple[int, int], out: Any, used: int) -> int:
    """Write each word's hash, start and end from place `used` on; return where they end."""
    hashes, starts, ends = out
    base, stop = span
    at = base
    while at < stop:
        kind = table[codes[at]] if codes[at] < TABLE_SIZE else _SEPARATOR
        at += 1
        if kind <= PASSED_OVER:
            continue
        starts[used], ends[used] = at - 1 - base, at - base
        total, power = np.uint64(kind), _LETTERS
        while kind < ALONE and at < stop:
            kind = table[codes[at]] if codes[at] < TABLE_SIZE else _SEPARATOR
            if kind == SEPARATOR or kind >= ALONE:
                break
            at += 1
            if kind != PASSED_OVER:
                total += np.uint64(kind) * power
                power *= _LETTERS
                ends[used] = at - base
        hashes[used] = _mix(total) >> _HALF
        used += 1
    return used


_read_words: Any = compile_kernel(_read_words_plain)


def _winnow_plain(words: Codes, sizes: Numbers, grams: Hashes, out: Any, used: int) -> int:
    """Write one text's fingerprints and their places from `used` on; return where they end."""
    prints, places = out
    gram, window = sizes[0], sizes[1]
    count = len(words) - gram + 1
    reach = min(window, count)
    best = last = -1
    for at in range(count):
        total = _NONE
        for step in range(gram):
            total = total * _WORDS + np.uint64(words[at + step])
        grams[at] = _mix(total)
        if best < 0 or grams[at] <= grams[best]:
            best = at
        elif best <= at - reach:
            best = at
            for back in range(at - 1, at - reach, -1):
                if grams[back] < grams[best]:
                    best = back
        if at >= reach - 1 and best != last:
            prints[used], places[used] = grams[best], best
            used += 1
            last = best
    return used


_winnow: Any = compile_kernel(_winnow_plain)


def _read_texts_plain(
    codes: Any, offsets: Numbers, table: Codes, sizes: Numbers, out: tuple[Any, Any, Any]
) -> None:
    """Write the words and fingerprints of every text, and how many of each it has."""
    words, prints, counts = out
    hashes = words[0]
    word_counts, print_counts = counts
    longest = 1
    for number in range(len(offsets) - 1):
        longest = max(longest, offsets[number + 1] - offsets[number])
    grams = np.empty(longest, np.uint64)
    used = kept = 0
    for number in range(len(offsets) - 1):
        before, before_kept = used, kept
        span = (offsets[number], min(offsets[number + 1], len(codes)))
        used = _read_words(codes, table, span, words, used)
        kept = _winnow(hashes[before:used], sizes, grams, prints, kept)
        word_counts[number] = used - before
        print_counts[number] = kept - before_kept


_read_texts: Any = compile_kernel(_read_texts_plain)
