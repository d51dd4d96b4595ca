"""Where words stand that some names need near them.

In: the lists of needed words of all layers, and a text's words. Out: for each list the numbers of
the words that its phrases begin with; for a text, where such words stand. A look at these few
places tells of most names that nothing they need is near. Nothing is refused.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from re import Pattern

import numpy as np
from numpy.typing import NDArray

from enduse.reference.alphabet import Alphabet, Folded, Offsets
from enduse.reference.layers import Layer
from enduse.reference.lexicon import key_names
from enduse.reference.signs import WordSet, find_places
from enduse.reference.tokens import Articles, Tokens, find_tokens

LINE = "\n"


@dataclass(frozen=True, eq=False)
class Wanted:
    """Phrases of which one must stand near, and the numbers of the words they begin with."""

    phrases: tuple[str, ...]
    beginnings: frozenset[int]

    @cached_property
    def pattern(self) -> Pattern[str]:
        """Return what finds one of the phrases, in any case, one or many.

        >>> bool(Wanted(("missile",), frozenset()).pattern.search("two Missiles"))
        True
        """
        ordered = sorted(self.phrases, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})s?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Places:
    """Where the words stand that a needed phrase begins with: code points, in order; numbers."""

    starts: Sequence[int]
    numbers: Sequence[int]

    def may_hold(self, wanted: Wanted, start: int, end: int) -> bool:
        """Return whether one of the wanted phrases may begin from start to before end."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        return not wanted.beginnings.isdisjoint(self.numbers[first:last])


@dataclass(frozen=True)
class Beginnings:
    """The words that needed phrases begin with, in all layers: `words.hashes` by number."""

    words: WordSet
    alphabet: Alphabet
    articles: Articles
    wanted: Sequence[Sequence[Wanted]]

    @classmethod
    def of(cls, layers: Sequence[Layer], alphabet: Alphabet, articles: Articles) -> Beginnings:
        """Return the beginnings of the layers' needed phrases."""
        lists = [phrases for layer in layers for phrases in layer.needed]
        names = [form for phrases in lists for phrase in phrases for form in (phrase, f"{phrase}s")]
        _, firsts, _, _ = key_names(names, alphabet, articles)
        ordered = np.unique(firsts)
        numbers = iter(find_places(ordered, firsts).tolist())
        wanted = []
        for layer in layers:
            wanted.append([])
            for phrases in layer.needed:
                own = frozenset(next(numbers) for _ in range(2 * len(phrases)))
                wanted[-1].append(Wanted(tuple(phrases), own))
        return cls(WordSet.of_hashes(ordered), alphabet, articles, wanted)

    def find(self, text: str, folded: Folded, tokens: Tokens) -> Places:
        """Return where words stand in the text that a needed phrase begins with."""
        at, numbers = self.words.find(tokens.hashes)
        starts: Offsets = tokens.shown[at]
        if folded.offsets is None:
            return Places(starts.tolist(), numbers.tolist())
        starts = folded.offsets[starts]
        parts, more = self.find_parts(text, folded.offsets, tokens)
        starts, numbers = np.concatenate((starts, parts)), np.concatenate((numbers, more))
        order = np.argsort(starts, kind="stable")
        return Places(starts[order].tolist(), numbers[order].tolist())

    def find_parts(
        self, text: str, offsets: Offsets, tokens: Tokens
    ) -> tuple[Offsets, NDArray[np.int64]]:
        """Return the same of the parts of words with something inside that counts as nothing."""
        firsts, lasts = offsets[tokens.shown], offsets[tokens.ends - 1]
        split = np.flatnonzero(lasts - firsts >= tokens.ends - tokens.shown)
        if not len(split):
            return np.zeros(0, np.int32), np.zeros(0, np.int64)
        starts = firsts[split]
        words = [
            text[start : last + 1]
            for start, last in zip(starts.tolist(), lasts[split].tolist(), strict=True)
        ]
        folded = self.alphabet.fold_apart(LINE.join(words))
        parts = find_tokens(folded, self.alphabet, self.articles)
        at, numbers = self.words.find(parts.hashes)
        lines = np.cumsum([0, *(len(word) + 1 for word in words)])
        line = np.searchsorted(lines, parts.shown[at], side="right") - 1
        places: Offsets = (starts[line] + parts.shown[at] - lines[line]).astype(np.int32)
        return places, numbers
