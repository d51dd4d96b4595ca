"""Ties to the forest of who depends on whom: each document hangs on the one its word comes from.

In: the groups of documents that speak with one voice, and what ties them. Out: for each group a
tree from its root over the strong ties, nearest first, cut to the branches that bear a claim; then
the weak ties between groups. So many ties as documents stay, however many there were.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from enduse.fuse.ties import Tie
from enduse.model.dependence import Dependence


def grow_forest(
    groups: Iterable[tuple[str, Sequence[str]]], strong: Iterable[Tie], weak: Iterable[Tie]
) -> tuple[Dependence, ...]:
    """Return the trees and then the weak ties.

    Args:
        groups: for each its root and the documents that make the claim.
        strong: ties of strength 1.
        weak: at most one tie for each two groups.

    >>> ties = [Tie("b", "a", 1.0, "a reprint", directed=True), Tie("c", "b", 1.0, "a quote")]
    >>> [(each.document_id, each.on) for each in grow_forest([("a", ("a", "c"))], ties, ())]
    [('b', 'a'), ('c', 'b')]
    """
    near: dict[str, dict[str, Tie]] = defaultdict(dict)
    for tie in sorted(strong, key=_telling):
        near[tie.one].setdefault(tie.other, tie)
        near[tie.other].setdefault(tie.one, tie)
    trees = (tie for root, members in groups for tie in _tree(root, members, near))
    return tuple(map(_dependence, (*trees, *weak)))


def _telling(tie: Tie) -> tuple[bool, str, str, str, str]:
    """Return what puts the ties of two documents in order: those with a direction first."""
    return not tie.directed, tie.kind, tie.one, tie.other, tie.because


def _tree(
    root: str, members: Sequence[str], near: Mapping[str, Mapping[str, Tie]]
) -> Iterator[Tie]:
    above: dict[str, str] = {root: root}
    waiting = deque([root])
    while waiting:
        at = waiting.popleft()
        for other in sorted(near.get(at, ())):
            if other not in above:
                above[other] = at
                waiting.append(other)
    kept: set[str] = {root}
    for member in members:
        at = member
        while at not in kept and at in above:
            kept.add(at)
            at = above[at]
    for each in above:
        if each in kept and each != root:
            yield near[each][above[each]]


def _dependence(tie: Tie) -> Dependence:
    return Dependence(tie.one, tie.other, tie.kind, tie.strength, tie.because, tie.directed)
