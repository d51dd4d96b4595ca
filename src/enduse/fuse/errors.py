"""Shared rare errors to ties between documents that share no words.

In: the witnesses of each incident whose figures compete. Out: for two documents the strength of
the tie that their common errors give. Only documents with words of their own vote, so that a
reprint changes nothing here; a publisher's documents vote as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from enduse.fuse.dependence import Vote, find_truth
from enduse.fuse.witnesses import Evidence, Testimony
from enduse.model.claim import Claim

LEAST_VOICES = 3
LIKELY = 0.5


def find_shared_errors(
    testimonies: Iterable[Testimony], evidence: Evidence
) -> Mapping[tuple[str, str], float]:
    """Return the strength of the tie, 0 to 1, for pairs of documents in order of id.

    Three voices at least must speak to a figure, or nobody can be told to be wrong.
    """
    votes = [vote for each in testimonies for vote in _votes(each, evidence)]
    if not votes:
        return {}
    weight = evidence.numbers.get("tie:shared-errors", 0.0)
    documents: dict[str, set[str]] = defaultdict(set)
    for vote, document_id in votes:
        documents[vote.speaker].add(document_id)
    found = find_truth(vote for vote, _ in votes)
    return {
        (min(left, right), max(left, right)): weight * chance
        for (one, other), chance in found.copying.items()
        if chance >= LIKELY
        for left in documents[one]
        for right in documents[other]
    }


def _votes(testimony: Testimony, evidence: Evidence) -> list[tuple[Vote, str]]:
    told = [
        (group.root, claim)
        for group in testimony.groups
        for claim in group.claims
        if claim.quantity is not None and claim.document_id == group.root
    ]
    voices, figures = {root for root, _ in told}, {_figure(claim) for _, claim in told}
    if len(voices) < LEAST_VOICES or len(figures) == 1:
        return []
    question = min(claim.id for _, claim in told)
    return [
        (Vote(evidence.publication(root).publisher or root, question, _figure(claim)), root)
        for root, claim in told
    ]


def _figure(claim: Claim) -> str:
    quantity = claim.quantity
    return f"{quantity.min} to {quantity.max}" if quantity else ""
