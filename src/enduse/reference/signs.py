"""Words that say a place is meant, as hashes, to sift many names at once.

In: the words of `context.tsv` and `articles.tsv`. Out: `Signs`, sets that numpy can ask for all
names of a block in one step. Nothing is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from enduse.reference.alphabet import Alphabet
from enduse.reference.surroundings import Context
from enduse.reference.tokens import Flags, Hashes, find_bounds, hash_words

SLOT_BITS = 12


@dataclass(frozen=True)
class WordSet:
    """A small set of words by hash: a table to sift by, and the hashes themselves, sorted."""

    table: Flags
    hashes: Hashes

    @classmethod
    def of(cls, words: Iterable[str], alphabet: Alphabet) -> WordSet:
        """Return the set of the words."""
        codes = alphabet.fold("\n".join(sorted(words))).codes
        hashes = np.sort(hash_words(codes, *find_bounds(codes)))
        table = np.zeros(1 << SLOT_BITS, np.bool_)
        table[hashes >> np.uint64(64 - SLOT_BITS)] = True
        return cls(table, hashes)

    def holds(self, hashes: Hashes) -> Flags:
        """Return for each hash whether its word is in the set."""
        found: Flags = self.table[hashes >> np.uint64(64 - SLOT_BITS)]
        maybe = np.flatnonzero(found)
        if len(maybe):
            found[maybe] = np.isin(hashes[maybe], self.hashes)
        return found


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
