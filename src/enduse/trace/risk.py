"""The diversion-risk card of a planned transfer.

In: the plan's incident, the case's incidents and claims, the register, priors and indicators.
Out: a `RiskCard`: for each indicator met, partly, not met or unknown, with its evidence. Refused: a
transfer that is not planned; one score in place of the profile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from enduse.errors import MisuseError
from enduse.model.claim import Claim, ClaimKind, Part
from enduse.model.incident import Incident
from enduse.model.record import make_id
from enduse.model.risk import Finding, Rating, RiskCard
from enduse.ports import Register
from enduse.reference.indicators import Indicator
from enduse.reference.priors import Priors
from enduse.trace.kinship import CaseTies, Kinship, read_ties
from enduse.trace.rules import RULES, Judged
from enduse.trace.scene import Scene, set_scene

NOTES = (
    "Met points to a risk and shows no fault: a planned transfer may be lawful and sound.",
    "Unknown is not a no: nothing in the case answers the question.",
    "The indicators overlap; they are a profile, and their count is no score.",
)


@dataclass(frozen=True)
class Yardstick:
    """What a plan is judged by: the register, the priors and the indicators."""

    register: Register
    priors: Priors
    indicators: tuple[Indicator, ...]


def assess_risk(
    plan: Incident,
    incidents: Iterable[Incident],
    claims: Iterable[Claim],
    yardstick: Yardstick,
    judged_on: date | None = None,
    ties: CaseTies | None = None,
) -> RiskCard:
    """Return the risk card of a planned transfer.

    Args:
        plan: an incident of a planned transfer.
        incidents: every incident of the case, the plan among them or not.
        claims: the claims behind them.
        yardstick: register, priors and indicators.
        judged_on: the day it is judged; None takes the plan's own last day, or sets no limit.
        ties: what the whole case tells of who belongs to whom, where the incidents are only a
            part of it; None reads it from the incidents.

    Raises:
        MisuseError: the incident is no planned transfer.
    """
    _refuse_unplanned(plan)
    told = tuple(incidents)
    day = judged_on or (plan.time.end if plan.time else None)
    told_ties = ties or read_ties(told)
    kinship = told_ties.kinship(yardstick.register, yardstick.priors, day or told_ties.last_day)
    scene = set_scene(plan, told, claims, kinship, day)
    findings = tuple(_find(scene, indicator) for indicator in yardstick.indicators)
    return RiskCard(
        id=make_id("risk", plan.id, [(one.indicator, one.rating, one.claims) for one in findings]),
        incident_id=plan.id,
        giver=plan.party(Part.FROM),
        taker=plan.party(Part.TO),
        weapon=plan.party(Part.WEAPON),
        quantity=plan.quantity,
        time=plan.time,
        claims=plan.claims,
        findings=findings,
        chance=bound_chance(findings, yardstick.priors),
        expected=expect_chance(findings, yardstick.priors),
        unknown_share=_share(findings, Rating.UNKNOWN),
        notes=NOTES,
    )


def _refuse_unplanned(plan: Incident) -> None:
    if plan.kind is not ClaimKind.TRANSFER or plan.status != "planned":
        raise MisuseError(
            "a risk card is of a planned transfer, and this is none",
            place=plan.id,
            next_step="Give the id of a transfer claim with status planned",
        )


def find_adversaries(
    plan: Incident, incidents: Iterable[Incident], claims: Iterable[Claim], kinship: Kinship
) -> frozenset[str]:
    """Return the keys of the armed groups that the incidents show fighting the plan's recipient.

    For a caller that reads only the part of a case that bears on the plan.
    """
    return frozenset(set_scene(plan, incidents, claims, kinship, None).adversaries)


def find_plan(claim_id: str, incidents: Iterable[Incident]) -> Incident | None:
    """Return the planned transfer that a claim (or incident) id names, or None."""
    for one in sorted(incidents, key=lambda incident: incident.id):
        if one.planned and (claim_id == one.id or claim_id in one.claims):
            return one
    return None


def expect_chance(findings: Sequence[Finding], priors: Priors) -> float:
    """Return the chance of diversion if the unknown indicators say nothing either way.

    The base rate's odds are multiplied by a factor for each indicator answered.
    """
    return _chance(findings, priors, 1.0)


def bound_chance(findings: Sequence[Finding], priors: Priors) -> tuple[float, float]:
    """Return the chance if every unknown indicator were not met, and if every one were met."""
    low = _chance(findings, priors, priors["risk:not-met"])
    return low, _chance(findings, priors, priors["risk:met"])


def _chance(findings: Sequence[Finding], priors: Priors, unknown: float) -> float:
    factors = {
        Rating.MET: priors["risk:met"],
        Rating.PARTLY: priors["risk:partly"],
        Rating.NOT_MET: priors["risk:not-met"],
        Rating.UNKNOWN: unknown,
    }
    base = priors["risk:base"]
    odds = base / (1 - base)
    for finding in findings:
        odds *= factors[finding.rating]
    return odds / (1 + odds)


def _share(findings: Sequence[Finding], rating: Rating) -> float:
    return sum(one.rating is rating for one in findings) / max(1, len(findings))


def _find(scene: Scene, indicator: Indicator) -> Finding:
    judged = RULES[indicator.rule](scene, indicator)
    claims = {name for one in judged.incidents for name in one.claims} | set(judged.claims)
    witnesses = _witnesses(scene, judged)
    return Finding(
        indicator=indicator.id,
        group=indicator.group,
        question=indicator.question,
        references=indicator.references,
        rating=judged.rating,
        because=judged.because,
        claims=tuple(sorted(claims)),
        witnesses=len(witnesses),
        independence=_independence(witnesses, scene),
        analogues=judged.analogues,
    )


def _witnesses(scene: Scene, judged: Judged) -> frozenset[str]:
    by_incident = {witness.document_id for one in judged.incidents for witness in one.witnesses}
    quoted = {_speaks_for(name, scene) for name in judged.claims if name in scene.claims}
    return frozenset(by_incident | quoted)


def _speaks_for(claim: str, scene: Scene) -> str:
    """Return the document whose word a claim is: the one that its own only copies, else its own."""
    name = scene.claims[claim].document_id
    telling = (one for one in (scene.plan, *scene.told) if claim in one.claims)
    voices = (witness for one in telling for witness in one.witnesses)
    return next((witness.document_id for witness in voices if name in witness.copies), name)


def _independence(witnesses: frozenset[str], scene: Scene) -> str:
    own = {witness.document_id for witness in scene.plan.witnesses}
    if not witnesses:
        return ""
    if len(witnesses) == 1:
        return "one document" + (", the one that tells of the plan" if witnesses <= own else "")
    return f"{len(witnesses)} documents that speak for themselves"
