"""What people's decisions leave standing: the claims and copies that later stages may use.

A rejected or corrected claim is set aside, never deleted: taking the decision back brings it in
again. A claim made by a person stands as long as somebody's acceptance of it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enduse.case.casebook import Casebook
from enduse.model.claim import Claim
from enduse.model.decision import Decision, Matter
from enduse.model.record import from_json, make_id
from enduse.model.reprint import Reprint
from enduse.store import pages
from enduse.store.kinds import CLAIM, DECISION, JUDGEMENT, REPRINT

BY_HAND = "person:"
"""Prefix of the extractor's name on claims that people made in the casebook."""

_MARK = "decisions"


def decisions_on(
    book: Casebook, matter: Matter, subjects: Iterable[str] | None = None
) -> list[Decision]:
    """Return the decisions that stand on a matter, all or those on the subjects."""
    rows = pages.standing(book.store, matter.value, subjects)
    return [from_json(Decision, row["body"]) for row in rows]


def set_aside(book: Casebook) -> frozenset[str]:
    """Return the ids of the claims that later stages leave out."""
    out = pages.decided(book.store, Matter.CLAIM.value, "reject", "correct")
    return frozenset(out) | frozenset(pages.unaccepted_by_hand(book.store))


def standing_claims(book: Casebook) -> Iterator[Claim]:
    """Yield the claims that later stages may use, in order of id."""
    out = set_aside(book)
    return (claim for claim in book.store.find(CLAIM) if claim.id not in out)


def accepted_claims(book: Casebook) -> frozenset[str]:
    """Return the ids of the claims that a person has accepted or made."""
    return frozenset(pages.decided(book.store, Matter.CLAIM.value, "accept"))


def accepted_among(book: Casebook, claims: Iterable[str]) -> frozenset[str]:
    """Return those of the claims that a person has accepted or made."""
    return frozenset(pages.accepted_among(book.store, claims))


def rejected_reprints(book: Casebook) -> frozenset[str]:
    """Return the ids of the copies that a person has rejected."""
    return frozenset(pages.decided(book.store, Matter.REPRINT.value, "reject"))


def standing_reprints(book: Casebook) -> list[Reprint]:
    """Return the copies that no person has rejected, in order of id."""
    out = rejected_reprints(book)
    return [one for one in book.store.find(REPRINT) if one.id not in out]


def note_decisions(book: Casebook) -> None:
    """Record which decisions the stages have now taken into account."""
    book.store.mark_done(_MARK, {"case": _mark(book)})


def waits_for_run(book: Casebook) -> bool:
    """Return whether a decision or judgement was made or taken back since the last whole run."""
    noted = book.store.done(_MARK).get("case")
    kinds = (CLAIM, JUDGEMENT, DECISION)
    return book.store.remember("mark", kinds, lambda: _mark(book)) != (
        noted or _mark_of((), (), ())
    )


def _mark(book: Casebook) -> str:
    return _mark_of(
        (*sorted(set_aside(book)), *pages.made_by_decisions(book.store)),
        pages.judged_by_people(book.store),
        sorted(rejected_reprints(book)),
    )


def _mark_of(claims: Iterable[str], judged: Iterable[str], copies: Iterable[str]) -> str:
    return make_id("mark", list(claims), list(judged), list(copies))
