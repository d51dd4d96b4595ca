"""Incidents to the ranked chains by which a weapon may have come to its holder.

In: a question, incidents with their claims, the register and priors. Out: a `Trace` whose chains
and remainder share probability 1. Refused: a plan as a delivery, a fear as a capture, blame for
nobody in particular, more certainty than the weakest step has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from enduse.model.claim import Claim, Part
from enduse.model.custody import Question, Sighting, Trace
from enduse.model.incident import Incident
from enduse.model.record import make_id
from enduse.ports import Register
from enduse.reference.priors import Priors
from enduse.trace.chains import Search
from enduse.trace.kinship import CaseTies, read_ties
from enduse.trace.network import SIGHTINGS, Holding, parties_of, read_network
from enduse.trace.opportunity import infer_edges
from enduse.trace.ranking import Ranked, Target, rank_chains
from enduse.trace.weighing import (
    Shares,
    add_prior,
    find_interval,
    find_levers,
    flip_facts,
    level_reports,
    shares_of,
)
from enduse.trace.wording import STANDING_NOTES, describe_chain, describe_remainder, name_note

SMALLEST_SHOWN = 0.002


@dataclass(frozen=True)
class Evidence:
    """What a trace is made from; only the priors are ever varied."""

    incidents: tuple[Incident, ...]
    claims: dict[str, Claim]
    register: Register


def trace_custody(
    question: Question,
    incidents: Iterable[Incident],
    claims: Iterable[Claim],
    register: Register,
    priors: Priors,
) -> Trace:
    """Return the ranked ways by which the weapon may have come to the holder.

    The order of incidents and claims does not matter. The number of copies of a report does not
    either: an incident counts by its probability, which its independent witnesses made.
    """
    ordered = sorted(incidents, key=lambda one: one.id)
    evidence = Evidence(tuple(ordered), {claim.id: claim for claim in claims}, register)
    name = make_id("trace", _identity(question, evidence, priors))
    search = build_search(question, evidence, priors)
    sighting, target = _find_sighting(question, search)
    ranked = rank_chains(search, target)
    shown = [chain for chain in ranked if chain.probability >= SMALLEST_SHOWN][: question.top]
    flips = flip_facts(search, shown, lambda other: rank_chains(other, target))
    others = list(_other_shares(question, search, shown))
    even = shares_of(rank_chains(level_reports(search), target))
    told = (
        describe_chain(chain, find_interval(chain, flips, others, priors), search, target)
        for chain in shown
    )
    chains = tuple(
        replace(add_prior(chain, even.get(one.key, 0.0)), id=make_id("chain", chain.id, name))
        for one, chain in zip(shown, told, strict=True)
    )
    return Trace(
        id=name,
        sighting=sighting,
        chains=chains,
        remainder=max(0.0, 1.0 - sum(chain.probability for chain in chains)),
        would_change_most=find_levers(shares_of(shown), flips),
        remainder_words=describe_remainder(ranked, shown, target),
        notes=(*name_note(question, sighting, priors), *STANDING_NOTES),
        plans=tuple(plan.id for plan in search.network.plans),
        asked_at=question.at,
    )


def build_search(question: Question, evidence: Evidence, priors: Priors) -> Search:
    """Return the network of custody for the question, stated and inferred, ready to be searched."""
    ties = read_ties(evidence.incidents)
    day = question.at or _last_seen(question, evidence, ties, priors) or ties.last_day
    kinship = ties.kinship(evidence.register, priors, day)
    stated = read_network(evidence.incidents, evidence.claims, kinship)
    stated = stated.with_edges(
        edge for edge in stated.edges if kinship.covers(edge.weapon, question.weapon) > 0
    )
    inferred = infer_edges(evidence.incidents, stated, question.weapon, kinship)
    return Search(stated.with_edges((*stated.edges, *inferred)), kinship)


def _last_seen(
    question: Question, evidence: Evidence, ties: CaseTies, priors: Priors
) -> date | None:
    """Return the last day on which the holder itself may have been seen with the weapon."""
    kinship = ties.kinship(evidence.register, priors)
    shown = (one for one in evidence.incidents if one.kind in SIGHTINGS and one.claims)
    days = [
        one.time.end
        for one in shown
        if one.time is not None and one.time.end is not None
        if any(party.key == question.holder.key for party in parties_of(one, Part.ACTOR))
        if any(
            kinship.covers(party, question.weapon) == 1 for party in parties_of(one, Part.WEAPON)
        )
    ]
    return max(days, default=None)


def _identity(question: Question, evidence: Evidence, priors: Priors) -> tuple[object, ...]:
    values = sorted((prior.name, prior.value) for prior in priors.custody.values())
    told = [(one.id, one.probability, one.certainty, one.claims) for one in evidence.incidents]
    return question, told, values


def _find_sighting(question: Question, search: Search) -> tuple[Sighting, Target]:
    """Return the sighting, what to look for."""
    seen = _sightings(question, search)
    last = max((held.end or date.min for held in seen), default=date.min)
    at = question.at or (last if last > date.min else None)
    meant = [held for held in seen if _lies_on(held, at)]
    missed = 1.0
    for held in meant:
        missed *= 1 - held.chance
    priors = search.priors
    chance = priors["sighting:none"]
    if meant:
        reported = priors["sighting:reported"]
        chance = reported + (1 - reported) * (1 - missed)
    chance *= 1 - priors["misidentified"]
    claims = tuple(sorted({claim for held in meant for claim in held.claims}))
    names = tuple(sorted({held.incident_id for held in meant}))
    sighting = Sighting(question.weapon, question.holder, at, claims, names)
    return sighting, Target(question.weapon, question.holder, chance, at)


def _sightings(question: Question, search: Search) -> list[Holding]:
    kinship = search.kinship
    return [
        held
        for held in search.network.holdings
        if kinship.surely_with(held.holder, question.holder)
        and kinship.covers(held.weapon, question.weapon) == 1
    ]


def _lies_on(held: Holding, at: date | None) -> bool:
    if at is None:
        return True
    return (held.start or date.min) <= at <= (held.end or date.max) and held.end is not None


def _other_shares(
    question: Question, search: Search, shown: Sequence[Ranked]
) -> Iterable[tuple[Shares, Shares]]:
    """Yield the shares with each prior that plays a part at its low and at its high bound."""
    for name in _priors_in_play(search, shown):
        prior = search.priors.custody[name]
        pair = []
        for value in (prior.low, prior.high):
            other = search.under(search.priors.with_value(name, value))
            _, target = _find_sighting(question, other)
            pair.append(shares_of(rank_chains(other, target)))
        yield pair[0], pair[1]


def _priors_in_play(search: Search, shown: Sequence[Ranked]) -> list[str]:
    modes = {leg.edge.mode for chain in shown for legs in chain.legs for leg in legs}
    names = {f"weight:{mode}" for mode in modes} | {f"root:{chain.start}" for chain in shown}
    names |= {"unreported", "misidentified", "recency:half-life", "recency:undated"}
    names |= {"weight:opportunity", "held:unseen", "match:class"}
    return sorted(names & set(search.priors.custody))
