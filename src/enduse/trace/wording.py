"""Ranked chains in words: steps, gaps, reasons, the remainder, the standing sentences.

In: a ranked chain with its interval. Out: a `Chain`. Refused: words firmer than the numbers, and
any word that makes a lawful link look like wrongdoing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from enduse.model.claim import Certainty, Part
from enduse.model.custody import Chain, Question, Sighting, Step
from enduse.model.entity import Entity
from enduse.model.incident import Party
from enduse.model.record import make_id
from enduse.reference.priors import Priors
from enduse.trace.chains import Leg, Search
from enduse.trace.kinship import Standing
from enduse.trace.network import Edge, parties_of
from enduse.trace.ranking import Ranked, Target, step_chance

STANDING_NOTES = (
    "A lawful supply or sale early in a chain implies no wrongdoing by those who took part in it.",
    (
        "Chains are of a type of weapon: without a serial or lot number a chain is consistent with "
        "the weapon seen, and does not show that it is the same one."
    ),
    "A chain is never firmer than its weakest step.",
    (
        "A serial or lot number read from the weapon and matched with delivery records would "
        "settle more than any report."
    ),
)
_LAWFUL_MODES = ("supply", "sale", "production", "return")
_STARTS = {
    "maker": "{name} makes the weapon",
    "state": "{name} is a state that hands on lawful stocks; how it came by them is not traced",
    "supplier": "{name} is reported only as a supplier; how it came by them is not known",
    "": "how {name} came by the weapon is not reported",
}


def describe_chain(
    chain: Ranked, interval: tuple[float, float], search: Search, target: Target
) -> Chain:
    """Return the chain in words, with its steps first to last."""
    steps = _steps(chain, search, target.day) or (_production(chain, target),)
    return Chain(
        id=make_id("chain", chain.key, target.weapon.key),
        steps=steps,
        probability=chain.probability,
        interval=interval,
        words=search.priors.likelihood(chain.probability),
        gaps=tuple(_gaps(chain, search, target)),
        reasons=tuple(_reasons(chain, search)),
        complete=bool(chain.start),
    )


def _steps(chain: Ranked, search: Search, day: date | None) -> tuple[Step, ...]:
    """Return the steps; no step may end after the next one's end, nor after the sighting."""
    steps: list[Step] = []
    deadline = day
    for at in range(len(chain.legs) - 1, -1, -1):
        step = _step(chain.legs[at], at, deadline, chain, search)
        deadline = step.end
        steps.append(step)
    return tuple(reversed(steps))


def _step(
    legs: Sequence[Leg], at: int, deadline: date | None, chain: Ranked, search: Search
) -> Step:
    edges = [leg.edge for leg in legs]
    first = edges[0]
    ends = [edge.end for edge in edges]
    end = None if None in ends else max(end for end in ends if end is not None)
    starts = [edge.start for edge in edges]
    start = None if None in starts else min(start for start in starts if start is not None)
    ground = first.rests_on or _described(legs[0], search)
    stated = [edge for edge in edges if edge.incident_id]
    return Step(
        giver=first.giver,
        taker=legs[0].holder,
        weapon=first.weapon,
        mode=first.mode,
        start=start,
        end=min(filter(None, (end, deadline)), default=None),
        probability=step_chance(legs),
        inferred=bool(ground),
        claims=tuple(sorted({claim for edge in edges for claim in edge.claims})),
        witnesses=round(max(edge.witnesses for edge in edges), 4),
        incident_id=first.incident_id,
        rests_on=ground,
        lawful=_is_lawful(first.giver, first.mode, at == 0 and bool(chain.start), search),
        certainty=(Certainty.POSSIBLE if ground else _firmest(edges)).value,
        incidents=tuple(sorted({edge.incident_id for edge in stated if edge.incident_id})),
        weight=first.weight(search.priors),
    )


def _firmest(edges: Iterable[Edge]) -> Certainty:
    return min((edge.certainty for edge in edges), key=lambda certainty: certainty.rank)


def _is_lawful(giver: Party, mode: str, begins: bool, search: Search) -> bool:  # noqa: FBT001
    """Return whether a step is a supply or sale by a state, or by the lawful first holder."""
    if mode not in _LAWFUL_MODES:
        return False
    return begins or search.kinship.standing(giver) is Standing.STATE


def _described(leg: Leg, search: Search) -> str:
    if search.kinship.standing(leg.edge.taker) is not Standing.KIND:
        return ""
    return f"a report of {leg.edge.taker.label}, which may include {leg.holder.label}"


