"""Search over documents, the claims in them, and entities, also inside words of any script."""

from __future__ import annotations

from dataclasses import dataclass

from enduse.case.casebook import Casebook
from enduse.case.views.documents import DocumentRow
from enduse.case.views.entities import PARTS, PartyRow, list_parties
from enduse.model.claim import Claim
from enduse.store import finding
from enduse.store.kinds import CLAIM, DOCUMENT

_MOST, _CLAIMS = 20, 30
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that holds the words: what stands before, at and after the first place."""

    document: DocumentRow
    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class ClaimHit:
    """A claim whose quote holds the words."""

    id: str
    document_id: str
    head: str
    quote: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    words: str
    documents: tuple[Hit, ...]
    claims: tuple[ClaimHit, ...]
    parties: tuple[PartyRow, ...]


def search_case(book: Casebook, words: str = "") -> Found:
    """Return the documents, claims and entities that hold the words; nothing for no words."""
    wanted = words.strip()[:_LONGEST]
    if not wanted:
        return Found("", (), (), ())
    ids = finding.search_documents(book.store, wanted, _MOST)
    parties = [row for kind in PARTS for row in list_parties(book, kind, wanted).rows[:10]]
    hits = tuple(hit for hit in (_hit(book, key, wanted) for key in ids) if hit is not None)
    return Found(wanted, hits, tuple(_claims(book, ids, wanted)), tuple(parties))


def _hit(book: Casebook, document_id: str, wanted: str) -> Hit | None:
    document = book.store.get(DOCUMENT, document_id)
    if document is None:
        return None
    at = document.text.casefold().find(wanted.casefold())
    start = max(at, 0)
    row = DocumentRow(
        document.id,
        document.title or document.label,
        document.name,
        document.publisher or "",
        document.date_published.isoformat() if document.date_published else "",
        document.language or "",
        book.store.count(CLAIM, document_id=document.id),
    )
    end = start + len(wanted) if at >= 0 else start
    text = document.text
    return Hit(row, text[max(start - 80, 0) : start], text[start:end], text[end : end + 120])


def _claims(book: Casebook, ids: list[str], wanted: str) -> list[ClaimHit]:
    found: list[Claim] = [
        claim
        for document_id in ids
        for claim in book.store.find(CLAIM, document_id=document_id)
        if claim.span is not None and wanted.casefold() in claim.span.quote.casefold()
    ]
    return [
        ClaimHit(
            claim.id,
            claim.document_id,
            ", ".join(filter(None, (claim.kind.value, claim.mode, claim.status))),
            claim.span.quote if claim.span else "",
        )
        for claim in found[:_CLAIMS]
    ]
