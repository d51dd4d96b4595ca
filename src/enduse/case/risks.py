"""The diversion-risk card of a planned transfer that a casebook tells of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from enduse.case.casebook import Casebook
from enduse.case.evidence import gather_evidence
from enduse.errors import MisuseError, NotFoundError
from enduse.model.risk import Finding, RiskCard, risk_record
from enduse.reference.indicators import load_indicators
from enduse.reference.priors import load_priors
from enduse.trace import Yardstick, assess_risk, find_plan

__all__ = ["assess_planned", "describe_card", "risk_record"]


def assess_planned(
    book: Casebook, claim_id: str, as_of: date | None = None, priors: Path | None = None
) -> RiskCard:
    """Return the risk card of the planned transfer that a claim tells of.

    Args:
        book: the casebook, run.
        claim_id: of a claim (or its incident); the start of an id is enough if only one fits.
        as_of: judge with what was published by this day.
        priors: a file of other priors.

    Raises:
        NotFoundError: no claim has this id.
        MisuseError: the claim tells of no planned transfer.
    """
    evidence = gather_evidence(book, as_of)
    told = [key for key in evidence.claims if key.startswith(claim_id)]
    if len(told) > 1:
        raise MisuseError(
            f"{len(told)} claims have an id that starts so", claim_id, "Give more of the id"
        )
    wanted = told[0] if told else claim_id
    plan = find_plan(wanted, evidence.incidents)
    if plan is None:
        raise NotFoundError(
            "no claim of this casebook has this id, or it was not fused",
            claim_id,
            "enduse show CASE claims lists them; enduse run CASE fuses them",
        )
    yardstick = Yardstick(book.register, load_priors(priors), load_indicators())
    return assess_risk(plan, evidence.incidents, evidence.claims.values(), yardstick, as_of)


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
