"""The compiled path: many texts to words, fingerprints and postings in a few seconds.

In: documents in order of writing. Out: the same collection that the numpy path makes, in flat
arrays. Memory: 4 bytes a code point of one batch, 12 bytes a word, 24 bytes a fingerprint, and
one byte for each of eight times as many slots as there are fingerprints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numba import njit
from numpy.typing import NDArray

from enduse.model.document import Document
from enduse.reprints.join import Numbers, Postings, postings_of
from enduse.reprints.judge import Text
from enduse.reprints.options import ReprintOptions
from enduse.reprints.texts import Collection
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

BATCH = 8_000_000
RADIX = 16
FIRST_ALONE = 0x3000
SLOTS_PER_PRINT = 8
MOST_SLOTS = 1 << 28
_LETTERS = np.uint64(LETTER_BASE)
_WORDS = np.uint64(WORD_BASE)
_MIX_1 = np.uint64(MIX_1)
_MIX_2 = np.uint64(MIX_2)
_SHIFT = np.uint64(33)
_HALF = np.uint64(32)
_ONE = np.uint64(1)


@dataclass(frozen=True, slots=True)
class FlatTexts(Sequence[Text]):
    """Texts whose words and fingerprints stand in common arrays; each is made when asked for."""

    documents: Sequence[Document]
    words: Words
    prints: Hashes
    places: Places
    counts: Numbers
    word_starts: Numbers
    print_starts: Numbers

    def __len__(self) -> int:
        """The number of texts."""
        return len(self.documents)

    @overload
    def __getitem__(self, number: int) -> Text: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Text]: ...
    def __getitem__(self, number: int | slice) -> Text | Sequence[Text]:
        """Return one text, or several."""
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        inside = slice(self.word_starts[number], self.word_starts[number + 1])
        prints = slice(self.print_starts[number], self.print_starts[number + 1])
        first = self.counts[prints] > 0
        return Text(
            self.documents[number],
            Words(self.words.hashes[inside], self.words.starts[inside], self.words.ends[inside]),
            self.prints[prints][first],
            self.places[prints][first],
            self.counts[prints][first],
        )


def collect_compiled(documents: Sequence[Document], options: ReprintOptions) -> Collection:
    """Return the collection of documents that are already in order of writing."""
    words, word_starts = _read_all(documents)
    size = max(16, len(words.hashes))
    prints, places = np.empty(size, np.uint64), np.empty(size, np.int32)
    print_starts = np.zeros(len(documents) + 1, np.int64)
    used = _take_prints(
        words.hashes, word_starts, (options.gram, options.window), prints, places, print_starts
    )
    prints, places = prints[:used].copy(), places[:used].copy()
    postings, counts = _post(prints, print_starts)
    texts = FlatTexts(documents, words, prints, places, counts, word_starts, print_starts)
    return Collection(texts, postings)


def _read_all(documents: Sequence[Document]) -> tuple[Words, Numbers]:
    starts = np.zeros(len(documents) + 1, np.int64)
    parts = []
    for first, last in _batches(documents):
        batch = documents[first:last]
        codes, offsets = _read_batch(batch)
        most = len(codes) // 2 + len(batch) + 1
        most = len(codes) + 1 if _has_alone(codes) else most
        out = (np.empty(most, np.uint32), np.empty(most, np.int32), np.empty(most, np.int32))
        used = _read_words(codes, offsets, fold_table().copy(), out, starts[first + 1 : last + 1])
        parts.append([column[:used].copy() for column in out])
    np.cumsum(starts, out=starts)
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Words(*columns), starts


def _batches(documents: Sequence[Document]) -> Iterator[tuple[int, int]]:
    """Yield ranges of documents whose texts hold some eight million code points."""
    first = total = 0
    for number, document in enumerate(documents):
        total += len(document.text)
        if total >= BATCH:
            yield first, number + 1
            first, total = number + 1, 0
    if first < len(documents):
        yield first, len(documents)


def _read_batch(batch: Sequence[Document]) -> tuple[Codes, Numbers]:
    raw = "\0".join(document.text for document in batch).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(raw, np.uint32).copy()
    offsets = np.zeros(len(batch) + 1, np.int64)
    np.cumsum([len(document.text) + 1 for document in batch], out=offsets[1:])
    for number, document in enumerate(batch):
        for part in document.sections:
            if part.kind not in COUNTED:
                codes[offsets[number] + part.start : offsets[number] + part.end] = SEPARATOR
    return codes, offsets


def _has_alone(codes: Codes) -> bool:
    return bool((codes >= FIRST_ALONE).any())


def _read_words_plain(
    codes: Codes, offsets: Numbers, table: Codes, out: tuple[Any, Any, Any], counts: Numbers
) -> int:
    hashes, starts, ends = out
    used = 0
    for number in range(len(offsets) - 1):
        before = used
        base = offsets[number]
        inside = False
        total = np.uint64(0)
        power = _ONE
        for at in range(base, min(offsets[number + 1], len(codes))):
            code = codes[at]
            kind = table[code] if code < TABLE_SIZE else table[TABLE_SIZE - 1]
            if kind == PASSED_OVER:
                continue
            if inside and (kind == SEPARATOR or kind >= ALONE):
                hashes[used] = _spread(total)
                used += 1
                inside = False
            if kind > PASSED_OVER:
                if not inside:
                    starts[used] = at - base
                    total = np.uint64(0)
                    power = _ONE
                    inside = True
                total += np.uint64(kind) * power
                power *= _LETTERS
                ends[used] = at - base + 1
                if kind >= ALONE:
                    hashes[used] = _spread(total)
                    used += 1
                    inside = False
        if inside:
            hashes[used] = _spread(total)
            used += 1
        counts[number] = used - before
    return used


def _spread_plain(value: np.uint64) -> np.uint32:
    value = (value ^ (value >> _SHIFT)) * _MIX_1
    value = (value ^ (value >> _SHIFT)) * _MIX_2
    return np.uint32((value ^ (value >> _SHIFT)) >> _HALF)


def _take_prints_plain(
    hashes: Codes,
    word_starts: Numbers,
    sizes: tuple[int, int],
    prints: Hashes,
    places: Places,
    print_starts: Numbers,
) -> int:
    gram, window = sizes
    used = 0
    ring = np.zeros(window, np.uint64)
    for number in range(len(word_starts) - 1):
        first = word_starts[number]
        count = word_starts[number + 1] - first - gram + 1
        reach = min(window, count)
        last = -1
        for at in range(count):
            total = np.uint64(0)
            for step in range(gram):
                total = total * _WORDS + np.uint64(hashes[first + at + step])
            total = (total ^ (total >> _SHIFT)) * _MIX_1
            total = (total ^ (total >> _SHIFT)) * _MIX_2
            ring[at % window] = total ^ (total >> _SHIFT)
            if at < reach - 1:
                continue
            best = at
            for back in range(at - 1, at - reach, -1):
                if ring[back % window] < ring[best % window]:
                    best = back
            if best != last:
                prints[used] = ring[best % window]
                places[used] = best
                used += 1
                last = best
        print_starts[number + 1] = used
    return used


def _count_slots_plain(prints: Hashes, slots: NDArray[np.uint8], shift: np.uint64) -> int:
    """Count each hash in its slot, up to two; return how many stand in a slot with another."""
    for at in range(len(prints)):
        slot = prints[at] >> shift
        if slots[slot] < 2:  # noqa: PLR2004 - two is enough to know that it is not alone
            slots[slot] += 1
    repeated = 0
    for at in range(len(prints)):
        repeated += slots[prints[at] >> shift] > 1
    return repeated


def _sort_plain(keys: Hashes, values: Numbers) -> tuple[Hashes, Numbers]:
    """Return keys and values sorted by key, stably: two radix passes, then insertion."""
    other_keys, other_values = np.empty_like(keys), np.empty_like(values)
    mask = np.uint64((1 << RADIX) - 1)
    for half in range(2):
        shift = np.uint64(32 + RADIX * half)
        ends = np.zeros((1 << RADIX) + 1, np.int64)
        for at in range(len(keys)):
            ends[((keys[at] >> shift) & mask) + _ONE] += 1
        for digit in range(1 << RADIX):
            ends[digit + 1] += ends[digit]
        for at in range(len(keys)):
            digit = (keys[at] >> shift) & mask
            to = ends[digit]
            ends[digit] = to + 1
            other_keys[to] = keys[at]
            other_values[to] = values[at]
        keys, other_keys = other_keys, keys
        values, other_values = other_values, values
    for at in range(1, len(keys)):
        key, value, to = keys[at], values[at], at
        while to > 0 and keys[to - 1] > key:
            keys[to] = keys[to - 1]
            values[to] = values[to - 1]
            to -= 1
        keys[to] = key
        values[to] = value
    return keys, values


_spread: Any = njit(cache=True, nogil=True, inline="always")(_spread_plain)
_read_words: Any = njit(cache=True, nogil=True)(_read_words_plain)
_take_prints: Any = njit(cache=True, nogil=True)(_take_prints_plain)
_count_slots: Any = njit(cache=True, nogil=True)(_count_slots_plain)
_sort: Any = njit(cache=True, nogil=True)(_sort_plain)


def _post(prints: Hashes, print_starts: Numbers) -> tuple[Postings, Numbers]:
    """Return the postings of repeated hashes, and for each fingerprint its count of texts.

    The count is 0 for a hash that its text bears already at an earlier place.
    """
    size = len(print_starts) - 1
    at = _find_repeated(prints)
    hashes, at = _sort(prints[at], at)
    texts = np.searchsorted(print_starts, at, "right") - 1
    again = np.zeros(len(at), np.bool_)
    again[1:] = (hashes[1:] == hashes[:-1]) & (texts[1:] == texts[:-1])
    counts = np.ones(len(prints), np.int64)
    counts[at[again]] = 0
    postings = postings_of(hashes[~again], texts[~again], size)
    counts[at[~again]] = postings.counts
    sizes = np.diff(print_starts) - np.bincount(texts[again], minlength=size)
    return Postings(
        postings.hashes, postings.texts, postings.starts, postings.counts, sizes
    ), counts


def _find_repeated(prints: Hashes) -> Numbers:
    """Return the places of the hashes that may stand more than once."""
    slots = min(MOST_SLOTS, max(256, SLOTS_PER_PRINT * len(prints)))
    bits = int(slots).bit_length() - 1
    table = np.zeros(1 << bits, np.uint8)
    shift = np.uint64(64 - bits)
    _count_slots(prints, table, shift)
    return np.flatnonzero(table[prints >> shift] > 1)
