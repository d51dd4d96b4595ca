"""Decisions of people on claims, copies, markings and replies: recorded, and taken back.

A decision is never edited: a later one on the same thing takes its place, and a retraction brings
back what stood before. Decisions are values of their own, so a new run leaves them alone; a claim
whose words or rule changed has another id and is open again, with the earlier decision beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.case.drifting import drift_is_due, keep_drift
from enduse.case.judging import signer_of
from enduse.errors import MisuseError, NotFoundError
from enduse.model.claim import Claim
from enduse.model.decision import NOT_ASKED, VERDICTS, Decision, Matter
from enduse.model.record import from_json, make_id, to_plain
from enduse.store import pages
from enduse.store.kinds import CLAIM, DECISION, DOCUMENT, REPRINT, SNAPSHOT, Kind

_MOST_AT_ONCE = 500
_DIGEST = re.compile(r"[0-9a-f]{64}")

_THINGS: dict[Matter, Kind[Any]] = {
    Matter.CLAIM: CLAIM,
    Matter.REPRINT: REPRINT,
    Matter.MARKING: DOCUMENT,
}


def decide(
    book: Casebook, matter: Matter, subject: str, verdict: str, because: str = "", by: str = ""
) -> Decision:
    """Keep a decision and return it.

    Raises:
        MisuseError: the verdict is none for this matter, or nobody signs.
        NotFoundError: there is no such thing.
    """
    return decide_many(book, matter, [subject], verdict, because, by)[0]


def decide_many(
    book: Casebook,
    matter: Matter,
    subjects: Iterable[str],
    verdict: str,
    because: str = "",
    by: str = "",
) -> list[Decision]:
    """Keep the same decision on several things, all or none.

    Raises:
        MisuseError: the verdict is none for this matter, nobody signs, or it lacks a reason that
            it needs.
        NotFoundError: one of the things does not exist.
    """
    if verdict not in VERDICTS[matter]:
        raise MisuseError(
            f"{verdict!r} is no verdict on a {matter.value}",
            next_step=f"Say one of: {', '.join(VERDICTS[matter])}",
        )
    if matter is Matter.REPLY and verdict in NOT_ASKED and not because.strip():
        raise MisuseError(
            "a party that is not asked needs a reason", next_step="Say why, in a few words"
        )
    blank = Decision("", 0, matter, "", verdict, signer_of(book, by), now(), because.strip())
    return keep(book, [_about(book, replace(blank, subject=subject)) for subject in subjects])


def keep(book: Casebook, decisions: Iterable[Decision]) -> list[Decision]:
    """Give the decisions their numbers and ids, keep them, and return them."""
    with book.store.writing():
        first = pages.last_number(book.store) + 1
        numbered = [
            _with_id(replace(one, number=number)) for number, one in enumerate(decisions, first)
        ]
        book.store.put(DECISION, numbered)
        on_copies = any(one.matter is Matter.REPRINT for one in numbered)
        if on_copies and not drift_is_due(book):
            keep_drift(book)
    return numbered


def take_back(book: Casebook, decision_id: str, by: str = "") -> Decision:
    """Take a decision back, with a retraction; the claim it made, if any, goes with it.

    So do the claims made in that one's place. The acceptance of a corrected claim and its
    correction are one act: taking either back brings the corrected claim's forerunner in again.

    Raises:
        NotFoundError: there is no such decision, or it has been taken back.
    """
    found = book.store.get(DECISION, decision_id)
    gone = book.store.ids(DECISION, retracts=decision_id)
    if found is None or found.retracts is not None or gone:
        raise NotFoundError(
            f"no standing decision has the id {decision_id!r}",
            str(book.folder),
            "The decisions page lists those that stand",
        )
    return _retract(book, [found], by)[0]


def take_back_batch(book: Casebook, decision_id: str, by: str = "") -> list[Decision]:
    """Take back what still stands of the decisions that were taken at once with this one.

    Raises:
        NotFoundError: there is no such decision, or nothing of it stands.
    """
    found = book.store.get(DECISION, decision_id)
    rows = pages.standing_near(book.store, found.number, _MOST_AT_ONCE) if found else []
    near = (from_json(Decision, row["body"]) for row in rows)
    alike = [one for one in near if found and _taken_at_once(one, found)]
    if not alike:
        raise NotFoundError(
            f"nothing stands of what was decided with {decision_id!r}",
            str(book.folder),
            "The decisions page lists those that stand",
        )
    return _retract(book, alike, by)


def _retract(book: Casebook, decisions: Iterable[Decision], by: str) -> list[Decision]:
    """Keep retractions of the decisions and of all that hangs on them; return them in order."""
    signer, on = signer_of(book, by), now()
    return keep(
        book,
        [
            replace(one, by=signer, on=on, because="taken back", made=None, retracts=one.id)
            for one in _with_all_made(book, decisions)
        ],
    )


def _with_all_made(book: Casebook, decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions, the corrections they belong to, and all on the claims these made.

    A claim that a person made in place of another may itself have been corrected, and so on: none
    of them may stand where the first of them is gone.
    """
    found: dict[str, Decision] = {}
    waiting = list(decisions)
    for one in waiting:  # grows as it goes
        if one.id in found:
            continue
        found[one.id] = one
        if one.made is not None:
            waiting += _correction_of(book, one)
            waiting += _not_taken_back(book, book.store.find(DECISION, subject=one.made))
    return list(found.values())


