"""One claim as the workbench shows it: its words, who says so, how firmly, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from enduse.case.casebook import Casebook
from enduse.case.standing import BY_HAND, decisions_on
from enduse.model.claim import Claim, ClaimKind
from enduse.model.decision import Decision, Matter
from enduse.model.record import from_json
from enduse.store import pages
from enduse.store.kinds import CLAIM, RESOLVED

OPEN = "open"
"""The state of a claim that nobody has decided on."""


@dataclass(frozen=True, slots=True)
class RoleView:
    """One party of a claim: its part, the words, and the entity they were tied to.

    Attributes:
        party: the key of the page on it.
    """

    part: str
    text: str
    name: str
    party: str
    described: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CueView:
    """Words that decided something, and what: ("certainty:probable", "likely")."""

    sense: str
    text: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim and what people decided on it.

    Attributes:
        head: kind, mode and status in one line.
        speakers: on whose word, nearest first; empty for the author's own voice.
        hedges: the words that weaken it.
        state: open, accept, correct, reject or unsure.
        decision: what stands on it, if anything.
        earlier: what was decided when its words or rule were other; it is open again.
    """

    id: str
    document_id: str
    kind: str
    mode: str
    status: str
    head: str
    polarity: str
    certainty: str
    quote: str
    start: int | None
    end: int | None
    roles: tuple[RoleView, ...]
    speakers: tuple[str, ...]
    hedges: tuple[str, ...]
    cues: tuple[CueView, ...]
    time: str
    since: str
    until: str
    quantity: str
    medium: str
    rule: str
    extractor: str
    by_hand: bool
    score: float
    incident_id: str | None
    state: str
    decision: Decision | None = None
    earlier: Decision | None = None

    def role(self, part: str) -> str:
        """Return the words of the party that plays the part, empty if none does."""
        return next((role.text for role in self.roles if role.part == part), "")


def blank_claim() -> ClaimView:
    """Return a claim that says nothing yet, for an empty form."""
    return _view(Claim("", "", ClaimKind.USE, ()), (), None, {})


def claims_in(book: Casebook, document_id: str) -> tuple[ClaimView, ...]:
    """Return the claims of a document in reading order."""
    found = {claim.id: claim for claim in book.store.find(CLAIM, document_id=document_id)}
    resolved = {claim.id: claim for claim in book.store.find(RESOLVED, document_id=document_id)}
    rows = pages.standing_in(book.store, document_id)
    decided = [from_json(Decision, row["body"]) for row in rows]
    told = pages.incidents_told(book.store, found)
    views = [
        _view(resolved.get(key, claim), decided, told.get(key), found)
        for key, claim in found.items()
    ]
    return tuple(sorted(views, key=_in_reading_order))


def view_claims(book: Casebook, ids: Iterable[str]) -> tuple[ClaimView, ...]:
    """Return the claims with these ids that there are, in the order given."""
    wanted = list(ids)
    decided = decisions_on(book, Matter.CLAIM, wanted)
    told = pages.incidents_told(book.store, wanted)
    found = ((key, _claim(book, key)) for key in wanted)
    return tuple(_view(claim, decided, told.get(key), {}) for key, claim in found if claim)


def _claim(book: Casebook, claim_id: str) -> Claim | None:
    return book.store.get(RESOLVED, claim_id) or book.store.get(CLAIM, claim_id)


def _view(
    claim: Claim, decided: Iterable[Decision], told: str | None, there: Mapping[str, Claim]
) -> ClaimView:
    every = list(decided)
    stands = next((one for one in every if one.subject == claim.id), None)
    span, time = claim.span, claim.time
    return ClaimView(
        id=claim.id,
        document_id=claim.document_id,
        kind=claim.kind.value,
        mode=claim.mode or "",
        status=claim.status or "",
        head=", ".join(filter(None, (claim.kind.value, claim.mode, claim.status))),
        polarity=claim.polarity.value,
        certainty=claim.certainty.value,
        quote=span.quote if span else "",
        start=span.start if span else None,
        end=span.end if span else None,
        roles=tuple(_roles(claim)),
        speakers=tuple(speaker.text for speaker in claim.attribution),
        hedges=tuple(dict.fromkeys(c.text for c in claim.because.cues if _weakens(c.sense))),
        cues=tuple(CueView(cue.sense, cue.text) for cue in claim.because.cues),
        time=time.words if time else "",
        since=time.start.isoformat() if time and time.start else "",
        until=time.end.isoformat() if time and time.end else "",
        quantity=claim.quantity.text if claim.quantity else "",
        medium=claim.medium or "",
        rule=claim.because.rule,
        extractor=claim.extractor,
        by_hand=claim.extractor.startswith(BY_HAND),
        score=round(claim.score, 3),
        incident_id=told,
        state=stands.verdict if stands else OPEN,
        decision=stands,
        earlier=None if stands else _earlier(claim, every, there),
    )


def _roles(claim: Claim) -> Iterable[RoleView]:
    for role in claim.roles:
        party = role.reference or f"name:{role.label}"
        yield RoleView(role.part.value, role.text, role.label, party, role.described, role.also)


def _weakens(sense: str) -> bool:
    return sense.startswith("certainty:") and not sense.endswith(":certain")


def _earlier(
    claim: Claim, decided: Iterable[Decision], there: Mapping[str, Claim]
) -> Decision | None:
    """Return the decision on a claim that is gone and stood where this one stands."""
    span = claim.span
    for one in decided:
        if one.subject in there or one.kind != claim.kind.value or span is None:
            continue
        same_words = one.quote == span.quote
        if one.start is None or one.end is None:
            continue
        if same_words or (one.start < span.end and span.start < one.end):
            return one
    return None


def _in_reading_order(view: ClaimView) -> tuple[int, int, str]:
    return (view.start if view.start is not None else -1, -(view.end or 0), view.id)
