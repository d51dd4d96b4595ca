"""Words that say what a name beside them is, and sets of words that numpy can ask at once.

In: the words of `context.tsv` and `articles.tsv`. Out: `Signs`, the words by sense; `WordSet`, any
set of words by hash. Nothing is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enduse.reference.tokens import Flags, Hashes

LEAST_BITS, SPARE_BITS = 12, 4
Places = NDArray[np.int64]


class Sense:
    """What a word says of a name beside it, as bits.

    BEFORE, AFTER: before or after the name, that it is a place. PASSED: nothing; it is passed over.
    OTHER: after the name, that it is a street or a body. TITLE: before it, that it is a person.
    """

    BEFORE = 1
    AFTER = 2
    PASSED = 4
    OTHER = 8
    TITLE = 16


SENSES = {
    "before": Sense.BEFORE,
    "after": Sense.AFTER,
    "other": Sense.OTHER,
    "title": Sense.TITLE,
}


@dataclass(frozen=True)
class Signs:
    """The words that say something, in small letters, each with its senses as bits."""

    senses: Mapping[str, int]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]], articles: Iterable[str]) -> Signs:
        """Return the signs of the rows of `context.tsv`; articles are passed over."""
        senses = dict.fromkeys(("the", *articles), Sense.PASSED)
        for row in rows:
            word = row["word"].casefold()
            senses[word] = senses.get(word, 0) | SENSES.get(row["sense"], 0)
        return cls(senses)


@dataclass(frozen=True)
class WordSet:
    """A set of words by hash: a table to sift by, and the hashes themselves, sorted."""

    table: Flags
    hashes: Hashes

    @classmethod
    def of(cls, hashes: Hashes) -> WordSet:
        """Return the set of the words with these hashes, which are in order."""
        bits = max(LEAST_BITS, len(hashes).bit_length() + SPARE_BITS)
        table = np.zeros(1 << bits, np.bool_)
        table[hashes >> np.uint64(64 - bits)] = True
        return cls(table, hashes)

    def find(self, hashes: Hashes) -> tuple[Places, Places]:
        """Return which of the hashes are in the set, and the place of each there."""
        bits = len(self.table).bit_length() - 1
        maybe = np.flatnonzero(self.table[hashes >> np.uint64(64 - bits)])
        places = find_places(self.hashes, hashes[maybe])
        sure = places >= 0
        return maybe[sure], places[sure]


def find_places(ordered: Hashes, hashes: Hashes) -> Places:
    """Return where each hash stands in an ordered array, -1 where it does not."""
    if not len(ordered):
        return np.full(len(hashes), -1, np.int64)
    places = np.searchsorted(ordered, hashes)
    places[places == len(ordered)] = 0
    return np.where(ordered[places] == hashes, places, -1)
