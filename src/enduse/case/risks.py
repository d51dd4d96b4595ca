"""The diversion-risk card of a planned transfer that a casebook tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from enduse.case.bearing import NO_LIMIT, gather_bearing
from enduse.case.casebook import Casebook
from enduse.case.evidence import gather_evidence
from enduse.errors import MisuseError, NotFoundError
from enduse.model.incident import Incident
from enduse.model.risk import Finding, RiskCard, risk_record
from enduse.reference.indicators import Indicator, load_indicators
from enduse.reference.priors import Priors, load_priors
from enduse.store import around
from enduse.store.kinds import INCIDENT, RESOLVED
from enduse.trace import Yardstick, assess_risk, find_plan

_MOST_ALIKE = 10_000

__all__ = ["assess_planned", "describe_card", "risk_record"]


def assess_planned(
    book: Casebook,
    claim_id: str,
    as_of: date | None = None,
    priors: Path | None = None,
    most: int = NO_LIMIT,
) -> RiskCard:
    """Return the risk card of the planned transfer that a claim tells of.

    Args:
        book: the casebook, run.
        claim_id: of a claim (or its incident); the start of an id is enough if only one fits.
        as_of: judge with what was published by this day.
        priors: a file of other priors.
        most: read at most so many incidents for each reason to read them; a note on the card
            says where that left some out.

    Raises:
        NotFoundError: no claim has this id.
        MisuseError: the claim tells of no planned transfer.
    """
    yardstick = _yardstick(book, priors)
    if as_of is not None:
        return _assess_as_of(book, claim_id, as_of, yardstick)
    told = book.store.starting(RESOLVED, claim_id, _MOST_ALIKE)
    found = [*around.told_by(book.store, _the_one(told, claim_id)), claim_id]
    incidents = [one for key in found if (one := book.store.get(INCIDENT, key)) is not None]
    plan = _plan(_the_one(told, claim_id), incidents)
    bearing = gather_bearing(book, plan, yardstick, most)
    card = assess_risk(plan, bearing.incidents, bearing.claims, yardstick, None, bearing.ties)
    return replace(card, notes=(*bearing.notes, *card.notes))


def _yardstick(book: Casebook, priors: Path | None) -> Yardstick:
    shipped, indicators = _shipped()
    return Yardstick(book.register, load_priors(priors) if priors else shipped, indicators)


@cache
def _shipped() -> tuple[Priors, tuple[Indicator, ...]]:
    return load_priors(), load_indicators()


def _assess_as_of(book: Casebook, claim_id: str, as_of: date, yardstick: Yardstick) -> RiskCard:
    evidence = gather_evidence(book, as_of)
    told = [key for key in evidence.claims if key.startswith(claim_id)]
    plan = _plan(_the_one(told, claim_id), evidence.incidents, as_of)
    return assess_risk(plan, evidence.incidents, evidence.claims.values(), yardstick, as_of)


def _the_one(told: Sequence[str], claim_id: str) -> str:
    if len(told) > 1:
        raise MisuseError(
            "several claims have an id that starts so", claim_id, "Give more of the id"
        )
    return told[0] if told else claim_id


def _plan(claim_id: str, incidents: Sequence[Incident], as_of: date | None = None) -> Incident:
    plan = find_plan(claim_id, incidents)
    if plan is not None:
        return plan
    if any(claim_id == one.id or claim_id in one.claims for one in incidents):
        raise MisuseError(
            "it tells of no planned transfer",
            claim_id,
            "Give a transfer with status planned; enduse show CASE claims lists them",
        )
    by = f" that was published by {as_of}" if as_of else ""
    raise NotFoundError(
        f"no claim of this casebook{by} has this id, or it was not fused",
        claim_id,
        "enduse show CASE claims lists them; enduse run CASE fuses them",
    )


def describe_card(card: RiskCard) -> str:
    """Return the card in words, for a terminal: a profile, unknown as loud as met."""
    parties = " to ".join(p.label for p in (card.giver, card.taker) if p is not None)
    weapon = card.weapon.label if card.weapon else "weapons"
    low, high = card.chance
    lines = [f"Planned: {weapon}, {parties or 'parties not said'}  {card.incident_id}", ""]
    lines += [line for finding in card.findings for line in _finding_lines(finding)]
    unknown = (
        f"{card.unknown_share:.0%} of the indicators are unknown. If they were all not met, the "
        f"chance of diversion would be {low:.0%}; if all met, {high:.0%}."
    )
    return "\n".join([*lines, "", unknown, *card.notes])


def _finding_lines(finding: Finding) -> list[str]:
    head = f"{finding.indicator:3} {finding.rating.value.upper():8} {finding.question}"
    lines = [head, f"             {finding.because}"]
    if finding.claims:
        lines.append(f"             claims: {', '.join(finding.claims)}")
    return lines
