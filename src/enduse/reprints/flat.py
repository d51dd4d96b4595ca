"""Texts in flat arrays, as the compiled path makes them.

In: documents in order of writing. Out: the same collection that the numpy path makes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import overload

import numpy as np

from enduse.model.document import Document
from enduse.reprints.collection import Collection, Text
from enduse.reprints.join import Numbers
from enduse.reprints.kernel import Batch, read_batch
from enduse.reprints.options import ReprintOptions
from enduse.reprints.slots import post_ordered, start_places
from enduse.reprints.words import Hashes, Places, Words, fold_table

BATCH = 2_000_000
MOST_THREADS = 4


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

    @classmethod
    def of(
        cls, documents: Sequence[Document], batches: Sequence[Batch], bearers: Numbers
    ) -> FlatTexts:
        """Return the texts of the batches.

        Args:
            documents: of all batches, in their order.
            batches: their words and fingerprints.
            bearers: for each fingerprint in how many texts it stands, 0 for one that its text
                bears already at an earlier place.
        """
        words = Words(
            np.concatenate([batch.words.hashes for batch in batches]),
            np.concatenate([batch.words.starts for batch in batches]),
            np.concatenate([batch.words.ends for batch in batches]),
        )
        first = bearers > 0
        before = np.concatenate([np.zeros(1, np.int64), np.cumsum(first)])
        prints = np.concatenate([batch.prints for batch in batches])[first]
        places = np.concatenate([batch.places for batch in batches])[first]
        print_starts = before[start_places(batch.print_counts for batch in batches)]
        word_starts = start_places(batch.word_counts for batch in batches)
        return cls(documents, words, prints, places, bearers[first], word_starts, print_starts)

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
        return Text(
            self.documents[number],
            Words(self.words.hashes[inside], self.words.starts[inside], self.words.ends[inside]),
            self.prints[prints],
            self.places[prints],
            self.counts[prints],
        )


def collect_compiled(documents: Sequence[Document], options: ReprintOptions) -> Collection:
    """Return the collection of documents that are already in order of writing."""
    fold_table()  # made once, before the threads ask for it
    with ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1)) as pool:
        spans = _batches(documents)
        batches = list(pool.map(lambda at: read_batch(documents[slice(*at)], options), spans))
    prints = np.concatenate([batch.prints for batch in batches])
    starts = start_places(batch.print_counts for batch in batches)
    postings, bearers = post_ordered(prints, starts, np.arange(len(documents)))
    return Collection(FlatTexts.of(documents, batches, bearers), postings)


def _batches(documents: Sequence[Document]) -> Iterator[tuple[int, int]]:
    """Yield ranges of documents whose texts hold some two million code points."""
    first = total = 0
    for number, document in enumerate(documents):
        total += len(document.text)
        if total >= BATCH:
            yield first, number + 1
            first, total = number + 1, 0
    if first < len(documents):
        yield first, len(documents)
