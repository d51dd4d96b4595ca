"""Which claims carry a finding, with copies set aside: one voice, one citation.

In: incidents or steps, and the evidence. Out: the ids of the claims to cite, the witnesses, and
how the copies differ from what they copy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enduse.model.claim import Claim
from enduse.model.custody import Chain, Step, Trace
from enduse.model.incident import Incident, Witness
from enduse.publish.citing import repeats_of
from enduse.publish.evidence import Evidence
from enduse.publish.wording import count


@dataclass(frozen=True, slots=True)
class Drift:
    """A copy that says more firmly what its original hedges."""

    original: Claim
    copy: Claim


def incidents_of(step: Step, evidence: Evidence) -> tuple[Incident, ...]:
    """Return the incidents that tell of a step, first the one it names as its own."""
    named = dict.fromkeys(filter(None, (step.incident_id, *step.incidents)))
    found = (evidence.incident(incident_id) for incident_id in named)
    return tuple(incident for incident in found if incident is not None)


def voices(claim_ids: Iterable[str], evidence: Evidence) -> tuple[str, ...]:
    """Return the claims of those who speak for themselves, sorted; copies only if alone.

    A copy is a document in which most of another claim's quote stands again; it is kept where
    nothing of what it copies is among the claims.
    """
    claims = [evidence.claim(claim_id) for claim_id in sorted(set(claim_ids))]
    copied = {copy for claim in claims for copy in repeats_of(claim, evidence)}
    own = tuple(claim.id for claim in claims if claim.document_id not in copied)
    return own or tuple(claim.id for claim in claims)


def step_voices(step: Step, evidence: Evidence) -> tuple[str, ...]:
    """Return the claims to cite for a step; empty for an inferred step that rests on none."""
    return voices(step.claims, evidence)


def chain_voices(chain: Chain, trace: Trace, evidence: Evidence) -> tuple[str, ...]:
    """Return the claims to cite for a whole chain: of its steps, else of the sighting."""
    claims = [claim_id for step in chain.steps for claim_id in step.claims]
    return voices(claims or trace.sighting.claims, evidence)


def witnesses_of(incidents: Iterable[Incident]) -> tuple[Witness, ...]:
    """Return the witnesses of the incidents, merged by document, sorted."""
    merged: dict[str, Witness] = {}
    for witness in (witness for incident in incidents for witness in incident.witnesses):
        before = merged.get(witness.document_id, witness)
        merged[witness.document_id] = Witness(
            witness.document_id,
            tuple(sorted({*before.copies, *witness.copies})),
            before.because or witness.because,
            before.party_to_conflict or witness.party_to_conflict,
        )
    return tuple(merged[key] for key in sorted(merged))


def say_voices(witnesses: tuple[Witness, ...], effective: float) -> str:
    """Return the count of witnesses and copies in words, for a sentence.

    >>> say_voices((Witness("doc-1", ("doc-2", "doc-3")),), 1.0)
    'one witness, two copies'
    """
    words = count(len(witnesses), "witness", "witnesses")
    copies = _count_copies(witnesses)
    if _dependent(witnesses, effective):
        words += f" (counted as {effective:.1f}, since they are not fully independent)"
    return f"{words}, {count(copies, 'copy', 'copies')}" if copies else words


def tally_voices(witnesses: tuple[Witness, ...], effective: float) -> str:
    """Return the count of witnesses and copies in short, for a cell.

    >>> tally_voices((Witness("doc-1", ("doc-2",)), Witness("doc-3")), 1.6)
    '2, counted as 1.6; 1 copy'
    """
    copies = _count_copies(witnesses)
    counted = f", counted as {effective:.1f}" if _dependent(witnesses, effective) else ""
    copied = f"; {copies} {'copy' if copies == 1 else 'copies'}" if copies else ""
    return f"{len(witnesses)}{counted}{copied}"


def _count_copies(witnesses: tuple[Witness, ...]) -> int:
    return len({copy for witness in witnesses for copy in witness.copies})


def _dependent(witnesses: tuple[Witness, ...], effective: float) -> bool:
    """Whether the effective number, as printed with one decimal, differs from the count."""
    return len(witnesses) > 1 and round(effective, 1) != len(witnesses)


def find_drift(incident: Incident, evidence: Evidence) -> tuple[Drift, ...]:
    """Return the copies that state an incident more firmly than what they copy does."""
    claims = [evidence.claim(claim_id) for claim_id in incident.claims]
    return tuple(
        Drift(original, copy)
        for witness in incident.witnesses
        for original in _firmest(claims, (witness.document_id,))
        for copy_id in witness.copies
        for copy in _firmest(claims, (copy_id,))
        if copy.certainty.rank < original.certainty.rank
    )


def _firmest(claims: list[Claim], documents: tuple[str, ...]) -> tuple[Claim, ...]:
    said = [claim for claim in claims if claim.document_id in documents]
    return tuple(sorted(said, key=lambda claim: (claim.certainty.rank, claim.id))[:1])
