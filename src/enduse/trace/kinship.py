"""How actors and weapons stand to one another, as custody needs it.

In: the register, the priors and what affiliation incidents add. Out: chances from 0 to 1 that a
holding of one actor is a holding of another, and that a report of one weapon is about another.
Refused: nobody-in-particular ("unknown gunmen") is never an actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from enduse.model.claim import ClaimKind, Part
from enduse.model.entity import Entity, Tie
from enduse.model.incident import Incident, Party
from enduse.ports import Register
from enduse.reference.priors import Priors

_UNIT_MODES = ("branch", "member", "command")
_PARENT_TIES = (*_UNIT_MODES, "part-of", "is-a", "variant-of")


class Standing(StrEnum):
    """What an actor is, for custody."""

    STATE = "state"
    MAKER = "maker"
    ARMED = "armed"
    KIND = "kind"
    NOBODY = "nobody"
    UNTOLD = "untold"


@dataclass(frozen=True)
class Kinship:
    """Who is part of whom, which weapon is a kind of which; built once a trace.

    Attributes:
        parents: what affiliation incidents add to the register's ties.
        day: the day on which ties must hold; None takes them whatever their dates.
    """

    register: Register
    priors: Priors
    parents: Mapping[str, frozenset[str]]
    day: date | None = None
    _fits: dict[tuple[str, str], float] = field(default_factory=dict)
    _covers: dict[tuple[str, str], float] = field(default_factory=dict)
    _above: dict[str, frozenset[str]] = field(default_factory=dict)
    _standings: dict[str, Standing] = field(default_factory=dict)
    _arms: dict[tuple[str | None, str], bool] = field(default_factory=dict)
    _cores: dict[str, frozenset[str]] = field(default_factory=dict)

    def above(self, key: str) -> frozenset[str]:
        """Return the keys of all that hold it: parent actors or weapon classes."""
        if key not in self._above:
            self._above[key] = self._climb(key)
        return self._above[key]

    def _climb(self, key: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = [key]
        while waiting:
            held = self._parents_of(waiting.pop()) - {key}
            waiting.extend(held - found)
            found |= held
        return frozenset(found)

    def _parents_of(self, key: str) -> set[str]:
        """Return what holds it directly: by dated ties where it has any, else by ancestry."""
        stated = set(self.parents.get(key, ()))
        entity = None if key.startswith("name:") else self.register.entity(key)
        ties = [tie for tie in entity.ties if tie.kind in _PARENT_TIES] if entity else []
        if ties:
            return stated | {tie.other for tie in ties if self._holds(tie)}
        return stated if key.startswith("name:") else stated | set(self.register.ancestors(key))

    def _holds(self, tie: Tie) -> bool:
        """Return whether a tie holds on the day."""
        if self.day is None:
            return True
        return (tie.start or date.min) <= self.day <= (tie.end or date.max)

    def standing(self, party: Party) -> Standing:
        """Return what the actor is: by its register entry, else by the words of its name."""
        if party.key not in self._standings:
            self._standings[party.key] = self._judge(party)
        return self._standings[party.key]

    def _judge(self, party: Party) -> Standing:
        entity = self.entity(party)
        if entity is not None:
            meaning = self.priors.meaning("category", entity.category)
            return Standing(meaning) if meaning in tuple(Standing) else Standing.UNTOLD
        words = party.label.casefold().split()
        meanings = [self.priors.meaning("actor", word) for word in words]
        if "nobody" in meanings or not words:
            return Standing.NOBODY
        return Standing.KIND if all(meanings) else Standing.UNTOLD

    def entity(self, party: Party) -> Entity | None:
        """Return the register entry of the party, or None."""
        return self.register.entity(party.entity_id) if party.entity_id else None

    def holds_for(self, taker: Party, holder: Party) -> float:
        """Return the chance that what the taker got is with the holder: 1 if they are the same."""
        pair = (taker.key, holder.key)
        if pair not in self._fits:
            self._fits[pair] = self._actor_fit(taker, holder)
        return self._fits[pair]

    def _actor_fit(self, taker: Party, holder: Party) -> float:
        if taker.key == holder.key:
            return 1.0
        if holder.key in self.above(taker.key):
            return self.priors["actor:unit"]
        if taker.key in self.above(holder.key):
            return self.priors["actor:parent"]
        described = self.standing(taker) is Standing.KIND
        if described and self.standing(holder) in (Standing.ARMED, Standing.UNTOLD):
            return self.priors["actor:described"]
        return 0.0

    def surely_with(self, taker: Party, holder: Party) -> bool:
        """Return whether the taker is the holder or a part of it."""
        return taker.key == holder.key or holder.key in self.above(taker.key)

    def same_family(self, one: Party, other: Party) -> bool:
        """Return whether they are one actor, or one is part of the other."""
        keys = one.key, other.key
        return (
            keys[0] == keys[1] or keys[0] in self.above(keys[1]) or keys[1] in self.above(keys[0])
        )

    def covers(self, told: Party, wanted: Party) -> float:
        """Return the chance that a report of the one weapon is about the other.

        1 where they are the same or the report names a model of the wanted class; less where the
        report names only a class; 0 where neither is a kind of the other.
        """
        pair = (told.key, wanted.key)
        if pair not in self._covers:
            self._covers[pair] = self._weapon_fit(told, wanted)
        return self._covers[pair]

    def _weapon_fit(self, told: Party, wanted: Party) -> float:
        if told.key == wanted.key or wanted.key in self.above(told.key):
            return 1.0
        if self.is_arms(told):
            return self.priors["match:arms"]
        if told.key in self.above(wanted.key) or self.is_arms(wanted):
            return self.priors["match:class"]
        if self.entity(told) is None or self.entity(wanted) is None:
            return self._covers_by_words(told.label, wanted.label)
        return 0.0

    def narrower(self, one: Party, other: Party) -> Party:
        """Return the more specific of two weapons that are compatible; the first if equal."""
        return other if one.key in self.above(other.key) or self.is_arms(one) else one

    def is_arms(self, weapon: Party) -> bool:
        """Return whether it is arms in general and no sort of weapon."""
        named = (weapon.entity_id, weapon.label)
        if named not in self._arms:
            self._arms[named] = self._judge_arms(weapon)
        return self._arms[named]

    def _judge_arms(self, weapon: Party) -> bool:
        entity = self.entity(weapon)
        if entity is not None:
            return self.priors.meaning("category", entity.category) == "arms"
        words = weapon.label.casefold().replace("-", " ").split()
        return bool(words) and self.priors.meaning("weapon", words[-1]) == "arms"

    def _covers_by_words(self, told: str, wanted: str) -> float:
        left, right = self._core(told), self._core(wanted)
        if not left or not right:
            return 0.0
        if left >= right:
            return 1.0
        return self.priors["match:class"] if left < right else 0.0

    def _core(self, label: str) -> frozenset[str]:
        if label not in self._cores:
            self._cores[label] = self._find_core(label)
        return self._cores[label]

    def _find_core(self, label: str) -> frozenset[str]:
        return frozenset(
            part.removesuffix("s")
            for word in label.casefold().split()
            if self.priors.meaning("weapon", word) is None
            for part in word.split("-")
            if part
        )


def read_kinship(
    incidents: Iterable[Incident],
    register: Register,
    priors: Priors,
    day: date | None = None,
) -> Kinship:
    """Return the ties of the register joined with those that affiliation incidents state.

    The register's ties must hold on the day: a branch that has parted is no longer a unit.
    Only an affirmed branch, membership or command more likely than not makes a parent.
    """
    return Kinship(register, priors, _read_parents(incidents), day)


@dataclass(frozen=True, slots=True)
class CaseTies:
    """What a whole case tells of who belongs to whom, and the last day it tells of.

    Attributes:
        parents: by the key of a unit, the keys of what it is a branch, member or command of.
        last_day: the last day that any incident may have, None if none is dated.
    """

    parents: Mapping[str, frozenset[str]]
    last_day: date | None

    def kinship(self, register: Register, priors: Priors, day: date | None = None) -> Kinship:
        """Return the ties joined with those of the register that hold on the day."""
        return Kinship(register, priors, self.parents, day)


def read_ties(incidents: Iterable[Incident]) -> CaseTies:
    """Return what incidents tell of who belongs to whom."""
    told = tuple(incidents)
    return CaseTies(_read_parents(told), last_day(told))


def _read_parents(incidents: Iterable[Incident]) -> dict[str, frozenset[str]]:
    parents: dict[str, set[str]] = {}
    for incident in incidents:
        pair = _membership(incident)
        if pair is not None:
            parents.setdefault(pair[0], set()).add(pair[1])
    return {key: frozenset(held) for key, held in parents.items()}


def _membership(incident: Incident) -> tuple[str, str] | None:
    unit, parent = incident.party(Part.ACTOR), incident.party(Part.OTHER)
    if incident.kind is not ClaimKind.AFFILIATION or incident.mode not in _UNIT_MODES:
        return None
    if unit is None or parent is None or not incident.claims or incident.probability < 0.5:  # noqa: PLR2004 - an even chance
        return None
    return unit.key, parent.key


def last_day(incidents: Iterable[Incident]) -> date | None:
    """Return the last day that any incident may have, None if none is dated."""
    days = [one.time.end for one in incidents if one.time is not None and one.time.end is not None]
    return max(days, default=None)
