"""The words of a text that tell something of the names near them.

In: the signs, the lists of words that some names need near, and a text's words. Out: for a text,
where such words stand and what they say: a look at these few places tells of most names that
nothing they need is near. Nothing is refused.
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
from enduse.reference.signs import Places, Signs, WordSet, find_places
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
class Begun:
    """Where the words stand that a needed phrase begins with: code points, in order; numbers."""

    starts: Sequence[int]
    numbers: Sequence[int]

    def may_hold(self, wanted: Wanted, start: int, end: int) -> bool:
        """Return whether one of the wanted phrases may begin from start to before end."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        return not wanted.beginnings.isdisjoint(self.numbers[first:last])


@dataclass(frozen=True)
class Hints:
    """The words that tell something.

    Attributes:
        words: all of them; a word's number is its place there.
        senses: for each word what it says, as bits of `Sense`.
        begins: for each word whether a needed phrase begins with it.
        wanted: for each layer its lists of needed phrases.
    """

    words: WordSet
    senses: NDArray[np.uint8]
    begins: NDArray[np.bool_]
    wanted: Sequence[Sequence[Wanted]]
    alphabet: Alphabet
    articles: Articles

    @classmethod
    def of(
        cls, layers: Sequence[Layer], signs: Signs, alphabet: Alphabet, articles: Articles
    ) -> Hints:
        """Return the words that tell something of names in the layers."""
        lists = [phrases for layer in layers for phrases in layer.needed]
        names = [form for phrases in lists for phrase in phrases for form in (phrase, f"{phrase}s")]
        _, firsts, _, _ = key_names(names, alphabet, articles)
        told = key_names(list(signs.senses), alphabet, articles)[1]
        ordered = np.unique(np.concatenate((firsts, told)))
        senses = np.zeros(len(ordered), np.uint8)
        np.bitwise_or.at(
            senses, find_places(ordered, told), np.fromiter(signs.senses.values(), np.uint8)
        )
        begins = np.zeros(len(ordered), np.bool_)
        numbers = find_places(ordered, firsts)
        begins[numbers] = True
        left = iter(numbers.tolist())
        wanted = [
            [
                Wanted(tuple(phrases), frozenset(next(left) for _ in range(2 * len(phrases))))
                for phrases in layer.needed
            ]
            for layer in layers
        ]
        return cls(WordSet.of(ordered), senses, begins, wanted, alphabet, articles)

    def read(self, tokens: Tokens) -> Heard:
        """Return what the words of a text tell."""
        at, numbers = self.words.find(tokens.hashes)
        return self.hear(len(tokens), at, numbers)

    def hear(self, count: int, at: Places, numbers: Places) -> Heard:
        """Return what the words at these places tell, of a text of `count` words."""
        senses = np.zeros(count, np.uint8)
        senses[at] = self.senses[numbers]
        begins = self.begins[numbers]
        return Heard(senses, at[begins], numbers[begins])

    def find_begun(self, text: str, folded: Folded, tokens: Tokens, heard: Heard) -> Begun:
        """Return where words stand in the text that a needed phrase begins with."""
        starts: Offsets = tokens.shown[heard.at]
        numbers = heard.numbers
        if folded.offsets is None:
            return Begun(starts.tolist(), numbers.tolist())
        parts, more = self.find_parts(text, folded.offsets, tokens)
        starts = np.concatenate((folded.offsets[starts], parts))
        order = np.argsort(starts, kind="stable")
        return Begun(starts[order].tolist(), np.concatenate((numbers, more))[order].tolist())

    def find_parts(self, text: str, offsets: Offsets, tokens: Tokens) -> tuple[Offsets, Places]:
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
        found: Offsets = (starts[line] + parts.shown[at] - lines[line]).astype(np.int32)
        return found, numbers


@dataclass(frozen=True)
class Heard:
    """What the words of a text tell.

    Attributes:
        senses: of every word, as bits of `Sense`.
        at, numbers: the words that a needed phrase begins with, in order, and which they are.
    """

    senses: NDArray[np.uint8]
    at: Places
    numbers: Places
