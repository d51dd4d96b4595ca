"""Documents as the workbench shows them: lists, and one with its claims, copies and lineage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from enduse.case.casebook import Casebook
from enduse.case.standing import decisions_on
from enduse.case.views.claims import ClaimView, claims_in
from enduse.case.views.media import MediaOf, media_of
from enduse.case.views.pieces import Piece, Stretch, cut_text
from enduse.errors import NotFoundError
from enduse.model.decision import Decision, Matter
from enduse.model.document import Document
from enduse.model.reprint import Reprint
from enduse.store import pages
from enduse.store.kinds import DOCUMENT, REPRINT, SNAPSHOT

_MOST_ALIGNED = 40
_NOT_SHOWN = "…"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One line of a list of documents."""

    id: str
    label: str
    name: str
    publisher: str
    published: str
    language: str
    claims: int


@dataclass(frozen=True, slots=True)
class DocumentList:
    """A page of documents, latest first."""

    rows: tuple[DocumentRow, ...]
    text: str
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class Aligned:
    """The same words in two documents, with their places."""

    here: str
    there: str
    here_start: int
    there_start: int


@dataclass(frozen=True, slots=True)
class CopyView:
    """How this document stands to another.

    Attributes:
        derived: whether this one is the copy.
        directed: whether it is known which copies which.
        aligned, passages: the first passages, and how many there are.
        state: open, accept, reject or unsure.
    """

    id: str
    other_id: str
    other: str
    relation: str
    share: float
    because: str
    derived: bool
    directed: bool
    aligned: tuple[Aligned, ...]
    passages: int
    state: str
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Preserved:
    """The preserved bytes behind a document."""

    id: str
    digest: str
    size: int
    media_type: str
    address: str
    fetched_at: str
    fetched_by: str


