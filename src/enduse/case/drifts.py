"""What copies changed: where a hedge was dropped, a speaker lost, a number or headline changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from enduse.case.casebook import Casebook
from enduse.case.evidence import Evidence, gather_evidence
from enduse.fuse import find_drift
from enduse.model.drift import Drift
from enduse.model.record import to_plain


def list_drift(book: Casebook, as_of: date | None = None) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each change between a claim and its copy, as a record and in words.

    Args:
        book: the casebook, run.
        as_of: use only what was published by this day.
    """
    evidence = gather_evidence(book, as_of)
    found = find_drift(
        evidence.incidents,
        evidence.claims.values(),
        evidence.documents.values(),
        evidence.reprints,
    )
    for drift in found:
        yield _record(drift, evidence), _describe(drift, evidence)


def _record(drift: Drift, evidence: Evidence) -> dict[str, Any]:
    quotes = {"original_quote": drift.original, "copy_quote": drift.copy}
    record: dict[str, Any] = to_plain(drift)
    return record | {name: _quote(claim, evidence) for name, claim in quotes.items()}


def _describe(drift: Drift, evidence: Evidence) -> str:
    ends = ((drift.original_document, drift.original), (drift.copy_document, drift.copy))
    lines = (f"   {evidence.documents[at].label}: «{_quote(c, evidence)}»" for at, c in ends)
    return "\n".join([f"{drift.words}  {drift.id}", *lines])


def _quote(claim_id: str, evidence: Evidence) -> str:
    claim = evidence.claims.get(claim_id)
    return claim.span.quote if claim is not None and claim.span is not None else ""
