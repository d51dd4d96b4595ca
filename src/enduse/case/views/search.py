"""Search over documents, the claims in them, and entities, also inside words of any script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from enduse.case.casebook import Casebook
from enduse.case.views.claims import ClaimView, view_claims
from enduse.case.views.documents import DocumentRow
from enduse.case.views.entities import PARTS, PartyRow, list_parties
from enduse.store import finding
from enduse.store.kinds import CLAIM, DOCUMENT

_DOCUMENTS, _CLAIMS, _PARTIES = 20, 30, 10
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that holds the words: what stands before, at and after the first place."""

    document: DocumentRow
    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        more: of which of the three there is more than is shown.
    """

    words: str
    documents: tuple[Hit, ...]
    claims: tuple[ClaimView, ...]
    parties: tuple[PartyRow, ...]
    more: tuple[str, ...]


def search_case(book: Casebook, words: str = "") -> Found:
    """Return the documents, claims and entities that hold the words; nothing for no words."""
    wanted = words.strip()[:_LONGEST]
    if not wanted:
        return Found("", (), (), (), ())
    terms = finding.read_words(wanted)
    ids = finding.search_documents(book.store, wanted, _DOCUMENTS + 1)
    claims = list(islice(_claims_in(book, ids[:_DOCUMENTS], terms), _CLAIMS + 1))
    named = " ".join(term.text for term in terms) or wanted
    lists = [list_parties(book, kind, named).rows for kind in PARTS]
    hits = (_hit(book, key, terms) for key in ids[:_DOCUMENTS])
    many = {
        "documents": len(ids) > _DOCUMENTS,
        "claims": len(ids) > _DOCUMENTS or len(claims) > _CLAIMS,
        "parties": any(len(rows) > _PARTIES for rows in lists),
    }
    return Found(
        wanted,
        tuple(hit for hit in hits if hit is not None),
        view_claims(book, claims[:_CLAIMS]),
        tuple(row for rows in lists for row in rows[:_PARTIES]),
        tuple(name for name, more in many.items() if more),
    )


def find_documents(book: Casebook, words: str, most: int) -> tuple[Hit, ...]:
    """Return at most `most` documents that hold all of the words, best first."""
    terms = finding.read_words(words)
    ids = finding.search_documents(book.store, words, most)
    return tuple(hit for hit in (_hit(book, key, terms) for key in ids) if hit is not None)


def _hit(book: Casebook, document_id: str, terms: Sequence[finding.Term]) -> Hit | None:
    document = book.store.get(DOCUMENT, document_id)
    if document is None:
        return None
    row = DocumentRow(
        document.id,
        document.title or document.label,
        document.name,
        document.publisher or "",
        document.date_published.isoformat() if document.date_published else "",
        document.language or "",
        book.store.count(CLAIM, document_id=document.id),
    )
    text = document.text
    start, end = finding.find_place(terms, text)
    return Hit(row, text[max(start - 80, 0) : start], text[start:end], text[end : end + 120])


def _claims_in(
    book: Casebook, documents: Iterable[str], terms: Sequence[finding.Term]
) -> Iterator[str]:
    """Yield the ids of claims in the documents whose quotes hold every term."""
    for document_id in documents:
        for claim in book.store.find(CLAIM, document_id=document_id):
            if claim.span is not None and finding.holds(terms, claim.span.quote):
                yield claim.id
