"""The statements of one incident to its outline: who, where, when, in which way.

In: the accounts that lead the statements. Out: for each part the most exact party that any
statement names, the most exact place, and the days that all stated times allow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from enduse.fuse.accounts import MADE_IN_CASE, Account, fold, is_class, refer
from enduse.fuse.compare import VAGUE_MODES
from enduse.model.claim import Part, Role
from enduse.model.dates import DateRange
from enduse.model.incident import Party
from enduse.ports import Register


def name_parties(accounts: Sequence[Account], register: Register) -> tuple[Party, ...]:
    """Return the parties, the place left out, sorted by part and label."""
    parts = sorted({role.part for each in accounts for role in each.claim.roles} - {Part.PLACE})
    found = [party for part in parts for party in _parties(part, accounts, register)]
    return tuple(sorted(found, key=lambda party: (party.part, party.label, party.entity_id or "")))


def name_place(accounts: Sequence[Account], register: Register) -> Party | None:
    """Return the most exact place that is named, or None."""
    return next(iter(_parties(Part.PLACE, accounts, register)), None)


def _parties(part: Part, accounts: Sequence[Account], register: Register) -> list[Party]:
    roles = [role for each in accounts if (role := each.claim.role(part)) is not None]
    if not roles:
        return []
    counts = Counter(_key(role) for role in roles)
    best = max(
        roles, key=lambda role: (*_exactness(role, register), counts[_key(role)], _key(role))
    )
    named = [Party(part, best.label, best.reference)]
    lists = [_listed(role, register) for role in roles if role.also]
    every = {party for parties in lists for party in parties}
    for party in sorted(every, key=lambda party: (party.label, party.key)):
        beside = {other.key for parties in lists if party in parties for other in parties}
        others = (other for other in named if other.key == party.key or other.key not in beside)
        if not any(_overlap(party, other, register) for other in others):
            named.append(party)
    return named


def _listed(role: Role, register: Register) -> frozenset[Party]:
    """Return the parties that one statement names beside one another.

    There a group stands beside its branch for its other members: "several groups of the Free
    Syrian Army, among them the Hazm Movement".
    """
    also = (Party(role.part, name, refer(name, role.part, register)) for name in role.also)
    return frozenset((Party(role.part, role.label, role.reference), *also))


def _overlap(one: Party, other: Party, register: Register) -> bool:
    """Return whether two parties are one, or one holds the other."""
    if one.key == other.key or fold(one.label) == fold(other.label):
        return True
    if one.entity_id is None or other.entity_id is None:
        return False
    above, below = register.ancestors(one.entity_id), register.ancestors(other.entity_id)
    return other.entity_id in above or one.entity_id in below


def _key(role: Role) -> str:
    return role.reference or fold(role.text)


def _exactness(role: Role, register: Register) -> tuple[bool, bool, int, bool]:
    """Return what makes a name exact: known, no class of people, far down its hierarchy, a name."""
    depth = len(register.ancestors(role.reference)) if role.reference else 0
    known = role.reference is not None and not role.reference.startswith(MADE_IN_CASE)
    return known, not is_class(role.reference, register), depth, not role.text[:1].islower()


def meet_times(accounts: Iterable[Account]) -> DateRange | None:
    """Return the days that all stated times allow; else those before the first report.

    The wording is that of the narrowest time.
    """
    days = [each.days for each in accounts if each.claim.time is not None and each.days]
    if not days:
        bounds = [each.days for each in accounts if each.days is not None]
        return min(bounds, key=lambda each: each.latest) if bounds else None
    narrowest = min(days, key=lambda each: (each.latest - each.earliest, each.earliest, each.text))
    start, end = max(each.earliest for each in days), min(each.latest for each in days)
    if start > end:
        return narrowest
    starts, ends = (
        [each.start for each in days if each.start],
        [each.end for each in days if each.end],
    )
    return DateRange(max(starts, default=None), min(ends, default=None), narrowest.text)


def name_mode(accounts: Sequence[Account]) -> str | None:
    """Return the way it happened: the commonest that says something, else what there is."""
    return _commonest([each.claim.mode for each in accounts], VAGUE_MODES)


def name_status(accounts: Sequence[Account]) -> str | None:
    """Return the outcome: the commonest that is stated, else None."""
    return _commonest([each.claim.status for each in accounts], (None,))


def _commonest(values: Sequence[str | None], vague: Sequence[str | None]) -> str | None:
    telling = Counter(value for value in values if value not in vague)
    if telling:
        return min(telling, key=lambda value: (-telling[value], value or ""))
    return max((value for value in values if value is not None), default=None)
