"""The diversion-risk card of a planned transfer: a profile of indicators, never one score."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from enduse.model.dates import DateRange
from enduse.model.incident import Party
from enduse.model.quantity import Quantity


class Rating(StrEnum):
    """What the case shows of an indicator; unknown is an answer of its own, not a no."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Analogue:
    """Something of the same sort that the case tells: what it is, and what is alike."""

    words: str
    alike: str
    incident_id: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one indicator.

    Attributes:
        because: why it is rated so, in words; for unknown, what nobody reports.
        claims: ids of the claims that it rests on.
        witnesses: independent documents behind them.
        independence: in words, whether those documents speak for themselves.
        analogues: what is alike in the case.
    """

    indicator: str
    group: str
    question: str
    references: tuple[str, ...]
    rating: Rating
    because: str
    claims: tuple[str, ...] = ()
    witnesses: int = 0
    independence: str = ""
    analogues: tuple[Analogue, ...] = ()


@dataclass(frozen=True, slots=True)
class RiskCard:
    """What a case shows of the risk that a planned transfer is diverted.

    Attributes:
        incident_id: the plan.
        chance: the chance of diversion if every unknown indicator were not met, and if every one
            were met. It is no verdict and never shown without `unknown_share`.
        expected: the chance if the unknown indicators say nothing either way; for back-tests.
        unknown_share: part of the indicators that nothing in the case answers, 0 to 1.
        notes: the standing sentences.
    """

    id: str
    incident_id: str
    giver: Party | None
    taker: Party | None
    weapon: Party | None
    quantity: Quantity | None
    time: DateRange | None
    claims: tuple[str, ...]
    findings: tuple[Finding, ...]
    chance: tuple[float, float]
    unknown_share: float
    expected: float = 0.0
    notes: tuple[str, ...] = ()

    def rating(self, indicator: str) -> Rating:
        """Return the rating of one indicator.

        Raises:
            KeyError: the card has no such indicator.
        """
        found = {finding.indicator: finding.rating for finding in self.findings}
        return found[indicator]

    def rated(self, rating: Rating) -> tuple[str, ...]:
        """Return the ids of the indicators with a rating, in the card's order."""
        return tuple(one.indicator for one in self.findings if one.rating is rating)


def risk_record(card: RiskCard) -> dict[str, Any]:
    """Return the card as a plain record for the command line."""
    return {
        "id": card.id,
        "incident": card.incident_id,
        "from": card.giver.label if card.giver else None,
        "to": card.taker.label if card.taker else None,
        "weapon": card.weapon.label if card.weapon else None,
        "quantity": card.quantity.text if card.quantity else None,
        "time": card.time.words if card.time else None,
        "claims": list(card.claims),
        "indicators": [_finding_record(finding) for finding in card.findings],
        "profile": {rating.value: list(card.rated(rating)) for rating in Rating},
        "unknown_share": round(card.unknown_share, 4),
        "chance": [round(bound, 2) for bound in card.chance],
        "notes": list(card.notes),
    }


def _finding_record(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.indicator,
        "group": finding.group,
        "question": finding.question,
        "rating": finding.rating.value,
        "because": finding.because,
        "claims": list(finding.claims),
        "witnesses": finding.witnesses,
        "independence": finding.independence,
        "references": list(finding.references),
        "analogues": [
            {"words": one.words, "alike": one.alike, "claims": list(one.claims)}
            for one in finding.analogues
        ],
    }
