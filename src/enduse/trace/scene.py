"""What a planned transfer is judged against: the case as seen from its giver, taker and weapon.

In: the plan, incidents, claims, kinship. Out: `Scene`. Refused: reports by which nothing happened:
plans, fears and what every claim denies are no evidence of what was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from enduse.model.claim import Certainty, Claim, ClaimKind, Part
from enduse.model.incident import Incident, Party
from enduse.trace.kinship import Kinship, Standing
from enduse.trace.network import is_feared, parties_of

_FORCE = ("capture", "loot")


class Family:
    """Some actors, their parts and what they are part of: asked of many parties, answered once."""

    def __init__(self, kinship: Kinship, keys: Iterable[str]) -> None:
        """Take the keys of the actors."""
        self._kinship = kinship
        self._keys = frozenset(keys)
        self._above = frozenset(above for key in self._keys for above in kinship.above(key))
        self._known: dict[str, bool] = {}

    def holds(self, key: str) -> bool:
        """Return whether the key is of one of the actors, of a part of one or of its whole."""
        if key not in self._known:
            self._known[key] = (
                key in self._keys
                or key in self._above
                or not self._keys.isdisjoint(self._kinship.above(key))
            )
        return self._known[key]


@dataclass(frozen=True)
class Scene:
    """A plan and all that the case tells beside it.

    Attributes:
        told: every incident that some claim affirms and that happened, in order of id.
        judged_on: the day the plan is judged; None sets no limit.
    """

    plan: Incident
    told: tuple[Incident, ...]
    claims: Mapping[str, Claim]
    kinship: Kinship
    judged_on: date | None = None

    @property
    def givers(self) -> tuple[Party, ...]:
        """Who is to give."""
        return parties_of(self.plan, Part.FROM)

    @property
    def takers(self) -> tuple[Party, ...]:
        """Who is to receive."""
        return parties_of(self.plan, Part.TO)

    @property
    def weapons(self) -> tuple[Party, ...]:
        """What is to be given."""
        return parties_of(self.plan, Part.WEAPON)

    def is_taker(self, party: Party) -> bool:
        """Return whether the party is the recipient, a part of it or what it is part of."""
        return self._taking.holds(party.key)

    def is_giver(self, party: Party) -> bool:
        """Return whether the party is the giver or its family."""
        return self._giving.holds(party.key)

    @cached_property
    def _taking(self) -> Family:
        return Family(self.kinship, (taker.key for taker in self.takers))

    @cached_property
    def _giving(self) -> Family:
        return Family(self.kinship, (giver.key for giver in self.givers))

    @cached_property
    def _opposing(self) -> Family:
        return Family(self.kinship, self.adversaries)

    def alike(self, weapon: Party) -> bool:
        """Return whether a weapon is of the planned class: the same, a kind of it, or its class.

        Arms in general are alike to nothing.
        """
        named = (weapon.entity_id, weapon.label)
        if named not in self._alike:
            self._alike[named] = self._judge_alike(weapon)
        return self._alike[named]

    @cached_property
    def _alike(self) -> dict[tuple[str | None, str], bool]:
        return {}

    def _judge_alike(self, weapon: Party) -> bool:
        if self.kinship.is_arms(weapon):
            return False
        return any(
            max(self.kinship.covers(weapon, own), self.kinship.covers(own, weapon)) > 0
            for own in self.weapons
            if not self.kinship.is_arms(own)
        )

    def weapon_alike(self, incident: Incident) -> bool:
        """Return whether any weapon of the incident is of the planned class."""
        return any(self.alike(weapon) for weapon in parties_of(incident, Part.WEAPON))

    def transfers(self, modes: Iterable[str] | None = None) -> Iterator[Incident]:
        """Yield the transfers that happened, of the given modes or of any."""
        wanted = None if modes is None else set(modes)
        for one in self.told:
            if one.kind is ClaimKind.TRANSFER and (wanted is None or one.mode in wanted):
                yield one

    @cached_property
    def fights(self) -> tuple[tuple[Incident, Party], ...]:
        """Each incident in which the recipient fights, with its adversary."""
        return tuple(
            (one, foe)
            for one in self.told
            for ours, foe in _opponents(one)
            if self.is_taker(ours) and not self.is_taker(foe)
        )

    @cached_property
    def adversaries(self) -> dict[str, Party]:
        """The armed groups that fight the recipient, by key; nobody in particular is none."""
        armed = (Standing.ARMED, Standing.UNTOLD)
        return {foe.key: foe for _, foe in self.fights if self.kinship.standing(foe) in armed}

    def is_adversary(self, party: Party) -> bool:
        """Return whether the party fights the recipient."""
        return self._opposing.holds(party.key)

    @cached_property
    def concerned(self) -> tuple[Claim, ...]:
        """The claims with words that are the plan's own or name its recipient, in order of id."""
        return tuple(
            claim
            for claim in sorted(self.claims.values(), key=lambda one: one.id)
            if claim.span is not None and self._concerns(claim)
        )

    def _concerns(self, claim: Claim) -> bool:
        if claim.id in self.plan.claims:
            return True
        return any(
            self.is_taker(Party(role.part, role.label, role.reference))
            for role in claim.roles
            if role.part not in (Part.WEAPON, Part.PLACE)
        )

    def lately(self, incident: Incident, days: int) -> bool:
        """Return whether it may have happened within so many days before the plan is judged."""
        if incident.time is None or incident.time.end is None or self.judged_on is None:
            return True
        return (self.judged_on - incident.time.end).days <= days


def set_scene(
    plan: Incident,
    incidents: Iterable[Incident],
    claims: Iterable[Claim],
    kinship: Kinship,
    judged_on: date | None,
) -> Scene:
    """Return the plan among all that is told to have happened."""
    by_id = {claim.id: claim for claim in claims}
    told = (one for one in incidents if one.id != plan.id and _happened(one, by_id, kinship))
    return Scene(plan, tuple(sorted(told, key=lambda one: one.id)), by_id, kinship, judged_on)


def _happened(one: Incident, claims: Mapping[str, Claim], kinship: Kinship) -> bool:
    if not one.claims or one.planned:
        return False
    if one.certainty is not Certainty.POSSIBLE:
        return True
    told = [claims[name] for name in one.claims if name in claims]
    return not (told and all(is_feared(claim, kinship.priors) for claim in told))


def _opponents(one: Incident) -> Iterator[tuple[Party, Party]]:
    """Yield each pair of parties that an incident sets against each other, both ways round."""
    pairs = {
        ClaimKind.USE: (Part.ACTOR, Part.TARGET),
        ClaimKind.LOSS: (Part.ACTOR, Part.BY),
        ClaimKind.CONTROL: (Part.ACTOR, Part.FROM),
        ClaimKind.CASUALTIES: (Part.ACTOR, Part.VICTIM),
    }
    parts = pairs.get(one.kind)
    if one.kind is ClaimKind.TRANSFER and one.mode in _FORCE:
        parts = (Part.FROM, Part.TO)
    if one.kind is ClaimKind.AFFILIATION and one.mode == "rival":
        parts = (Part.ACTOR, Part.OTHER)
    for left in parties_of(one, parts[0]) if parts else ():
        for right in parties_of(one, parts[1]) if parts else ():
            yield left, right
            yield right, left
