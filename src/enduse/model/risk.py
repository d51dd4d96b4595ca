"""Diversion risk: the card of a planned transfer, never one score, and cards against outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the card of a plan foretold on a day, and what later documents tell.

    Attributes:
        day: only documents published by this day were used for the chance.
        chance: the card's expected chance of diversion, 0 to 1.
        bounds: the card's chance with every unknown indicator not met, and met.
        unknown_share: part of the indicators that nothing answered then, 0 to 1.
        diverted: whether a later document tells that such weapons left the recipient.
        claims: ids of the later claims that tell so.
    """

    day: date
    plan_id: str
    taker: str
    weapon: str
    chance: float
    bounds: tuple[float, float]
    unknown_share: float
    diverted: bool
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One bin of a calibration curve: chances from low to high (not included, 1 is).

    Attributes:
        mean: mean chance of the forecasts in it.
        part_true: part of them that came true.
    """

    low: float
    high: float
    count: int
    mean: float
    part_true: float


@dataclass(frozen=True, slots=True)
class BackTest:
    """How well cards of earlier days foretold what came.

    Attributes:
        brier: mean squared gap of chance and outcome: 0 is perfect, None without forecasts.
        brier_of_base: the same for a judge who always says the part that came true.
        curve: the calibration curve, bins without forecasts left out.
        notes: the standing sentences.
    """

    forecasts: tuple[Forecast, ...]
    brier: float | None
    brier_of_base: float | None
    curve: tuple[CurvePoint, ...]
    notes: tuple[str, ...] = ()


def backtest_record(found: BackTest) -> dict[str, Any]:
    """Return the back-test as a plain record for the command line."""
    return {
        "forecasts": [_forecast_record(one) for one in found.forecasts],
        "brier": _rounded(found.brier),
        "brier_of_base": _rounded(found.brier_of_base),
        "curve": [
            {
                "from": point.low,
                "to": point.high,
                "count": point.count,
                "mean": _rounded(point.mean),
                "part_true": _rounded(point.part_true),
            }
            for point in found.curve
        ],
        "notes": list(found.notes),
    }


def _forecast_record(one: Forecast) -> dict[str, Any]:
    return {
        "day": one.day.isoformat(),
        "incident": one.plan_id,
        "to": one.taker,
        "weapon": one.weapon,
        "chance": _rounded(one.chance),
        "bounds": [_rounded(bound) for bound in one.bounds],
        "unknown_share": _rounded(one.unknown_share),
        "diverted": one.diverted,
        "claims": list(one.claims),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
