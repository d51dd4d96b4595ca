"""How each kind of value lies in the casebook: its table, its indexed columns, its body.

In: the model's values. Out: rows of plain columns, and back. A row's columns are derived from its
body, so a changed byte in either shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from msgspec.structs import replace

from enduse.model.claim import Claim
from enduse.model.custody import Trace
from enduse.model.decision import Decision
from enduse.model.document import Document
from enduse.model.dossier import Dossier
from enduse.model.drift import Drift
from enduse.model.entity import Entity, Judgement
from enduse.model.incident import Incident
from enduse.model.problem import Problem
from enduse.model.record import from_json, sha256, to_json
from enduse.model.reprint import Reprint
from enduse.model.snapshot import Snapshot

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Kind(Generic[V]):
    """One kind of stored value.

    Attributes:
        table: the table's name.
        value: the model type.
        columns: the indexed columns of a value, by name.
    """

    table: str
    value: type[V]
    columns: Callable[[V], Mapping[str, Any]]

    def to_row(self, value: V) -> dict[str, Any]:
        """Return the row of a value: id, digest, body and the indexed columns."""
        body = to_json(value)
        row = {"id": value.id, "digest": sha256(body), "body": body.decode()}  # type: ignore[attr-defined]
        return row | dict(self.columns(value))

    def digest(self, row: Mapping[str, Any]) -> str:
        """Return the digest of what a row holds."""
        return sha256(row["body"].encode())

    def from_row(self, row: Mapping[str, Any]) -> V:
        """Return the value that a row holds."""
        return from_json(self.value, row["body"])


class DocumentKind(Kind[Document]):
    """Documents keep their text in a column of its own, where the search index reads it."""

    def to_row(self, value: Document) -> dict[str, Any]:
        """Return the row; the digest covers the text too."""
        body = to_json(replace(value, text="")).decode()
        row = {"id": value.id, "body": body, "text": value.text}
        return row | {"digest": self.digest(row)} | dict(self.columns(value))

    def digest(self, row: Mapping[str, Any]) -> str:
        """Return the digest of the record and the text."""
        return sha256(row["body"].encode() + row["text"].encode("utf-8", "surrogatepass"))

    def from_row(self, row: Mapping[str, Any]) -> Document:
        """Return the document with its text."""
        return replace(from_json(Document, row["body"]), text=row["text"])


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None


SNAPSHOT = Kind(
    "snapshot",
    Snapshot,
    lambda value: {
        "object": value.digest,
        "address": value.address,
        "media_type": value.media_type,
    },
)
DOCUMENT = DocumentKind(
    "document",
    Document,
    lambda value: {
        "snapshot_id": value.snapshot_id,
        "name": value.name,
        "title": value.title,
        "publisher": value.publisher,
        "published": _iso(value.date_published),
        "language": value.language,
    },
)


def _claim_columns(value: Claim) -> dict[str, Any]:
    return {
        "document_id": value.document_id,
        "kind": value.kind.value,
        "mode": value.mode,
        "status": value.status,
        "certainty": value.certainty.value,
        "polarity": value.polarity.value,
        "start": value.span.start if value.span else None,
        "extractor": value.extractor,
        "score": value.score,
    }


CLAIM = Kind("claim", Claim, _claim_columns)
RESOLVED = Kind("resolved", Claim, lambda value: {"document_id": value.document_id})
ENTITY = Kind(
    "entity",
    Entity,
    lambda value: {"kind": value.kind.value, "category": value.category, "name": value.name},
)
JUDGEMENT = Kind(
    "judgement",
    Judgement,
    lambda value: {
        "left_id": value.left,
        "right_id": value.right,
        "verdict": value.verdict.value,
        "judge": value.by,
        "judged": _iso(value.on),
    },
)
REPRINT = Kind(
    "reprint",
    Reprint,
    lambda value: {"copy_id": value.copy, "of_id": value.of, "relation": value.relation.value},
)
INCIDENT = Kind(
    "incident",
    Incident,
    lambda value: {
        "kind": value.kind.value,
        "mode": value.mode,
        "status": value.status,
        "started": _iso(value.time.start) if value.time else None,
        "ended": _iso(value.time.end) if value.time else None,
        "probability": value.probability,
    },
)
TRACE = Kind("trace", Trace, lambda value: {"weapon": value.sighting.weapon.label})
DOSSIER = Kind("dossier", Dossier, lambda value: {"title": value.title})
DRIFT = Kind(
    "drift",
    Drift,
    lambda value: {"copy_document": value.copy_document, "copy_claim": value.copy},
)
DECISION = Kind(
    "decision",
    Decision,
    lambda value: {
        "number": value.number,
        "matter": value.matter.value,
        "subject": value.subject,
        "verdict": value.verdict,
        "judge": value.by,
        "document_id": value.document_id,
        "retracts": value.retracts,
    },
)
PROBLEM = Kind("problem", Problem, lambda value: {"stage": value.stage, "subject": value.subject})

KINDS: tuple[Kind[Any], ...] = (
    SNAPSHOT,
    DOCUMENT,
    CLAIM,
    RESOLVED,
    ENTITY,
    JUDGEMENT,
    REPRINT,
    INCIDENT,
    TRACE,
    DOSSIER,
    DRIFT,
    PROBLEM,
    DECISION,
)
