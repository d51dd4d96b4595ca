"""Incidents that cannot both be true.

In: incidents. Out: for each the ids of those it excludes: one transfer said to be done and to be
stopped; one weapon, place and time with different hands; one place gained by two. Contradictions
are kept side by side, never settled here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from enduse.model.claim import ClaimKind, Part
from enduse.model.incident import Incident, Party
from enduse.ports import Register

NEAR_DAYS = 45
DOERS = {
    ClaimKind.USE: (Part.ACTOR,),
    ClaimKind.TRANSFER: (Part.FROM, Part.TO),
    ClaimKind.LOSS: (Part.BY,),
    ClaimKind.CONTROL: (Part.ACTOR,),
    ClaimKind.CASUALTIES: (Part.ACTOR,),
}
SETTLED = ("gained", "lost")


def find_conflicts(
    incidents: Sequence[Incident], register: Register
) -> Mapping[str, tuple[str, ...]]:
    """Return for each incident the sorted ids of those that exclude it, if any do."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in _near_pairs(incidents):
        if _exclude(one, other, register):
            found[one.id].add(other.id)
            found[other.id].add(one.id)
    return {each: tuple(sorted(ids)) for each, ids in found.items()}


def _near_pairs(incidents: Sequence[Incident]) -> set[tuple[Incident, Incident]]:
    """Return pairs of one kind that name the same weapon, place or victim."""
    blocks: dict[tuple[str, str, str], list[Incident]] = defaultdict(list)
    for each in sorted(incidents, key=lambda incident: incident.id):
        for party in (*each.parties, *((each.place,) if each.place else ())):
            if party.part in (Part.WEAPON, Part.PLACE, Part.VICTIM):
                blocks[each.kind, party.part, party.key].append(each)
    return {pair for block in blocks.values() for pair in combinations(block, 2)}


def _exclude(one: Incident, other: Incident, register: Register) -> bool:
    if one.kind not in DOERS or not _near_in_time(one, other):
        return False
    clashes = [part for part in DOERS[one.kind] if _differ(one, other, part, register)]
    if {one.status, other.status} >= {"stopped"} and one.status != other.status:
        return not clashes and _same_matter(one, other)
    if one.planned or other.planned:
        return False
    if one.kind is ClaimKind.CONTROL:
        return _control_clash(one, other, clashes)
    return len(clashes) == 1 and _same_matter(one, other)


def _near_in_time(one: Incident, other: Incident) -> bool:
    if one.time is None or other.time is None:
        return False
    if not one.time.overlaps(other.time) or None in (one.time.start, other.time.start):
        return one.status == "stopped" or other.status == "stopped"
    start = min(one.time.earliest, other.time.earliest)
    return (max(one.time.latest, other.time.latest) - start).days <= NEAR_DAYS


def _same_matter(one: Incident, other: Incident) -> bool:
    """Return whether weapon (or victim) agree, and the place too where both name one."""
    for part in (Part.WEAPON, Part.VICTIM):
        left, right = one.party(part), other.party(part)
        if (left is None) != (right is None) or (left and right and left.key != right.key):
            return False
    if one.place and other.place:
        return one.place.key == other.place.key
    return one.kind is ClaimKind.TRANSFER


def _control_clash(one: Incident, other: Incident, clashes: Sequence[Part]) -> bool:
    if not one.place or not other.place or one.place.key != other.place.key:
        return False
    if one.status not in SETTLED or other.status not in SETTLED:
        return False
    return (one.status == other.status) == bool(clashes)


def _differ(one: Incident, other: Incident, part: Part, register: Register) -> bool:
    """Return whether both name the part and neither name can stand for the other."""
    left, right = one.party(part), other.party(part)
    if left is None or right is None or left.key == right.key:
        return False
    return not _within(left, right, register) and not _within(right, left, register)


def _within(one: Party, other: Party, register: Register) -> bool:
    if one.entity_id is None or other.entity_id is None:
        return one.label[:1].islower()
    return one.entity_id in register.ancestors(other.entity_id)
