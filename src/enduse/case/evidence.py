"""All that a question may rest on: documents, claims, reprints and incidents, as of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from enduse.case.casebook import Casebook
from enduse.case.standing import standing_reprints
from enduse.case.whole import publications
from enduse.fuse import fuse_incidents
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.entity import Entity
from enduse.model.incident import Incident
from enduse.model.reprint import Reprint
from enduse.store.kinds import DOCUMENT, ENTITY, INCIDENT, RESOLVED


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known, all of it or what was published by a day.

    `undated` counts the documents left out because they do not tell their day.
    """

    documents: Mapping[str, Document]
    claims: Mapping[str, Claim]
    reprints: tuple[Reprint, ...]
    incidents: tuple[Incident, ...]
    entities: Mapping[str, Entity]
    as_of: date | None = None
    undated: int = 0


def gather_evidence(book: Casebook, as_of: date | None = None) -> Evidence:
    """Return the evidence; with a day, only documents published by then, fused afresh."""
    every = {document.id: document for document in book.store.find(DOCUMENT)}
    documents = {key: value for key, value in every.items() if _by(value, as_of)}
    claims = {c.id: c for c in book.store.find(RESOLVED) if c.document_id in documents}
    reprints = tuple(
        r for r in standing_reprints(book) if r.copy in documents and r.of in documents
    )
    return Evidence(
        documents=documents,
        claims=claims,
        reprints=reprints,
        incidents=_incidents(book, documents, claims, reprints, as_of),
        entities={entity.id: entity for entity in book.store.find(ENTITY)},
        as_of=as_of,
        undated=sum(d.date_published is None for d in every.values()) if as_of else 0,
    )


def _incidents(
    book: Casebook,
    documents: Mapping[str, Document],
    claims: Mapping[str, Claim],
    reprints: tuple[Reprint, ...],
    as_of: date | None,
) -> tuple[Incident, ...]:
    if as_of is None:
        return tuple(book.store.find(INCIDENT))
    kept = [c for c in claims.values() if c.score >= book.settings.min_score]
    told = publications(documents.values())
    return fuse_incidents(kept, told, reprints, book.register)


def _by(document: Document, as_of: date | None) -> bool:
    published = document.date_published
    return as_of is None or (published is not None and published <= as_of)
