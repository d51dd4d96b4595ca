"""What stands around a name, and whether it lets the name count.

In: a text, where a name stands in it, and what the name asks for. Out: yes or no, by the words
of `data/places/context.tsv`. Nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from enduse.reference.readings import Asks

NEIGHBOURHOOD = 60
SENTENCE = 300
WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?[\s\"'(«“-]{1,3}(?:(?:the|al|el|ash?|an)[\s-]+)?$")
WORD_AFTER = re.compile(r"^[\s-]{1,2}([^\W\d_]+)")
LOOK_BACK, LOOK_ON = 40, 30
ENDS = re.compile(r"[.!?\n؟。]\s|\n")
OPENERS = "\"'“”‘’«([ \t"
JUMPS = re.compile(r"[;:!?\n()\"“”]|[^\W\d_]{4,}\. |,\s")


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


@dataclass
class Around:
    """A name's surroundings in a text, worked out when asked for."""

    text: str
    start: int
    end: int
    context: Context

    @cached_property
    def words(self) -> str:
        """Return the name as written."""
        return self.text[self.start : self.end]

    @cached_property
    def shouted(self) -> bool:
        """Return whether everything near is in capitals."""
        near = self.text[max(0, self.start - NEIGHBOURHOOD) : self.end + NEIGHBOURHOOD]
        return near.isupper() and len(near) > len(self.words) + 12

    @cached_property
    def opens_sentence(self) -> bool:
        """Return whether the name is the first word of its sentence."""
        before = self.text[max(0, self.start - 8) : self.start].rstrip(OPENERS)
        return not before or before[-1] in ".!?\n:•"

    @cached_property
    def before(self) -> str:
        """Return the word before the name, articles passed over."""
        found = WORD_BEFORE.search(self.text[max(0, self.start - LOOK_BACK) : self.start])
        return found[1] if found else ""

    @cached_property
    def after(self) -> str:
        """Return the word after the name."""
        found = WORD_AFTER.search(self.text[self.end : self.end + LOOK_ON])
        return found[1] if found else ""

    @cached_property
    def sentence(self) -> str:
        """Return the sentence the name stands in, in small letters."""
        first, last = max(0, self.start - SENTENCE), self.end + SENTENCE
        head, tail = self.text[first : self.start], self.text[self.end : last]
        cut = [found.end() for found in ENDS.finditer(head)]
        stop = ENDS.search(tail)
        return (
            head[cut[-1] if cut else 0 :] + self.words + tail[: stop.start() if stop else None]
        ).casefold()

    def is_near(self, needs: Sequence[str]) -> bool:
        """Return whether one of the words stands in the sentence, outside the name."""
        rest = self.sentence
        return any(
            re.search(rf"\b{re.escape(word.casefold())}s?\b", rest)
            for word in needs
            if word.casefold() != self.words.casefold()
        )

    def is_placed(self) -> bool:
        """Return whether a word beside the name says that it is a place."""
        senses = self.context.words
        if self.before.casefold() in senses["before"]:
            return True
        return self.after.casefold() in senses["after"]

    def is_part_of_other(self) -> bool:
        """Return whether the name is part of a person's, a street's or a body's name."""
        senses = self.context.words
        return (
            self.after.casefold() in senses["other"] and self.after[:1].isupper()
        ) or self.before.casefold() in senses["title"]

    def is_joined(self) -> bool:
        """Return whether a word in capitals stands right before or after, as in a person's name."""
        left = self.text[max(0, self.start - 25) : self.start]
        word = re.search(r"([^\W\d_]+) $", left)
        capital_before = bool(word) and word[1][:1].isupper() and not self.shouted  # type: ignore[index]
        return capital_before or (self.after[:1].isupper() and not self.shouted)


def is_one_name(words: str) -> bool:
    """Return whether nothing in the stretch ends a name: no comma, colon, bracket or full stop.

    >>> is_one_name("St. Louis"), is_one_name("Aleppo. North")
    (True, False)
    """
    return JUMPS.search(words) is None


def counts(asks: int, needs: Sequence[str], around: Around) -> bool:
    """Return whether a reading counts where it stands."""
    near = bool(needs) and around.is_near(needs)
    if needs and not near:
        return False
    if asks & Asks.CAPS:
        return around.words[:2].isupper() and (
            near or not (asks & Asks.EVERYDAY and around.shouted)
        )
    if asks & Asks.DESIGNATION and not fits_designation(around.words):
        return False
    if asks & Asks.PLACE:
        return counts_as_place(asks, around)
    if asks & Asks.EVERYDAY:
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
    if asks & Asks.DEMONYM:
        return True
    if asks & (Asks.SMALL | Asks.PERSON | Asks.EVERYDAY):
        if around.is_part_of_other():
            return False
        if asks & Asks.EVERYDAY and (around.shouted or around.opens_sentence):
            return False
        if asks & (Asks.PERSON | Asks.EVERYDAY) or " " not in around.words:
            return around.is_placed() and not (asks & Asks.PERSON and around.is_joined())
        return around.is_placed() or not around.is_joined()
    return not (around.is_part_of_other() and " " not in around.words)
