"""The compiled path: many texts to words, fingerprints and postings in a few seconds.

In: documents in order of writing. Out: the same collection that the numpy path makes, in flat
arrays. Memory: 12 bytes a code point of a batch, one batch for each thread; 12 bytes a word, 24
bytes a fingerprint, and one byte for each of eight times as many slots as fingerprints.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numba import njit
from numpy.typing import NDArray

from enduse.model.document import Document
from enduse.reprints.collection import Collection, Text
from enduse.reprints.join import Numbers, Postings, postings_of
from enduse.reprints.options import ReprintOptions
from enduse.reprints.words import (
    ALONE,
    COUNTED,
    LETTER_BASE,
    PASSED_OVER,
    SEPARATOR,
    TABLE_SIZE,
    Codes,
    Hashes,
    Places,
    Words,
    finish_hashes,
    fold_table,
    hash_grams,
)

BATCH = 8_000_000
MOST_THREADS = 4
FIRST_ALONE = 0x3000
SLOTS_PER_PRINT = 8
MOST_SLOTS = 1 << 28
_LETTERS = np.uint64(LETTER_BASE)
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


@dataclass(frozen=True, slots=True)
class _Batch:
    """The words and fingerprints of some documents, and how many each has."""

    words: Words
    prints: Hashes
    places: Places
    word_counts: Numbers
    print_counts: Numbers


def collect_compiled(documents: Sequence[Document], options: ReprintOptions) -> Collection:
    """Return the collection of documents that are already in order of writing."""
    fold_table()  # made once, before the threads ask for it
    with ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1)) as pool:
        spans = _batches(documents)
        batches = list(pool.map(lambda at: _read_batch(documents[slice(*at)], options), spans))
    prints = np.concatenate([batch.prints for batch in batches])
    print_starts = _starts(batch.print_counts for batch in batches)
    postings, counts = _post(prints, print_starts)
    words = Words(
        np.concatenate([batch.words.hashes for batch in batches]),
        np.concatenate([batch.words.starts for batch in batches]),
        np.concatenate([batch.words.ends for batch in batches]),
    )
    places = np.concatenate([batch.places for batch in batches])
    word_starts = _starts(batch.word_counts for batch in batches)
    texts = FlatTexts(documents, words, prints, places, counts, word_starts, print_starts)
    return Collection(texts, postings)


def _starts(counts: Iterable[Numbers]) -> Numbers:
    return np.cumsum(np.concatenate([np.zeros(1, np.int64), *counts]))


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


def _read_batch(batch: Sequence[Document], options: ReprintOptions) -> _Batch:
    codes, offsets = _read_codes(batch)
    alone = bool((codes >= FIRST_ALONE).any())
    most = len(codes) + 1 if alone else len(codes) // 2 + len(batch) + 1
    sums, starts, ends = (
        np.empty(most, np.uint64),
        np.empty(most, np.int32),
        np.empty(most, np.int32),
    )
    word_counts = np.zeros(len(batch), np.int64)
    used = _read_words(codes, offsets, fold_table().copy(), (sums, starts, ends), word_counts)
    words = Words(finish_hashes(sums[:used]), starts[:used].copy(), ends[:used].copy())
    print_counts = np.zeros(len(batch), np.int64)
    chosen = np.empty(used, np.int32)
    grams = hash_grams(words.hashes, options.gram)
    word_starts = _starts([word_counts])
    _winnow(grams, word_starts, (options.gram, options.window), chosen, print_counts)
    places = chosen[: print_counts.sum()].copy()
    prints = grams[places + np.repeat(word_starts[:-1], print_counts)]
    return _Batch(words, prints, places, word_counts, print_counts)


def _read_codes(batch: Sequence[Document]) -> tuple[Codes, Numbers]:
    raw = "\0".join(document.text for document in batch).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(raw, np.uint32).copy()
    offsets = np.zeros(len(batch) + 1, np.int64)
    np.cumsum([len(document.text) + 1 for document in batch], out=offsets[1:])
    for number, document in enumerate(batch):
        for part in document.sections:
            if part.kind not in COUNTED:
                codes[offsets[number] + part.start : offsets[number] + part.end] = SEPARATOR
    return codes, offsets


def _read_words_plain(
    codes: Codes, offsets: Numbers, table: Codes, out: tuple[Any, Any, Any], counts: Numbers
) -> int:
    """Write each word's letter sum, start and end, and each text's count of words."""
    sums, starts, ends = out
    used = -1
    for number in range(len(offsets) - 1):
        before = used
        base = offsets[number]
        inside = False
        power = _ONE
        for at in range(base, min(offsets[number + 1], len(codes))):
            code = codes[at]
            kind = table[code] if code < TABLE_SIZE else SEPARATOR
            if kind == PASSED_OVER:
                continue
            if kind == SEPARATOR:
                inside = False
                continue
            if not inside or kind >= ALONE:
                used += 1
                starts[used] = at - base
                sums[used] = np.uint64(0)
                power = _ONE
            sums[used] += np.uint64(kind) * power
            power *= _LETTERS
            ends[used] = at - base + 1
            inside = kind < ALONE
        counts[number] = used - before
    return used + 1


def _winnow_plain(
    grams: Hashes, word_starts: Numbers, sizes: tuple[int, int], places: Places, counts: Numbers
) -> None:
    """Write the places of each text's fingerprints, counted within the text."""
    gram, window = sizes
    used = 0
    for number in range(len(word_starts) - 1):
        first = word_starts[number]
        count = word_starts[number + 1] - first - gram + 1
        before = used
        counts[number] = 0
        if count < 1:
            continue
        reach = min(window, count)
        last = -1
        for at in range(reach - 1, count):
            best = at
            for back in range(at - 1, at - reach, -1):
                if grams[first + back] < grams[first + best]:
                    best = back
            if best != last:
                places[used] = best
                used += 1
                last = best
        counts[number] = used - before


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


_read_words: Any = njit(cache=True, nogil=True)(_read_words_plain)
_winnow: Any = njit(cache=True, nogil=True)(_winnow_plain)
_count_slots: Any = njit(cache=True, nogil=True)(_count_slots_plain)


def _post(prints: Hashes, print_starts: Numbers) -> tuple[Postings, Numbers]:
    """Return the postings of repeated hashes, and for each fingerprint its count of texts.

    The count is 0 for a hash that its text bears already at an earlier place.
    """
    size = len(print_starts) - 1
    at = _find_repeated(prints)
    order = np.argsort(prints[at], kind="stable")
    hashes, at = prints[at[order]], at[order]
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
