"""Who stands behind an incident or a claim: the trees of documents, and what they amount to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from enduse.case.casebook import Casebook
from enduse.case.evidence import Evidence, gather_evidence
from enduse.case.whole import publications
from enduse.errors import NotFoundError
from enduse.fuse import find_contradictions, weigh_claim
from enduse.model.contradiction import Contradiction
from enduse.model.dependence import Dependence
from enduse.model.incident import Incident
from enduse.model.record import to_plain


def list_witnesses(
    book: Casebook, wanted: str | None = None, as_of: date | None = None
) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield for each incident, or for one incident or claim, its witnesses as record and words.

    Args:
        book: the casebook, run.
        wanted: the id of an incident or a claim; None for every incident.
        as_of: use only what was published by this day.

    Raises:
        NotFoundError: no incident or claim has the id.
    """
    evidence = gather_evidence(book, as_of)
    if wanted in evidence.claims:
        yield _of_claim(str(wanted), evidence)
        return
    chosen = [each for each in evidence.incidents if wanted in (None, each.id)]
    if wanted is not None and not chosen:
        raise NotFoundError(
            f"no incident or claim has the id {wanted!r}", str(book.folder), "enduse show lists all"
        )
    for incident in chosen:
        yield _of_incident(incident, evidence)


def list_contradictions(
    book: Casebook, as_of: date | None = None
) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each contradiction with its competing claims, as a record and in words."""
    evidence = gather_evidence(book, as_of)
    for each in find_contradictions(evidence.incidents, evidence.claims):
        yield to_plain(each), _describe_contradiction(each, evidence)


def _of_incident(incident: Incident, evidence: Evidence) -> tuple[dict[str, Any], str]:
    partial = {each.document_id for each in incident.witnesses if each.party_to_conflict}
    roots = {each.document_id: each.document_id in partial for each in incident.witnesses}
    parties = ", ".join(party.label for party in incident.parties)
    head = f"{incident.id}  {incident.kind.value}: {parties}"
    figures = incident.independent, incident.interval
    return _record(incident.id, figures, roots, incident.dependences), _describe(
        head, figures, roots, incident.dependences, evidence
    )


def _of_claim(claim_id: str, evidence: Evidence) -> tuple[dict[str, Any], str]:
    claim = evidence.claims[claim_id]
    home = next(
        (each for each in evidence.incidents if claim_id in (*each.claims, *each.denials)), None
    )
    ids = (*home.claims, *home.denials) if home else (claim_id,)
    others = [evidence.claims[each] for each in ids if each in evidence.claims]
    told = publications(evidence.documents.values())
    found = weigh_claim(claim, others, told, evidence.reprints)
    of_incident = home.witnesses if home else ()
    partial = {each.document_id for each in of_incident if each.party_to_conflict}
    roots = {group.root: group.root in partial for group in found.groups}
    quote = f": «{claim.span.quote}»" if claim.span else ""
    figures = round(found.independent, 4), found.interval
    return _record(claim_id, figures, roots, found.forest), _describe(
        f"{claim_id}{quote}", figures, roots, found.forest, evidence
    )


Figures = tuple[float, tuple[float, float]]


def _record(
    key: str, figures: Figures, roots: Mapping[str, bool], forest: Iterable[Dependence]
) -> dict[str, Any]:
    return {
        "id": key,
        "independent": figures[0],
        "interval": list(figures[1]),
        "witnesses": [
            {"document": each, "party_to_conflict": partial} for each, partial in roots.items()
        ],
        "dependences": [to_plain(each) for each in forest],
    }


def _describe(
    head: str,
    figures: Figures,
    roots: Mapping[str, bool],
    forest: Iterable[Dependence],
    evidence: Evidence,
) -> str:
    low, high = figures[1]
    lines = [head, f"   {figures[0]:.1f} independent witnesses ({low:.1f} to {high:.1f})"]
    for root, partial in roots.items():
        party = ", whose word is that of a party to it" if partial else ""
        lines.append(f"   speaks for itself: {_label(root, evidence)}{party}")
    for each in forest:
        way = "depends on" if each.directed else "is tied to"
        strength = "" if each.strength >= 1 else f" by {each.strength:.2f}"
        ends = _label(each.document_id, evidence), _label(each.on, evidence)
        lines.append(f"   {ends[0]} {way} {ends[1]}{strength}: {each.kind.value}, {each.because}")
    return "\n".join(lines)


def _label(document_id: str, evidence: Evidence) -> str:
    document = evidence.documents.get(document_id)
    return document.label if document else document_id


def _describe_contradiction(each: Contradiction, evidence: Evidence) -> str:
    lines = [f"{each.id}  {each.matter.value}"]
    for side in each.sides:
        documents = sorted({_label(evidence.claims[c].document_id, evidence) for c in side.claims})
        lines.append(f"   {side.words}: {', '.join(documents)} ({', '.join(side.claims)})")
    return "\n".join(lines)