def _production(chain: Ranked, target: Target) -> Step:
    return Step(
        giver=chain.origin,
        taker=target.holder,
        weapon=target.weapon,
        mode="production",
        start=None,
        end=None,
        probability=chain.probability,
        inferred=True,
        claims=(),
        witnesses=0.0,
        rests_on=f"{chain.origin.label} makes such weapons",
        lawful=True,
        certainty=Certainty.PROBABLE.value,
    )


def _gaps(chain: Ranked, search: Search, target: Target) -> Iterable[str]:
    if not chain.start:
        yield _STARTS[""].format(name=chain.origin.label)
        yield from _plans_for(chain.origin, search, target)
    for legs in chain.legs:
        yield from _gaps_of(legs[0], search, target)


def _plans_for(actor: Party, search: Search, target: Target) -> Iterable[str]:
    """Yield each delivery to the actor that was planned, and that nothing shows done."""
    for plan in search.network.plans:
        takers, weapons = parties_of(plan, Part.TO), parties_of(plan, Part.WEAPON)
        meant = any(search.kinship.same_family(actor, taker) for taker in takers)
        fitting = [one for one in weapons if search.kinship.covers(one, target.weapon) > 0]
        if meant and fitting:
            yield (
                f"a delivery of {fitting[0].label} to {actor.label} was {plan.status}; "
                "no claim shows it done"
            )


def _gaps_of(leg: Leg, search: Search, target: Target) -> Iterable[str]:
    edge, kinship = leg.edge, search.kinship
    pair = f"from {edge.giver.label} to {leg.holder.label}"
    if edge.inferred:
        yield f"no claim states the {edge.mode} {pair}; it rests on {edge.rests_on}"
    if kinship.standing(edge.giver) is Standing.NOBODY:
        yield f"who gave it to {leg.holder.label} is not said"
    if edge.taker.key != leg.holder.key:
        yield f"the report says {edge.taker.label}; that {leg.holder.label} held it is not said"
    if _is_collective(kinship.entity(leg.holder)) and leg.holder.key != target.holder.key:
        yield f"which unit of {leg.holder.label} held it is not said"
    if edge.mode == "unspecified":
        yield f"how it passed {pair} is not said"
    if edge.start is None and edge.end is None:
        yield f"when it passed {pair} is not said"
    if kinship.covers(edge.weapon, target.weapon) < 1:
        yield (
            f"the report names {edge.weapon.label}; it is consistent with {target.weapon.label}, "
            "no more"
        )


def _is_collective(entity: Entity | None) -> bool:
    return entity is not None and entity.category in ("armed-group", "coalition", "armed-forces")


def _reasons(chain: Ranked, search: Search) -> Iterable[str]:
    if chain.start:
        yield _STARTS[chain.start].format(name=chain.origin.label)
    for legs in chain.legs:
        edge = legs[0].edge
        weight = edge.weight(search.priors)
        yield (
            f"{edge.giver.label} to {legs[0].holder.label} by {edge.mode}: chance "
            f"{step_chance(legs):.2f} from {_ground(legs)}, weight {weight:.2f}"
        )


def _ground(legs: Sequence[Leg]) -> str:
    edge = legs[0].edge
    if edge.inferred:
        return "an opportunity, not a report"
    voices = max(leg.edge.witnesses for leg in legs)
    return f"{voices:.1f} independent witnesses, said as {edge.certainty.value}"


def describe_remainder(ranked: Sequence[Ranked], shown: Sequence[Ranked], target: Target) -> str:
    """Return what the remainder holds, in words."""
    parts = [
        f"a way that nobody reports, among them {target.holder.label}'s own purchase",
        f"a weapon taken for {target.weapon.label} that is another, or another holder",
    ]
    if len(ranked) > len(shown):
        parts.append(f"{len(ranked) - len(shown)} further chains too weak to show")
    return "None of these: " + "; ".join(parts)


def name_note(question: Question, sighting: Sighting, priors: Priors) -> Iterable[str]:
    """Yield what a reader must know of this trace: its priors, its day, a sighting that lacks."""
    yield f"Made with {priors.label}, none of which is a finding of this case."
    if question.as_of is not None:
        yield f"Uses only documents published by {question.as_of.isoformat()}."
    if not sighting.claims:
        yield (
            f"No claim shows {question.holder.label} with {question.weapon.label} then: "
            "that it had it at all is an assumption."
        )
