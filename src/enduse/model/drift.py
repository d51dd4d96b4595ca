"""The finding that a copy says a claim otherwise than its original."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shift(StrEnum):
    """What changed on the way from the original to the copy."""

    HEDGE_DROPPED = "hedge-dropped"
    HEDGE_ADDED = "hedge-added"
    HEADLINE_HARDENED = "headline-hardened"
    SPEAKER_LOST = "speaker-lost"
    SPEAKER_ADDED = "speaker-added"
    NUMBER_CHANGED = "number-changed"
    PLAN_TO_DEED = "plan-to-deed"
    DENIAL_TURNED = "denial-turned"
    PARTY_CHANGED = "party-changed"


@dataclass(frozen=True, slots=True)
class Drift:
    """One change between a claim and the claim it repeats.

    Attributes:
        id: `drift-` and a hash of the two claims and the shift.
        original, copy: claim ids; for a headline that is harder than the text under it, both
            may be of one document.
        original_document, copy_document: where they stand.
        before, after: what each says, in words ("probable: likely").
        reprint_id: what shows that one copies the other; None within one document.
        incident_id: the incident both tell of, None if they are not of one.
    """

    id: str
    shift: Shift
    original: str
    copy: str
    original_document: str
    copy_document: str
    before: str
    after: str
    reprint_id: str | None = None
    incident_id: str | None = None

    @property
    def words(self) -> str:
        """The change as one line.

        >>> Drift("d", Shift.HEDGE_DROPPED, "a", "b", "x", "y", "probable", "certain").words
        'hedge dropped: "probable" became "certain"'
        """
        return f'{self.shift.replace("-", " ")}: "{self.before}" became "{self.after}"'
