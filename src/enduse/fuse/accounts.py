"""A claim made ready for comparing: whom and what it names, with all that holds them.

In: a claim, its publication and the register. Out: its parties as keys with their ancestors, and
the days it can be about: what a document published on a day reports did not happen later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enduse.model.claim import Claim, Part, Publication, Role
from enduse.model.dates import DateRange
from enduse.model.mention import EntityKind
from enduse.ports import Register

CLASS = ("level", "class")
MADE_IN_CASE = "case-"
"""How the ids of entities begin that no register knows."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One party of an account.

    Attributes:
        keys: register ids, or folded names where unknown; more than one for "X and Y".
        above: ids of all that holds them.
        known: whether the register knows it.
        proper: whether it is a name and no description ("rebels").
    """

    part: Part
    keys: frozenset[str]
    above: frozenset[str]
    known: bool
    proper: bool


@dataclass(frozen=True, slots=True)
class Account:
    """A claim with its figures by part, and the days it can be about.

    `headline` tells whether it stands in the title of its document.
    """

    claim: Claim
    figures: Mapping[Part, Figure]
    days: DateRange | None
    headline: bool = False

    @property
    def specific(self) -> float:
        """How much it names: known parties, place and time count."""
        named = sum(1.0 if figure.known else 0.5 for figure in self.figures.values())
        return named + (0.5 if self.claim.time is not None else 0.0)

    @property
    def blocks(self) -> frozenset[str]:
        """Keys under which a comparable account can be found."""
        return frozenset(
            f"{figure.part.value}:{key}"
            for figure in self.figures.values()
            for key in figure.keys | figure.above
        )


def make_account(claim: Claim, publication: Publication | None, register: Register) -> Account:
    """Return the claim with its parties' keys and the days it can be about."""
    days = _days(claim, publication)
    figures = {role.part: _figure(role, days, register) for role in claim.roles}
    return Account(claim, figures, days, _in_title(claim, publication))


def _in_title(claim: Claim, publication: Publication | None) -> bool:
    if claim.span is None or publication is None or publication.title is None:
        return False
    start, end = publication.title
    return start <= claim.span.start and claim.span.end <= end


def _figure(role: Role, days: DateRange | None, register: Register) -> Figure:
    """Return the party; what a branch left before the days holds it no more."""
    also = (refer(name, role.part, register) or fold(name) for name in role.also)
    keys = [role.reference or fold(role.text), *also]
    above = {each for key in keys for each in register.ancestors(key, days)}
    told = role.reference is not None and not role.reference.startswith(MADE_IN_CASE)
    proper = (told or not role.text[:1].islower()) and not is_class(role.reference, register)
    return Figure(role.part, frozenset(keys), frozenset(above), role.reference is not None, proper)


def is_class(reference: str | None, register: Register) -> bool:
    """Return whether it is a class of people ("rebels"), which is no name of anybody."""
    entity = register.entity(reference) if reference else None
    return entity is not None and entity.kind is EntityKind.ACTOR and CLASS in entity.codes


def refer(name: str, part: Part, register: Register) -> str | None:
    """Return the register entry that one more name of a part most likely means, None if none."""
    candidates = register.find(name, part.entity_kind)
    return candidates[0].entity_id if candidates else None


def fold(name: str) -> str:
    """Return a name without case, doubled spaces and a leading article.

    >>> fold("The  Desert Brigade")
    'desert brigade'
    """
    return " ".join(name.casefold().split()).removeprefix("the ")


def _days(claim: Claim, publication: Publication | None) -> DateRange | None:
    if claim.time is not None or claim.planned or publication is None:
        return claim.time
    original = publication.original.date if publication.original else None
    day = original or publication.published
    return DateRange(None, day, "") if day else None
