"""Keeps the table of what copies changed, so that a page of it is read and not worked out.

The table is made anew after every fusing. A decision on a copy makes anew only what hangs on it:
the changes in that copy, and those in what copies from it in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from enduse.case.casebook import Casebook
from enduse.case.progress import Progress, be_silent
from enduse.case.standing import rejected_reprints
from enduse.fuse import compare_copies
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.drift import Drift
from enduse.model.record import from_json, make_id
from enduse.model.reprint import Reprint
from enduse.store import around
from enduse.store.kinds import DRIFT

_STAGE, _WHOLE, _AT_ONCE = "drift", "case", 200
_OUT, _IN = "rejected", "kept"


def keep_drift(book: Casebook, progress: Progress = be_silent) -> None:
    """Make the table anew if the case was fused since; else only what decisions on copies touch."""
    done, fused = book.store.done(_STAGE), _fusing(book)
    out = rejected_reprints(book)
    before = {key for key, mark in done.items() if mark == _OUT}
    marks = dict.fromkeys(out, _OUT) | dict.fromkeys(before - out, _IN)
    if done.get(_WHOLE) != fused:
        _keep_all(book, out, marks | {_WHOLE: fused}, progress)
    elif before != out:
        _keep_around(book, before ^ out, out, marks)


def drift_is_due(book: Casebook) -> bool:
    """Return whether the case was fused and the table is of another fusing, or was never made.

    To make it anew takes as long as a stage, so a page leaves it to a run.
    """
    fused = _WHOLE in book.store.done("fuse")
    return fused and book.store.done(_STAGE).get(_WHOLE) != _fusing(book)


def _fusing(book: Casebook) -> str:
    return make_id("work", "drift", book.store.done("fuse").get(_WHOLE))


def _keep_all(
    book: Casebook, out: frozenset[str], marks: dict[str, str], progress: Progress
) -> None:
    waiting = iter(copies := around.may_hold_drift(book.store))
    with book.store.writing():
        book.store.drop(DRIFT)
        told = 0
        while some := list(islice(waiting, _AT_ONCE)):
            book.store.put(DRIFT, find_drift_in(book, some, out))
            told += len(some)
            progress(_STAGE, told, len(copies))
        book.store.mark_done(_STAGE, marks)


def _keep_around(
    book: Casebook, changed: Iterable[str], out: frozenset[str], marks: dict[str, str]
) -> None:
    touched = set(around.copies_named(book.store, changed))
    touched |= set(around.copies_from(book.store, touched))
    with book.store.writing():
        book.store.remove(DRIFT, around.drift_in(book.store, touched))
        book.store.put(DRIFT, find_drift_in(book, sorted(touched), out))
        book.store.mark_done(_STAGE, marks)


def find_drift_in(
    book: Casebook, copies: Sequence[str], rejected: frozenset[str]
) -> tuple[Drift, ...]:
    """Return what the documents changed of what they copy, headlines harder than texts too."""
    first = list(_standing_copies(book, copies, rejected))
    originals = {one.of for one in first}
    second = list(_standing_copies(book, originals - set(copies), rejected))
    documents = {*copies, *originals, *(one.of for one in second)}
    claims = [from_json(Claim, row["body"]) for row in around.claims_of(book.store, documents)]
    bodies = around.documents_without_text(book.store, documents)
    found = compare_copies(
        around.homes_of(book.store, (claim.id for claim in claims)),
        claims,
        [from_json(Document, row["body"]) for row in bodies],
        [*first, *second],
    )
    asked = set(copies)
    return tuple(one for one in found if one.copy_document in asked)


def _standing_copies(
    book: Casebook, copies: Iterable[str], rejected: frozenset[str]
) -> Iterator[Reprint]:
    for row in around.copies_by(book.store, copies):
        if row["id"] not in rejected:
            yield from_json(Reprint, row["body"])
