"""What stands around a name, and whether it lets the name count.

In: a text, where a name stands in it, what stands beside it, and what the name asks for. Out: yes
or no. Nothing is refused.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from re import Pattern
from typing import NamedTuple

from enduse.reference.readings import Asks

NEIGHBOURHOOD = 60
# Plain numbers: the enumeration's own operators are ten times slower.
CAPS, EVERYDAY, PERSON, SMALL = (
    int(ask) for ask in (Asks.CAPS, Asks.EVERYDAY, Asks.PERSON, Asks.SMALL)
)
DESIGNATION, DEMONYM, PLACE = int(Asks.DESIGNATION), int(Asks.DEMONYM), int(Asks.PLACE)
SENTENCE = 300
ENDS = re.compile(r"[.!?\n؟。]\s|\n")
WORDS = re.compile(r"\w+")
OPENERS = "\"'“”‘’«([ \t"
JUMPS = re.compile(r"\n\s*\n|[;:!?()\"“”]|[^\W\d_]{4,}\. |,\s")


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


class Beside:
    """What stands right beside a name, as bits.

    LOOSE: a gap inside the name is wider than a space. PLACED: a word says that it is a place.
    JOINED: a word in capitals stands next to it. CAPITALS, FITTING: it starts in capitals; it is
    written as a designation is.
    """

    LOOSE = 1
    PLACED = 2
    JOINED = 4
    CAPITALS = 8
    FITTING = 16


class Wanted(NamedTuple):
    """Words of which one must stand near: the pattern that finds them, and how each begins."""

    pattern: Pattern[str]
    beginnings: frozenset[str]


@dataclass
class Sentences:
    """Where the sentences of a text end, and the words of each, worked out when asked for."""

    text: str
    _words: dict[int, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def ends(self) -> tuple[list[int], list[int]]:
        """Return where each mark of an end starts, and where the next sentence begins."""
        spans = [found.span() for found in ENDS.finditer(self.text)]
        return [start for start, _ in spans], [end for _, end in spans]

    def around(self, start: int, end: int) -> tuple[int, int, frozenset[str]]:
        """Return where the sentence of a name begins and ends, and its words in small letters."""
        marks, begins = self.ends
        number = bisect_right(begins, start)
        first = begins[number - 1] if number else 0
        after = bisect_left(marks, end)
        last = marks[after] if after < len(marks) else len(self.text)
        words = self._words.get(first)
        if words is None or after > number:
            words = self._words[first] = frozenset(WORDS.findall(self.text[first:last].lower()))
        return first, last, words


@dataclass(slots=True)
class Around:
    """A name's surroundings in a text, worked out when asked for."""

    sentences: Sentences
    start: int
    end: int
    beside: int

    @property
    def text(self) -> str:
        """Return the whole text."""
        return self.sentences.text

    @property
    def words(self) -> str:
        """Return the name as written."""
        return self.text[self.start : self.end]

    @property
    def shouted(self) -> bool:
        """Return whether everything near is in capitals."""
        near = self.text[max(0, self.start - NEIGHBOURHOOD) : self.end + NEIGHBOURHOOD]
        return near.isupper() and len(near) > len(self.words) + 12

    @property
    def opens_sentence(self) -> bool:
        """Return whether the name is the first word of its sentence."""
        before = self.text[max(0, self.start - 8) : self.start].rstrip(OPENERS)
        return not before or before[-1] in ".!?\n:•"

    def is_near(self, wanted: Wanted) -> bool:
        """Return whether one of the wanted words stands in the sentence, outside the name."""
        first, last, words = self.sentences.around(self.start, self.end)
        if wanted.beginnings.isdisjoint(words):
            return False
        text, search = self.text, wanted.pattern.search
        if search(text[self.end : min(last, self.end + SENTENCE)]):
            return True
        return search(text[max(first, self.start - SENTENCE) : self.start]) is not None

    @property
    def placed(self) -> bool:
        """Return whether a word beside the name says that it is a place."""
        return bool(self.beside & Beside.PLACED)

    @property
    def joined(self) -> bool:
        """Return whether a word in capitals stands right beside, as in a person's name."""
        return bool(self.beside & Beside.JOINED) and not self.shouted


def is_one_name(words: str) -> bool:
    """Return whether nothing in the stretch ends a name: no comma, colon, bracket or full stop.

    >>> is_one_name("St. Louis"), is_one_name("Aleppo. North")
    (True, False)
    """
    return JUMPS.search(words) is None


def want_words(needs: Iterable[str]) -> Wanted:
    """Return what finds one of the words, in any case, one or many.

    >>> bool(want_words(["missile"]).pattern.search("two Missiles"))
    True
    """
    ordered = sorted(needs, key=len, reverse=True)
    words = "|".join(re.escape(word) for word in ordered)
    firsts = {found[0].lower() for word in ordered if (found := WORDS.search(word))}
    return Wanted(
        re.compile(rf"\b(?:{words})s?\b", re.IGNORECASE),
        frozenset(firsts | {f"{word}s" for word in firsts}),
    )


def counts(asks: int, wanted: Wanted | None, around: Around) -> bool:
    """Return whether a reading counts where it stands."""
    near = wanted is not None and around.is_near(wanted)
    if wanted is not None and not near:
        return False
    if asks & CAPS:
        return around.words[:2].isupper() and (near or not (asks & EVERYDAY and around.shouted))
    if asks & DESIGNATION and not fits_designation(around.words):
        return False
    if asks & PLACE:
        return counts_as_place(asks, around)
    if asks & EVERYDAY:
        return near or not (around.opens_sentence or around.shouted)
    return True


def fits_designation(words: str) -> bool:
    """Return whether a designation is written as one: with a capital, or joined.

    >>> fits_designation("M 16"), fits_designation("m16"), fits_designation("at 4")
    (True, True, False)
    """
    return words != words.lower() or not re.search(r"[a-z] \d|\d [a-z]", words)


def counts_as_place(asks: int, around: Around) -> bool:
    """Return whether a place's name counts as one here."""
    if asks & DEMONYM:
        return True
    if asks & (SMALL | PERSON | EVERYDAY):
        if asks & EVERYDAY and (around.shouted or around.opens_sentence):
            return False
        if asks & (PERSON | EVERYDAY) or " " not in around.words:
            return around.placed and not (asks & PERSON and around.joined)
        return around.placed or not around.joined
    return True
