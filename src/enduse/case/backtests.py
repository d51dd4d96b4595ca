"""A casebook frozen at earlier days, and its risk cards of then against what came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.case.evidence import Evidence, gather_evidence
from enduse.errors import NotFoundError
from enduse.model.risk import BackTest, Forecast, backtest_record
from enduse.reference.indicators import load_indicators
from enduse.reference.priors import load_priors
from enduse.trace import Known, Yardstick, backtest

__all__ = ["backtest_record", "describe_backtest", "judge_plans"]


def judge_plans(book: Casebook, days: Sequence[date] = (), priors: Path | None = None) -> BackTest:
    """Return how well cards made on the days foretold what all documents now tell.

    Args:
        book: the casebook, run.
        days: when to freeze it; none takes every day on which a plan was first published.
        priors: a file of other priors.

    Raises:
        NotFoundError: no document with a publication day tells of a planned transfer.
    """
    every = gather_evidence(book)
    frozen = sorted(set(days)) or _days_of_plans(every)
    if not frozen:
        raise NotFoundError(
            "no dated document of this casebook tells of a planned transfer",
            str(book.folder),
            "Add documents that tell of one, with their publication days",
        )
    yardstick = Yardstick(book.register, load_priors(priors), load_indicators())
    known = [_known(gather_evidence(book, day), day) for day in frozen]
    return backtest(known, _known(every, now().date()), yardstick)


def _known(evidence: Evidence, day: date) -> Known:
    return Known(day, evidence.incidents, tuple(evidence.claims.values()))


def _days_of_plans(evidence: Evidence) -> list[date]:
    """Return the days on which documents with planned transfers were published, in order."""
    told = (
        evidence.documents[claim.document_id].date_published
        for claim in evidence.claims.values()
        if claim.status == "planned"
    )
    return sorted({day for day in told if day is not None})


def describe_backtest(found: BackTest) -> str:
    """Return the back-test in words, for a terminal: every forecast, scores, the curve."""
    lines = [line for one in found.forecasts for line in _forecast_lines(one)]
    if found.brier is not None and found.brier_of_base is not None:
        lines += [
            "",
            (
                f"Brier score {found.brier:.3f} (0 is perfect); always saying the part that came "
                f"true scores {found.brier_of_base:.3f}"
            ),
            "Chance foretold, forecasts, mean chance, part that came true:",
        ]
    lines += [
        f"   {point.low:.0%} to {point.high:.0%}  {point.count:4}  {point.mean:4.0%}  "
        f"{point.part_true:4.0%}"
        for point in found.curve
    ]
    return "\n".join([*lines, "", *found.notes])


def _forecast_lines(one: Forecast) -> Iterator[str]:
    low, high = one.bounds
    yield (
        f"{one.day}  {one.weapon or 'weapons'} to {one.taker or 'a taker not said'}: "
        f"{one.chance:.0%} ({low:.0%} to {high:.0%}; {one.unknown_share:.0%} of the indicators "
        f"unknown)  {one.plan_id}"
    )
    if one.diverted:
        yield f"            came true: {', '.join(one.claims)}"
    else:
        yield "            no later document tells of diversion"
