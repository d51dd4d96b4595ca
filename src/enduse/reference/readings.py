"""What a name asks of the words in a text before it counts as that entity.

In: an entity's names and the lists of everyday words and of people's names. Out: `Readings`,
columns ready for a lexicon: each written form of each name, with flags. Nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntFlag

from enduse.model.entity import Entity, Name
from enduse.model.mention import EntityKind

LONGEST_ABBREVIATION = 5
MIN_REST = 4
DESIGNATION = re.compile(r"\d")
HYPHENED = re.compile(r"(?<=[a-z])-(?=[a-z])")
CYRILLIC_TWIN = str.maketrans("ABCDEFGHIKLMNOPRSTUVYZ", "АБЦДЕФГХИКЛМНОПРСТУВЙЗ")
LATIN_DESIGNATION = re.compile(r"^[A-Z]{1,3}[- ]?\d|^\d+[A-Z]")
ARTICLE = re.compile(r"^(al|el|ar|as|ash|at|ad|az|an|es|ez|er|ed|en|et)[- ]", re.IGNORECASE)


class Asks(IntFlag):
    """What must hold, as bits.

    CAPS: all its letters are capitals. EVERYDAY: it is also an everyday word. PERSON: it is also
    a person's name. SMALL: a small place, which needs a word beside it that says so.
    DESIGNATION: letters and digits. WEAPON, ACTOR, PLACE: the kind. GENERIC: a class.
    DEMONYM: it names the people or adjective of a place. ALIAS: not the usual name.
    LOWER: none of these; one of the name's readings may start with a small letter.
    """

    CAPS = 1
    EVERYDAY = 2
    PERSON = 4
    SMALL = 8
    DESIGNATION = 16
    WEAPON = 32
    ACTOR = 64
    PLACE = 128
    GENERIC = 256
    DEMONYM = 512
    ALIAS = 1024
    LOWER = 2048


KIND_BITS = {
    EntityKind.WEAPON: Asks.WEAPON,
    EntityKind.ACTOR: Asks.ACTOR,
    EntityKind.PLACE: Asks.PLACE,
}
USE_WEIGHTS = {"official": 1.0, "short": 0.8, "demonym": 0.3, "former": 0.4, "misspelling": 0.2}


@dataclass
class Readings:
    """Columns of readings, filled while compiling."""

    names: list[str] = field(default_factory=list)
    entities: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    needs: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    lower: list[bool] = field(default_factory=list)
    needed: list[tuple[str, ...]] = field(default_factory=lambda: [()])
    numbers: dict[tuple[str, ...], int] = field(default_factory=lambda: {(): 0})

    def add(self, name: str, entity: int, flags: int, weight: float, lower: bool) -> None:  # noqa: FBT001
        """Add one reading that needs no words."""
        self.names.append(name)
        self.entities.append(entity)
        self.flags.append(flags)
        self.needs.append(0)
        self.weights.append(weight)
        self.lower.append(lower)

    def number_needs(self, needs: tuple[str, ...]) -> int:
        """Return the number of the list of needed words."""
        if needs not in self.numbers:
            self.numbers[needs] = len(self.needed)
            self.needed.append(needs)
        return self.numbers[needs]


def add_entity(readings: Readings, number: int, entity: Entity, everyday: frozenset[str]) -> None:
    """Add every written form of every name of a weapon, an actor or a listed place."""
    seen: set[tuple[str, bool]] = set()
    for name in entity.names:
        flags = flags_of(name, entity, everyday)
        weight = USE_WEIGHTS.get(name.use, 0.6) + weight_of(entity)
        for form in written_forms(name, entity):
            lower = may_be_small(form, entity)
            if (form, lower) not in seen:
                seen.add((form, lower))
                readings.add(form, number, flags, weight, lower)
                readings.needs[-1] = readings.number_needs(tuple(sorted(name.needs)))


def weight_of(entity: Entity) -> float:
    """Return how likely the entity is meant where others share the name."""
    codes = dict(entity.codes)
    if entity.kind is EntityKind.WEAPON:
        return {"class": 0.3, "family": 0.2, "model": 0.1}.get(codes.get("level", ""), 0.0)
    if entity.category == "state":
        return 0.5
    if entity.kind is EntityKind.PLACE:
        return 9.0 if entity.category == "country" else 5.0
    return 0.0


def flags_of(name: Name, entity: Entity, everyday: frozenset[str]) -> int:
    """Return what the name asks for."""
    flags = KIND_BITS[entity.kind]
    letters = [letter for letter in name.text if letter.isalpha()]
    digits = DESIGNATION.search(name.text) is not None
    if digits:
        flags |= Asks.DESIGNATION
    elif is_abbreviation(name.text, letters):
        flags |= Asks.CAPS
    if name.text.casefold() in everyday and not digits:
        flags |= Asks.EVERYDAY
    if dict(entity.codes).get("level") == "class":
        flags |= Asks.GENERIC
        flags &= ~Asks.EVERYDAY
    if name.use == "demonym":
        flags |= Asks.DEMONYM
    elif name.use not in ("official", "short"):
        flags |= Asks.ALIAS
    return int(flags)


def is_abbreviation(text: str, letters: list[str]) -> bool:
    """Return whether the name is a short word in capitals.

    >>> is_abbreviation("TOW", list("TOW")), is_abbreviation("Kornet", list("Kornet"))
    (True, False)
    """
    cased = [letter for letter in letters if letter.lower() != letter.upper()]
    return (
        0 < len(cased) <= LONGEST_ABBREVIATION
        and len(cased) == len(letters)
        and all(map(str.isupper, cased))
        and " " not in text
    )


def may_be_small(form: str, entity: Entity) -> bool:
    """Return whether the form may start with a small letter in a text."""
    if not form[:1].isupper():
        return True
    generic = dict(entity.codes).get("level") == "class" or entity.category in (
        "population",
        "unknown",
        "unnamed",
    )
    return (generic and not form[:2].isupper()) or (
        DESIGNATION.search(form) is not None and " " not in form.strip()
    )


def written_forms(name: Name, entity: Entity) -> Iterator[str]:
    """Yield the name as given and as it may also be written: plural, joined, other alphabet.

    >>> list(written_forms(Name("T-72"), Entity("t", EntityKind.WEAPON, "tank", "T-72")))
    ['T-72', 'T-72s', 'Т-72']
    """
    text = name.text
    yield text
    yield from article_forms(text)
    if entity.kind is EntityKind.WEAPON or entity.category == "population":
        yield from weapon_forms(text)
    if "'" in text or "’" in text:
        yield text.replace("'", "").replace("’", "")


def article_forms(text: str) -> Iterator[str]:
    """Yield the name without its Arabic article."""
    found = ARTICLE.match(text)
    if found and not found[0].startswith(("El ", "An ", "As ", "At ", "En ", "Ed ")):
        rest = text[found.end() :]
        if rest[:1].isalpha() and (
            not found[1].isupper() or (text.isupper() and len(rest) > MIN_REST)
        ):
            yield rest


def weapon_forms(text: str) -> Iterator[str]:
    """Yield plural, singular, joined and Cyrillic forms of a weapon's name."""
    if text.isascii() and text[-1:].isalnum():
        if not text.lower().endswith("s"):
            yield text + "s"
            if text.endswith(("y",)) and text[-2:-1] not in "aeiou":
                yield text[:-1] + "ies"
        elif text == text.lower() or " " in text:
            yield text[:-1] if not text.endswith("ies") else text[:-3] + "y"
    if HYPHENED.search(text):
        yield HYPHENED.sub("", text)
    if LATIN_DESIGNATION.match(text):
        yield text.translate(CYRILLIC_TWIN)


def drop_article(name: str, articles: Mapping[str, str]) -> str:
    """Return the name without a leading article that may be left out, else unchanged.

    >>> drop_article("Al Hasakah", {"al": ""})
    'Hasakah'
    """
    head, _, tail = name.replace("-", " ", 1).partition(" ")
    low = head.casefold()
    if tail and low in articles and tail[:1].casefold().startswith(articles[low]):
        return tail
    return name
