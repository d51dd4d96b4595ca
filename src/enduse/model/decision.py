"""What a person decided about one thing: signed, dated, with a reason; superseded, never edited.

Judgements tie names to entities; decisions are about everything else that a person looks at: a
claim, a copy, the marking of a document, what a party was asked before publication, what a picture
shows and which document it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Matter(StrEnum):
    """What is decided."""

    CLAIM = "claim"
    REPRINT = "reprint"
    MARKING = "marking"
    REPLY = "reply"
    MEDIA = "media"
    TIE = "tie"


VERDICTS: dict[Matter, tuple[str, ...]] = {
    Matter.CLAIM: ("accept", "correct", "reject", "unsure"),
    Matter.REPRINT: ("accept", "reject", "unsure"),
    Matter.MARKING: ("clear", "green", "amber", "red"),
    Matter.REPLY: ("asked", "answered", "not possible", "waived"),
    Matter.MEDIA: ("plain", "graphic", "sensitive"),
    Matter.TIE: ("tied",),
}
"""What may be said on each matter. Markings are those of the traffic-light protocol."""

COVERED = frozenset({"graphic", "sensitive"})
"""What is said of media that are shown grey and blurred until somebody asks for more."""

NOT_ASKED = frozenset({"not possible", "waived"})
"""The verdicts on a reply that let a dossier out without asking; each needs a reason."""

KEPT_BACK = frozenset({"amber", "red"})
"""The markings that forbid publication."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision by a person.

    Attributes:
        id: `decision-` and a hash of what follows.
        number: its place in the order of all decisions of the case, from 1.
        matter, subject: what is decided, and about which id (for a reply the party's label, for
            media the digest of the bytes, for a tie a snapshot's and a document's id).
        verdict: one of `VERDICTS`.
        by, on, because: who decided, when, and the reason if one is given.
        document_id, start, end, quote, kind: for a claim, where its words stand and what it says,
            so that the decision is found again when the claim has another id.
        made: the id of the claim that a person made in its place, or from marked words.
        retracts: the id of the decision that this one takes back; it then says nothing itself.
    """

    id: str
    number: int
    matter: Matter
    subject: str
    verdict: str
    by: str
    on: datetime
    because: str = ""
    document_id: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""
    kind: str = ""
    made: str | None = None
    retracts: str | None = None
