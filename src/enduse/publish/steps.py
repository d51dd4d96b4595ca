"""One step or chain in words: its holders, its way, its clause, whether a plan alone tells it."""

from __future__ import annotations

from enduse.model.custody import Chain, Step
from enduse.publish.desk import Desk
from enduse.publish.phrases import name_way, say_step
from enduse.publish.support import incidents_of
from enduse.publish.wording import say_chance, say_likelihood

ARROW = " → "


def route(chain: Chain) -> str:
    """Return the holders of a chain in order."""
    return ARROW.join([chain.steps[0].giver.label, *(step.taker.label for step in chain.steps)])


def is_plan(step: Step, desk: Desk) -> bool:
    """Return whether all that a step rests on is planned or stopped, so that it is not done."""
    incidents = incidents_of(step, desk.evidence)
    if incidents:
        return all(incident.planned for incident in incidents)
    claims = [desk.evidence.claim(claim_id) for claim_id in step.claims]
    return bool(claims) and all(claim.planned for claim in claims)


def way_of(desk: Desk, step: Step) -> str:
    """Return the way of a step in a word or two."""
    return name_way(step, planned=is_plan(step, desk))


def clause_of(desk: Desk, step: Step) -> str:
    """Return the step as a clause, told as done only if it is."""
    return say_step(step, planned=is_plan(step, desk))


def chance_of(desk: Desk, chain: Chain) -> str:
    """Return the chance of a chain with its range and likelihood word."""
    word = say_likelihood(chain.probability, desk.bands)
    chance = say_chance(chain.probability, chain.interval)
    return f"a chance of {chance}: “{word}” in the words of the scale"
