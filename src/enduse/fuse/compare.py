"""Two accounts to how far they tell of one incident.

In: two accounts. Out: a number that grows with what they have in common, or None where they
cannot be about the same: another kind, mode or outcome, a party or place that excludes the
other's, days that do not meet. What is planned is never what was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from rapidfuzz import fuzz

from enduse.fuse.accounts import Account, Figure
from enduse.model.claim import Claim, Part

ALIKE = 90.0
NEAR_DAYS = 45
VAGUE_MODES = (None, "unspecified")


class Fit(Enum):
    """How two parties stand to each other."""

    SAME = "same"
    WITHIN = "within"
    UNCLEAR = "unclear"
    CLASH = "clash"


def compare_figures(one: Figure, other: Figure) -> Fit:
    """Return whether two parties are the same, one within the other, unclear or in conflict.

    A description that the register does not know ("rebels") excludes nobody.
    """
    if one.keys & other.keys or _names_alike(one, other):
        return Fit.SAME
    if one.keys & other.above or other.keys & one.above:
        return Fit.WITHIN
    return Fit.CLASH if one.proper and other.proper else Fit.UNCLEAR


def _names_alike(one: Figure, other: Figure) -> bool:
    if one.known and other.known:
        return False
    return any(
        fuzz.token_sort_ratio(left, right) >= ALIKE for left in one.keys for right in other.keys
    )


def score_fit(one: Account, other: Account, numbers: Mapping[str, float]) -> float | None:
    """Return how much two accounts agree, None if they cannot be of one incident.

    Args:
        one: an account.
        other: another; the order does not matter.
        numbers: the reviewed numbers whose names begin with "agree:".
    """
    if not same_act(one.claim, other.claim):
        return None
    time = _score_time(one, other, numbers)
    if time is None:
        return None
    total = time
    for part in sorted(one.figures.keys() & other.figures.keys()):
        fit = compare_figures(one.figures[part], other.figures[part])
        if fit is Fit.CLASH:
            return None
        if fit is not Fit.UNCLEAR:
            sort = "place" if part is Part.PLACE else "party"
            total += numbers[f"agree:{sort}-{fit.value}"]
    return total


def same_act(one: Claim, other: Claim) -> bool:
    """Return whether kind, mode and outcome allow that two claims tell of one act."""
    if one.kind is not other.kind or one.planned != other.planned:
        return False
    if one.status != other.status and not {one.status, other.status} <= {None, "done"}:
        return False
    return one.mode == other.mode or one.mode in VAGUE_MODES or other.mode in VAGUE_MODES


def _score_time(one: Account, other: Account, numbers: Mapping[str, float]) -> float | None:
    if one.days is None or other.days is None:
        return 0.0
    if not one.days.overlaps(other.days):
        return None
    if one.claim.time is None or other.claim.time is None:
        return 0.0
    start = min(one.days.earliest, other.days.earliest)
    near = (max(one.days.latest, other.days.latest) - start).days <= NEAR_DAYS
    return numbers["agree:time-near" if near else "agree:time-wide"]