@dataclass(frozen=True, slots=True)
class Worked:
    """One entry of the run log."""

    stage: str
    version: str
    finished: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with everything the casebook knows of it."""

    id: str
    label: str
    name: str
    title: str
    publisher: str
    byline: str
    published: str
    language: str
    address: str
    copied_from: str
    letters: int
    pieces: tuple[Piece, ...]
    claims: tuple[ClaimView, ...]
    copies: tuple[CopyView, ...]
    snapshot: Preserved | None
    lineage: tuple[Worked, ...]
    marking: str
    marked: Decision | None
    shown: MediaOf


def list_documents(book: Casebook, text: str = "", page: int = 0) -> DocumentList:
    """Return a page of documents whose title, publisher or name holds the text."""
    rows = pages.list_documents(book.store, page, text.strip())
    shown = tuple(
        DocumentRow(
            id=row["id"],
            label=row["title"] or row["name"] or row["id"],
            name=row["name"] or "",
            publisher=row["publisher"] or "",
            published=row["published"] or "",
            language=row["language"] or "",
            claims=row["claims"],
        )
        for row in rows[: pages.PAGE]
    )
    return DocumentList(shown, text, page, len(rows) > pages.PAGE)


def view_document(book: Casebook, document_id: str) -> DocumentView:
    """Return a document with its claims, copies, bytes and run log.

    Raises:
        NotFoundError: there is none with this id.
    """
    document = find_document(book, document_id)
    claims = claims_in(book, document.id)
    marked = decisions_on(book, Matter.MARKING, [document.id])
    return DocumentView(
        id=document.id,
        label=document.title or document.label,
        name=document.name,
        title=document.title or "",
        publisher=document.publisher or "",
        byline=document.byline or "",
        published=document.date_published.isoformat() if document.date_published else "",
        language=document.language or "",
        address=document.address or "",
        copied_from=_original(document),
        letters=len(document.text),
        pieces=cut_text(document.text, _stretches(document, claims)),
        claims=claims,
        copies=tuple(_copies(book, document)),
        snapshot=_preserved(book, document),
        lineage=tuple(_worked(book, document)),
        marking=marked[0].verdict if marked else "",
        marked=marked[0] if marked else None,
        shown=media_of(book, document),
    )


def find_document(book: Casebook, document_id: str) -> Document:
    """Return the document.

    Raises:
        NotFoundError: there is none with this id.
    """
    document = book.store.get(DOCUMENT, document_id)
    if document is None:
        raise NotFoundError(
            f"there is no document {document_id!r}", str(book.folder), "See the list of documents"
        )
    return document


def raw_bytes(book: Casebook, document_id: str) -> bytes:
    """Return the bytes that a document was read from.

    Raises:
        NotFoundError: there is no such document, or its bytes are not here.
    """
    snapshot = book.store.get(SNAPSHOT, find_document(book, document_id).snapshot_id)
    if snapshot is None:
        raise NotFoundError("its bytes are not here", document_id, "It was imported by name only")
    return book.objects.get(snapshot.digest)


def _stretches(document: Document, claims: tuple[ClaimView, ...]) -> Iterator[Stretch]:
    """Yield where claims stand, if their words still do."""
    for claim in claims:
        start, end = claim.start, claim.end
        if start is not None and end is not None and document.text[start:end] == claim.quote:
            yield Stretch(start, end, claim.id)


def _original(document: Document) -> str:
    line = document.source_line
    if line is None:
        return ""
    day = line.date.isoformat() if line.date else None
    return ", ".join(filter(None, (line.byline, line.publisher, day)))


def _copies(book: Casebook, document: Document) -> Iterator[CopyView]:
    found = {one.id: one for one in book.store.find(REPRINT, copy_id=document.id)}
    found |= {one.id: one for one in book.store.find(REPRINT, of_id=document.id)}
    decided = {one.subject: one for one in decisions_on(book, Matter.REPRINT, found)}
    for reprint in sorted(found.values(), key=lambda one: (-one.share, one.id)):
        yield view_copy(book, reprint, document, decided.get(reprint.id))


def view_copy(
    book: Casebook, reprint: Reprint, here: Document, decision: Decision | None
) -> CopyView:
    """Return how a document stands to the other of a pair, with the passages side by side."""
    derived = reprint.copy == here.id
    other_id = reprint.of if derived else reprint.copy
    other = book.store.get(DOCUMENT, other_id)
    return CopyView(
        id=reprint.id,
        other_id=other_id,
        other=(other.title or other.label) if other else other_id,
        relation=reprint.relation.value,
        share=round(reprint.share, 4),
        because=reprint.because,
        derived=derived,
        directed=reprint.directed,
        aligned=tuple(_aligned(reprint, here.text, other.text if other else "", derived=derived)),
        passages=len(reprint.spans),
        state=decision.verdict if decision else "open",
        decision=decision,
    )


def _aligned(reprint: Reprint, here: str, there: str, *, derived: bool) -> Iterator[Aligned]:
    for span in reprint.spans[:_MOST_ALIGNED]:
        in_copy, in_original = (
            (span.copy_start, span.copy_end),
            (span.of_start, span.of_end),
        )
        mine, other = (in_copy, in_original) if derived else (in_original, in_copy)
        yield Aligned(here[slice(*mine)], there[slice(*other)], mine[0], other[0])


def _preserved(book: Casebook, document: Document) -> Preserved | None:
    snapshot = book.store.get(SNAPSHOT, document.snapshot_id)
    if snapshot is None:
        return None
    return Preserved(
        snapshot.id,
        snapshot.digest,
        snapshot.size,
        snapshot.media_type,
        snapshot.address,
        snapshot.fetched_at.isoformat(),
        snapshot.fetched_by,
    )


def _worked(book: Casebook, document: Document) -> Iterator[Worked]:
    for subject in (document.snapshot_id, document.id):
        for entry in book.store.lineage(subject):
            yield Worked(entry["stage"], entry["version"], entry["finished"])
