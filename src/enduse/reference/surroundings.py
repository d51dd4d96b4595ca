"""What stands around a name, and whether it lets the name count.

In: a text, where a name stands in it, what stands beside it, and what the name asks for. Out: yes
or no. Nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from enduse.reference.nearby import Begun, Wanted
from enduse.reference.readings import Asks

NEIGHBOURHOOD = 60
# Plain numbers: the enumeration's own operators are ten times slower.
CAPS, EVERYDAY, PERSON, SMALL = (
    int(ask) for ask in (Asks.CAPS, Asks.EVERYDAY, Asks.PERSON, Asks.SMALL)
)
DESIGNATION, DEMONYM, PLACE = int(Asks.DESIGNATION), int(Asks.DEMONYM), int(Asks.PLACE)
SENTENCE = 300
ENDS = re.compile(r"[.!?\n؟。]\s|\n")
OPENERS = "\"'“”‘’«([ \t"
JUMPS = re.compile(r"\n\s*\n|[;:!?()\"“”]|[^\W\d_]{4,}\. |,\s")


class Beside:
    """What stands right beside a name, as bits.

    LOOSE: a gap inside the name is wider than a space. PLACED: a word says that it is a place.
    JOINED: a word in capitals stands next to it, and not everything does. CAPITALS, FITTING: it
    starts in capitals; it is written as a designation is. WORDS: it is of several words. SPACED: a
    space parts them.
    """

    LOOSE = 1
    PLACED = 2
    JOINED = 4
    CAPITALS = 8
    FITTING = 16
    WORDS = 32
    SPACED = 64


@dataclass
class Sentences:
    """The sentences of a text: where each ends, and whether what a name needs stands in it."""

    text: str
    find_begun: Callable[[], Begun]

    @cached_property
    def begun(self) -> Begun:
        """Return where words stand that a needed phrase begins with."""
        return self.find_begun()

    def has_near(self, wanted: Wanted, start: int, end: int) -> bool:
        """Return whether one of the wanted phrases stands near a name and in its sentence."""
        near = max(0, start - SENTENCE), end + SENTENCE
        if not self.begun.may_hold(wanted, *near):
            return False
        text, search = self.text, wanted.pattern.search
        stop = ENDS.search(text, end, near[1])
        if search(text, end, stop.start() if stop else near[1]):
            return True
        first = near[0]
        for found in ENDS.finditer(text, first, start):
            first = found.end()
        return search(text, first, start) is not None


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
        return is_shouted(self.text, self.start, self.end)

    @property
    def opens_sentence(self) -> bool:
        """Return whether the name is the first word of its sentence."""
        before = self.text[max(0, self.start - 8) : self.start].rstrip(OPENERS)
        return not before or before[-1] in ".!?\n:•"

    @property
    def placed(self) -> bool:
        """Return whether a word beside the name says that it is a place."""
        return bool(self.beside & Beside.PLACED)

    @property
    def spaced(self) -> bool:
        """Return whether a space stands inside the name."""
        return bool(self.beside & Beside.SPACED)

    @property
    def joined(self) -> bool:
        """Return whether a word in capitals stands right beside, as in a person's name."""
        return bool(self.beside & Beside.JOINED)


def is_one_name(words: str) -> bool:
    """Return whether nothing in the stretch ends a name: no comma, colon, bracket or full stop.

    >>> is_one_name("St. Louis"), is_one_name("Aleppo. North")
    (True, False)
    """
    return JUMPS.search(words) is None


def is_shouted(text: str, start: int, end: int) -> bool:
    """Return whether everything near a stretch is in capitals."""
    near = text[max(0, start - NEIGHBOURHOOD) : end + NEIGHBOURHOOD]
    return near.isupper() and len(near) > end - start + 12


def counts(asks: int, around: Around, *, near: bool) -> bool:
    """Return whether a reading counts where it stands, all it needs standing near.

    Args:
        asks: as bits of `Asks`.
        around: where it stands.
        near: whether it needs words, and one of them stands near.
    """
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
        if asks & (PERSON | EVERYDAY) or not around.spaced:
            return around.placed and not (asks & PERSON and around.joined)
        return around.placed or not around.joined
    return True
