"""Recomputes every digest and id of a casebook and names whatever does not agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from enduse.case.casebook import Casebook
from enduse.case.each import CLAIMS_TYPE
from enduse.case.progress import Progress, be_silent, counted
from enduse.model.claim import Claim
from enduse.model.document import Document, Span
from enduse.model.interchange import with_id
from enduse.model.record import sha256
from enduse.model.snapshot import Fetched, Snapshot
from enduse.preserve import make_snapshot
from enduse.read import read_document
from enduse.store.kinds import CLAIM, DOCUMENT, KINDS, SNAPSHOT, Kind


@dataclass(slots=True)
class Verification:
    """What was checked, and every disagreement as one line."""

    objects: int = 0
    values: int = 0
    damage: list[str] = field(default_factory=list)


def verify_case(book: Casebook, progress: Progress = be_silent) -> Verification:
    """Return what was checked and every disagreement.

    Objects are held against their names, rows against their digests and ids, documents against
    their bytes, quotes against their documents.
    """
    report = Verification()
    integrity = book.store.check_integrity()
    if integrity != "ok":
        report.damage.append(f"{book.folder / 'case.db'}: {integrity}")
    _check_objects(book, report, progress)
    before = len(report.damage)
    for kind in KINDS:
        _check_rows(book, kind, report, progress)
    if len(report.damage) == before:  # a record that cannot be read has been named already
        report.damage += _check_documents(book)
        report.damage += _check_claims(book)
    return report


def _check_objects(book: Casebook, report: Verification, progress: Progress) -> None:
    kept = list(book.objects.digests())
    for digest in counted("objects", kept, len(kept), progress):
        report.objects += 1
        if sha256(book.objects.get(digest)) != digest:
            report.damage.append(f"{book.objects.path(digest)}: its bytes have changed")
    known = {row["object"] for row in book.store.rows(SNAPSHOT)}
    for digest in sorted(known - set(kept)):
        report.damage.append(f"{book.objects.path(digest)}: missing")
    for digest in sorted(set(kept) - known):
        report.damage.append(f"{book.objects.path(digest)}: no snapshot tells of it")


def _check_rows(book: Casebook, kind: Kind[Any], report: Verification, progress: Progress) -> None:
    total = book.store.count(kind)
    for row in counted(kind.table, book.store.rows(kind), total, progress):
        report.values += 1
        problem = _row_damage(kind, dict(row))
        if problem:
            report.damage.append(f"{kind.table} {row['id']}: {problem}")


def _row_damage(kind: Kind[Any], row: dict[str, Any]) -> str:
    try:
        expected = kind.to_row(kind.from_row(row))
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError) as error:
        return f"its record cannot be read: {error}"
    changed = sorted(name for name, value in expected.items() if row.get(name) != value)
    if set(changed) == {"body", "digest"} and _is_older(kind, row, expected["body"]):
        return ""
    return f"changed since it was written ({', '.join(changed)})" if changed else ""


def _is_older(kind: Kind[Any], row: dict[str, Any], expected: str) -> bool:
    """Return whether the record is whole and only lacks fields that later versions added."""
    if row["digest"] != kind.digest(row):
        return False
    return _holds(msgspec.json.decode(expected), msgspec.json.decode(row["body"]))


def _holds(value: Any, part: Any) -> bool:
    if isinstance(value, dict) and isinstance(part, dict):
        return all(name in value and _holds(value[name], part[name]) for name in part)
    if isinstance(value, list) and isinstance(part, list):
        return len(value) == len(part) and all(map(_holds, value, part))
    return type(value) is type(part) and bool(value == part)


def _check_documents(book: Casebook) -> Iterator[str]:
    for document in book.store.find(DOCUMENT):
        snapshot = book.store.get(SNAPSHOT, document.snapshot_id)
        if snapshot is None:
            yield f"document {document.id}: its snapshot {document.snapshot_id} is missing"
        elif snapshot.media_type != CLAIMS_TYPE and book.objects.path(snapshot.digest).exists():
            yield from _compare_reading(book, document, snapshot)


def _compare_reading(book: Casebook, document: Document, snapshot: Snapshot) -> Iterator[str]:
    body = book.objects.get(snapshot.digest)
    remade = make_snapshot(
        Fetched(
            snapshot.address, body, snapshot.media_type, snapshot.fetched_at, snapshot.fetched_by
        )
    )
    if remade.id != snapshot.id:
        yield f"snapshot {snapshot.id}: its id does not follow from its bytes and address"
    again = read_document(snapshot, body)
    if not isinstance(again, Document) or again.text != document.text or again.id != document.id:
        yield f"document {document.id}: reading its bytes again gives another text"


def _check_claims(book: Casebook) -> Iterator[str]:
    for claim in book.store.find(CLAIM):
        if with_id(claim).id != claim.id:
            yield f"claim {claim.id}: its id does not follow from its content"
        yield from _check_quote(book, claim)


def _check_quote(book: Casebook, claim: Claim) -> Iterator[str]:
    document = book.store.get(DOCUMENT, claim.document_id)
    if document is None:
        yield f"claim {claim.id}: its document {claim.document_id} is missing"
    elif claim.span is not None and document.text and not _stands(claim.span, document):
        yield f"claim {claim.id}: its quote does not stand at its place in {document.label}"


def _stands(span: Span, document: Document) -> bool:
    return document.text[span.start : span.end] == span.quote
