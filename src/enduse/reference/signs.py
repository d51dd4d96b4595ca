"""Words that say a place is meant, as hashes, to sift many names at once.

In: the words of `context.tsv` and `articles.tsv`. Out: `Signs`, sets that numpy can ask for all
names of a block in one step. Nothing is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enduse.reference.alphabet import Alphabet
from enduse.reference.tokens import Flags, Hashes, find_bounds, hash_words

LEAST_BITS, SPARE_BITS = 12, 4


@dataclass(frozen=True)
class Context:
    """The words that tell a place from another thing, by sense, in small letters."""

    words: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> Context:
        """Return the context of the rows of `context.tsv`."""
        senses: dict[str, set[str]] = {}
        for row in rows:
            senses.setdefault(row["sense"], set()).add(row["word"].casefold())
        return cls({sense: frozenset(words) for sense, words in senses.items()})


@dataclass(frozen=True)
class WordSet:
    """A small set of words by hash: a table to sift by, and the hashes themselves, sorted."""

    table: Flags
    hashes: Hashes

    @classmethod
    def of(cls, words: Iterable[str], alphabet: Alphabet) -> WordSet:
        """Return the set of the words."""
        codes = alphabet.fold("\n".join(sorted(words))).codes
        return cls.of_hashes(np.sort(hash_words(codes, *find_bounds(codes))))

    @classmethod
    def of_hashes(cls, hashes: Hashes) -> WordSet:
        """Return the set of the words with these hashes, which are in order."""
        bits = max(LEAST_BITS, len(hashes).bit_length() + SPARE_BITS)
        table = np.zeros(1 << bits, np.bool_)
        table[hashes >> np.uint64(64 - bits)] = True
        return cls(table, hashes)

    def holds(self, hashes: Hashes) -> Flags:
        """Return for each hash whether its word is in the set."""
        found: Flags = np.zeros(len(hashes), np.bool_)
        found[self.find(hashes)[0]] = True
        return found

    def find(self, hashes: Hashes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return which of the hashes are in the set, and the place of each there."""
        bits = len(self.table).bit_length() - 1
        maybe = np.flatnonzero(self.table[hashes >> np.uint64(64 - bits)])
        places = find_places(self.hashes, hashes[maybe])
        sure = places >= 0
        return maybe[sure], places[sure]


def find_places(ordered: Hashes, hashes: Hashes) -> NDArray[np.int64]:
    """Return where each hash stands in an ordered array, -1 where it does not."""
    if not len(ordered):
        return np.full(len(hashes), -1, np.int64)
    places = np.searchsorted(ordered, hashes)
    places[places == len(ordered)] = 0
    return np.where(ordered[places] == hashes, places, -1)


@dataclass(frozen=True)
class Signs:
    """Words beside places; articles passed over; words of bodies and persons, which spoil them."""

    before: WordSet
    after: WordSet
    passed: WordSet
    other: WordSet
    title: WordSet

    @classmethod
    def of(cls, context: Context, articles: Iterable[str], alphabet: Alphabet) -> Signs:
        """Return the signs of the context's words."""
        return cls(
            WordSet.of(context.words["before"], alphabet),
            WordSet.of(context.words["after"], alphabet),
            WordSet.of({"the", *articles}, alphabet),
            WordSet.of(context.words["other"], alphabet),
            WordSet.of(context.words["title"], alphabet),
        )
