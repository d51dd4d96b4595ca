"""`show`: what a casebook holds, as records and as words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from enduse.case.casebook import Casebook
from enduse.case.evidence import gather_evidence
from enduse.case.explain import describe_claim, explain
from enduse.case.witnessing import list_contradictions
from enduse.errors import MisuseError
from enduse.model.interchange import to_record
from enduse.model.problem import Problem
from enduse.model.record import to_plain
from enduse.store.kinds import (
    CLAIM,
    DECISION,
    DOCUMENT,
    ENTITY,
    INCIDENT,
    JUDGEMENT,
    PROBLEM,
    REPRINT,
    RESOLVED,
    SNAPSHOT,
    Kind,
)

_LISTED: dict[str, Kind[Any]] = {
    "snapshots": SNAPSHOT,
    "documents": DOCUMENT,
    "claims": CLAIM,
    "entities": ENTITY,
    "judgements": JUDGEMENT,
    "reprints": REPRINT,
    "incidents": INCIDENT,
    "problems": PROBLEM,
    "decisions": DECISION,
}


def list_values(book: Casebook, what: str, as_of: date | None = None) -> Iterator[tuple[Any, str]]:
    """Yield (record, words) for each value of a kind, for the summary, or for one id.

    Args:
        book: the casebook.
        what: the kind, "summary", or an id.
        as_of: for documents, claims, reprints, incidents and contradictions: only what the
            documents published by this day give.

    Raises:
        MisuseError: what is asked for has no day.
    """
    if what == "contradictions":
        yield from list_contradictions(book, as_of)
    elif as_of is not None:
        yield from _as_of(book, what, as_of)
    elif what == "summary":
        for name, kind in _LISTED.items():
            count = book.store.count(kind)
            yield {"what": name, "count": count}, f"{name:11} {count}"
    elif what == "claims":
        yield from _claims(book)
    elif what in _LISTED:
        for value in book.store.find(_LISTED[what]):
            yield to_plain(value), f"{value.id}  {_words(value)}"
    else:
        reasoning = explain(book, what)
        yield to_plain(reasoning), f"{reasoning.what} {reasoning.id}\n   {reasoning.words}"


def _as_of(book: Casebook, what: str, as_of: date) -> Iterator[tuple[Any, str]]:
    evidence = gather_evidence(book, as_of)
    if what == "claims":
        for claim in evidence.claims.values():
            label = evidence.documents[claim.document_id].label
            yield to_record(claim, label), f"{claim.id}  {describe_claim(claim)}"
        return
    values: dict[str, Iterable[Any]] = {
        "documents": evidence.documents.values(),
        "reprints": evidence.reprints,
        "incidents": evidence.incidents,
    }
    if what not in values:
        raise MisuseError(
            f"{what} cannot be shown as of a day",
            str(book.folder),
            f"With --as-of: claims, contradictions, {', '.join(values)}",
        )
    for value in values[what]:
        yield to_plain(value), f"{value.id}  {_words(value)}"


def _claims(book: Casebook) -> Iterator[tuple[Any, str]]:
    labels = {row["id"]: row["name"] or row["id"] for row in book.store.rows(DOCUMENT)}
    for claim in book.store.find(CLAIM):
        shown = book.store.get(RESOLVED, claim.id) or claim
        record = to_record(shown, labels.get(claim.document_id, claim.document_id))
        yield record, f"{claim.id}  {describe_claim(shown)}"


def _words(value: Any) -> str:
    if isinstance(value, Problem):
        return f"{value.stage}  {value.words}"
    kind = next(kind for kind in _LISTED.values() if isinstance(value, kind.value))
    row = kind.to_row(value)
    left_out = ("id", "digest", "body", "text", "object")
    return "  ".join(str(fact) for name, fact in row.items() if name not in left_out and fact)