def _correction_of(book: Casebook, accept: Decision) -> list[Decision]:
    """Return the correction that an acceptance was kept with, just before it."""
    if accept.made != accept.subject:
        return []
    before = book.store.find(DECISION, number=accept.number - 1)
    return _not_taken_back(book, (one for one in before if one.made == accept.made))


def _not_taken_back(book: Casebook, decisions: Iterable[Decision]) -> list[Decision]:
    return [
        one
        for one in decisions
        if one.retracts is None and not book.store.ids(DECISION, retracts=one.id)
    ]


def _taken_at_once(one: Decision, other: Decision) -> bool:
    """Return whether two decisions were kept by the same act of the same person."""
    names = ("on", "by", "matter", "verdict", "made")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def about_claim(blank: Decision, claim: Claim) -> Decision:
    """Return the decision with the place of the claim's words, to find them again."""
    span = claim.span
    return replace(
        blank,
        subject=claim.id,
        document_id=claim.document_id,
        start=span.start if span else None,
        end=span.end if span else None,
        quote=span.quote if span else "",
        kind=claim.kind.value,
    )


def _about(book: Casebook, blank: Decision) -> Decision:
    if blank.matter is Matter.REPLY:
        return blank
    if blank.matter is Matter.MEDIA:
        return _about_media(book, blank)
    if blank.matter is Matter.TIE:
        return _about_tie(book, blank)
    kind = _THINGS[blank.matter]
    found = book.store.get(kind, blank.subject)
    if found is None:
        raise NotFoundError(
            f"there is no {kind.table} {blank.subject!r}", str(book.folder), "Reload the page"
        )
    return about_claim(blank, found) if isinstance(found, Claim) else blank


def _about_media(book: Casebook, blank: Decision) -> Decision:
    if not _DIGEST.fullmatch(blank.subject):
        raise NotFoundError(
            f"{blank.subject!r} is no digest of a picture", str(book.folder), "Reload the page"
        )
    return blank


def _about_tie(book: Casebook, blank: Decision) -> Decision:
    snapshot, _, document = blank.subject.partition(" ")
    if not (book.store.has(SNAPSHOT, snapshot) and book.store.has(DOCUMENT, document)):
        raise NotFoundError(
            f"there is no such picture or document: {blank.subject!r}",
            str(book.folder),
            "Copy the document's id from its page",
        )
    return replace(blank, document_id=document)


def _with_id(decision: Decision) -> Decision:
    plain = to_plain(replace(decision, id=""))
    return replace(decision, id=make_id("decision", plain))
