"""What people have judged: which names they tie to which, keep apart, or leave open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from enduse.model.entity import Judgement, Verdict


def fold_name(name: str) -> str:
    """Return a name as judgements compare it: case and spaces do not count.

    >>> fold_name("  Hazm   Movement")
    'hazm movement'
    """
    return " ".join(name.split()).casefold()


@dataclass(frozen=True)
class Judged:
    """The judgements of people that stand.

    Attributes:
        same: folded name to the other end judged the same, latest judgement first.
        different: pairs of folded names judged different.
        unsure: pairs that a person left open.
        by_pair: the judgement behind each pair.
    """

    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    different: frozenset[tuple[str, str]] = frozenset()
    unsure: frozenset[tuple[str, str]] = frozenset()
    by_pair: Mapping[tuple[str, str], Judgement] = field(default_factory=dict)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every folded name that a person has judged."""
        pairs = (*self.different, *self.unsure)
        return frozenset(self.same) | {end for pair in pairs for end in pair}

    def leads(self, name: str, other: str) -> bool:
        """Return whether a person judged the name, folded, to be the other, and not the reverse."""
        judgement = self.by_pair.get(_pair(name, other))
        return judgement is not None and fold_name(judgement.left) == name

    def forbids(self, name: str, entity_id: str, label: str) -> Judgement | None:
        """Return the judgement that keeps the name from the entity, or None."""
        for other in (entity_id, fold_name(label)):
            pair = _pair(fold_name(name), other)
            if pair in self.different or pair in self.unsure:
                return self.by_pair[pair]
        return None


def read_judgements(judgements: Iterable[Judgement]) -> Judged:
    """Return what stands: the latest judgement on each pair that no later one takes back."""
    ordered = sorted(judgements, key=lambda judgement: (judgement.on, judgement.id))
    taken = {judgement.retracts for judgement in ordered}
    standing: dict[tuple[str, str], Judgement] = {}
    for judgement in ordered:
        if judgement.retracts is None and judgement.id not in taken:
            standing[_pair(fold_name(judgement.left), fold_name(judgement.right))] = judgement
    same: dict[str, tuple[str, ...]] = {}
    for (left, right), judgement in standing.items():
        if judgement.verdict is Verdict.SAME:
            same[left] = (right, *same.get(left, ()))
            same[right] = (left, *same.get(right, ()))
    return Judged(
        same,
        _with(standing, Verdict.DIFFERENT),
        _with(standing, Verdict.UNSURE),
        standing,
    )


def _with(
    standing: Mapping[tuple[str, str], Judgement], verdict: Verdict
) -> frozenset[tuple[str, str]]:
    return frozenset(pair for pair, one in standing.items() if one.verdict is verdict)


def _pair(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left <= right else (right, left)
