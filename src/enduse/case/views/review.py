"""What waits for a person: claims document by document, names, copies; and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enduse.case.casebook import Casebook
from enduse.case.standing import decisions_on
from enduse.case.views.claims import OPEN, ClaimView, view_claims
from enduse.case.views.documents import CopyView, DocumentView, view_copy, view_document
from enduse.case.views.overview import Progress, view_progress
from enduse.errors import MisuseError
from enduse.model.decision import Decision, Matter
from enduse.model.entity import Judgement
from enduse.model.record import from_json, make_id
from enduse.store import pages
from enduse.store.kinds import DECISION as DECISIONS
from enduse.store.kinds import DOCUMENT, REPRINT

MOST_AT_ONCE = 500
"""Claims that one decision on many takes in at most."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A document with open claims, and where to go on.

    Attributes:
        document: None when nothing is open.
        open: ids of its open claims, in reading order.
        following: id of the next document with open claims, if there is one.
        last: the latest decision, to take back.
    """

    document: DocumentView | None
    open: tuple[str, ...]
    following: str | None
    review: Progress
    last: Decision | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a decision on many would touch: the claims alike in one thing, and some of them.

    Attributes:
        mark: stands for exactly the claims that it would touch.
    """

    column: str
    word: str
    count: int
    more: bool
    mark: str
    shown: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class NameRow:
    """A judgement on two names."""

    id: str
    left: str
    right: str
    label: str
    verdict: str
    by: str
    on: str
    because: str
    features: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class NameList:
    """Names the program tied to entities, and judgements by people; each list has its pages."""

    rows: tuple[NameRow, ...]
    by_people: tuple[NameRow, ...]
    verdict: str
    page: int
    more: bool
    own_page: int
    own_more: bool


@dataclass(frozen=True, slots=True)
class CopyPair:
    """A pair of documents of which one copies the other."""

    document_id: str
    document: str
    copy: CopyView


@dataclass(frozen=True, slots=True)
class CopyList:
    """Copies, those that wait for a person first."""

    rows: tuple[CopyPair, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision in the ledger."""

    decision: Decision
    stands: bool
    taken_back: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """All decisions, latest first."""

    rows: tuple[DecisionRow, ...]
    page: int
    more: bool


def view_queue(book: Casebook, document: str = "") -> Queue:
    """Return the document to review next: the one asked for, else where the reviewer stopped."""
    last = _last(book)
    wanted = document or _next_document(book, last)
    view = view_document(book, wanted) if wanted else None
    following = _following(book, wanted) if wanted else None
    waiting = tuple(claim.id for claim in view.claims if claim.state == OPEN) if view else ()
    return Queue(view, waiting, following, view_progress(book), last)


def view_chosen(book: Casebook, column: str, word: str) -> Chosen:
    """Return the open claims whose column holds the word: what a decision on many would touch.

    Raises:
        MisuseError: claims cannot be chosen by this column.
    """
    ids = _alike(book, column, word)
    touched = ids[:MOST_AT_ONCE]
    more, mark = len(ids) > MOST_AT_ONCE, make_id("chosen", *touched)
    return Chosen(column, word, len(touched), more, mark, view_claims(book, ids[:20]))


def choose_claims(book: Casebook, column: str, word: str, mark: str) -> list[str]:
    """Return the ids of the claims that a preview showed under its mark.

    Raises:
        MisuseError: claims cannot be chosen by this column, or they are others by now.
    """
    ids = _alike(book, column, word)[:MOST_AT_ONCE]
    if make_id("chosen", *ids) != mark:
        raise MisuseError(
            "these are no longer the claims that the preview showed",
            next_step="Look at the preview again",
        )
    return ids


def _alike(book: Casebook, column: str, word: str) -> list[str]:
    """Return the ids of open claims alike, one more than may be decided at once."""
    try:
        return pages.claims_alike(book.store, column, word, MOST_AT_ONCE + 1)
    except ValueError as error:
        raise MisuseError(str(error), next_step="Choose by kind, status or certainty") from None


def list_names(book: Casebook, verdict: str = "unsure", page: int = 0, own: int = 0) -> NameList:
    """Return a page of what the program judged of names, and one of the judgements by people."""
    rows = pages.names_judged(book.store, verdict, page)
    mine = pages.names_by_people(book.store, own)
    return NameList(
        tuple(_name(book, row) for row in rows[: pages.PAGE]),
        tuple(_name(book, row) for row in mine[: pages.PAGE]),
        verdict,
        page,
        len(rows) > pages.PAGE,
        own,
        len(mine) > pages.PAGE,
    )


def list_copies(book: Casebook, page: int = 0) -> CopyList:
    """Return a page of copies with their passages side by side."""
    rows = pages.list_reprints(book.store, page)
    shown = rows[: pages.PAGE]
    ids = [row["id"] for row in shown]
    decided = {one.subject: one for one in decisions_on(book, Matter.REPRINT, ids)}
    pairs = tuple(filter(None, (_pair(book, row, decided) for row in shown)))
    return CopyList(pairs, page, len(rows) > pages.PAGE)


def list_decisions(book: Casebook, page: int = 0) -> Ledger:
    """Return a page of the ledger of decisions, latest first."""
    rows = pages.list_decisions(book.store, page)
    shown = tuple(
        DecisionRow(
            from_json(Decision, row["body"]), bool(row["stands"]), row["taken_back"] is not None
        )
        for row in rows[: pages.PAGE]
    )
    return Ledger(shown, page, len(rows) > pages.PAGE)


def stands(book: Casebook, decision_id: str) -> bool:
    """Return whether a decision stands, neither taken back nor superseded."""
    found = "SELECT 1 FROM standing WHERE decision_id = :id"
    return bool(book.store.select(found, id=decision_id))


def _pair(book: Casebook, row: pages.Row, decided: Mapping[str, Decision]) -> CopyPair | None:
    reprint = REPRINT.from_row(row)
    here = book.store.get(DOCUMENT, reprint.copy)
    if here is None:
        return None
    view = view_copy(book, reprint, here, decided.get(reprint.id))
    return CopyPair(here.id, here.title or here.label, view)


def _name(book: Casebook, row: pages.Row) -> NameRow:
    judged = from_json(Judgement, row["body"])
    entity = book.register.entity(judged.right)
    return NameRow(
        judged.id,
        judged.left,
        judged.right,
        entity.name if entity else judged.right,
        judged.verdict.value,
        judged.by,
        judged.on.isoformat(),
        judged.because,
        judged.features,
    )


def _last(book: Casebook) -> Decision | None:
    """Return the latest decision that stands."""
    rows = pages.last_standing(book.store)
    return DECISIONS.from_row(rows[0]) if rows else None


def _next_document(book: Casebook, last: Decision | None) -> str | None:
    start = (last.document_id or "", -1, "") if last else ("", -1, "")
    found = pages.open_claims(book.store, start, 1) or pages.open_claims(book.store, most=1)
    return found[0]["document_id"] if found else None


def _following(book: Casebook, document_id: str) -> str | None:
    beyond = (document_id, 1 << 62, "")
    found = pages.open_claims(book.store, beyond, 1) or pages.open_claims(book.store, most=1)
    return next((row["document_id"] for row in found if row["document_id"] != document_id), None)
