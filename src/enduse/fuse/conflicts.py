"""Incidents that cannot both be true.

In: incidents. Out: for each the ids of those it excludes: one transfer said to be done and to be
stopped; one transfer with two givers, or with two takers in one place; one weapon and place with
different hands in the same week; one place gained by two. A weapon is a type: two may use it,
and a giver may give to two. Contradictions are kept side by side, never settled here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from enduse.model.claim import ClaimKind, Part
from enduse.model.incident import Incident, Party
from enduse.ports import Register

NEAR_DAYS = 45  # from the first day to the last on which one thing may have been reported twice
DEED_DAYS = 7  # the same of a deed: in a longer time, two may have done alike
DOERS = {
    ClaimKind.USE: (Part.ACTOR,),
    ClaimKind.TRANSFER: (Part.FROM, Part.TO),
    ClaimKind.LOSS: (Part.BY,),
    ClaimKind.CONTROL: (Part.ACTOR,),
    ClaimKind.CASUALTIES: (Part.ACTOR,),
}
SETTLED = ("gained", "lost")
GIVING = frozenset({"supply", "sale", "return"})  # what a giver may do to two at a time


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
    if clashes == [Part.TO] and not _taken_in_one_place(one, other):
        return False
    return len(clashes) == 1 and _same_matter(one, other)


def _near_in_time(one: Incident, other: Incident) -> bool:
    if one.time is None or other.time is None:
        return False
    stopped = "stopped" in (one.status, other.status)
    if not one.time.overlaps(other.time):
        gap = max(one.time.earliest, other.time.earliest) - min(one.time.latest, other.time.latest)
        return stopped and gap.days <= NEAR_DAYS
    if None in (one.time.start, other.time.start):
        return stopped
    start = min(one.time.earliest, other.time.earliest)
    within = NEAR_DAYS if one.kind in (ClaimKind.TRANSFER, ClaimKind.CONTROL) else DEED_DAYS
    return (max(one.time.latest, other.time.latest) - start).days <= within


def _taken_in_one_place(one: Incident, other: Incident) -> bool:
    """Return whether arms were taken, not given, and both say where."""
    given = {one.mode, other.mode} & GIVING
    return not given and one.place is not None and other.place is not None


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
