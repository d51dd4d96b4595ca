"""How sure a ranking is, and which facts would change it most.

In: a search and its ranked chains, and the same search under other priors. Out: an interval for
each chain, its prior, and levers. Method: each uncertain fact is set to true and to false and the
ranking made again; a chain's spread is what its facts and priors move it. Facts that rest on one
document are taken to be right or wrong together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt

from enduse.model.custody import Chain, Lever
from enduse.reference.priors import Priors
from enduse.trace.chains import Search
from enduse.trace.network import Edge
from enduse.trace.ranking import ChainKey, Ranked

MOST_FACTS = 12
MOST_LEVERS = 3
# A normal deviate lies within this many standard deviations four times in five.
FOUR_IN_FIVE = 1.2816
EVEN = 0.5

Shares = Mapping[ChainKey, float]


@dataclass(frozen=True, slots=True)
class Flip:
    """One fact, and the shares of all chains if it were true and if it were false."""

    edge: Edge
    chance: float
    if_true: Shares
    if_false: Shares


def shares_of(chains: Iterable[Ranked]) -> Shares:
    """Return the probability of each chain by its key."""
    return {chain.key: chain.probability for chain in chains}


def level_reports(search: Search) -> Search:
    """Return the same search with every report as likely right as wrong: priors alone rank it."""
    told = (edge.incident_id for edge in search.network.edges)
    return replace(search, changed={name: EVEN for name in told if name})


def add_prior(chain: Chain, prior: float) -> Chain:
    """Return the chain with its prior and what the reports make of its odds (the Bayes factor)."""
    if not (0 < prior < 1 and chain.probability < 1):
        return replace(chain, prior=prior)
    odds = chain.probability / (1 - chain.probability)
    return replace(chain, prior=prior, evidence=odds * (1 - prior) / prior)


def flip_facts(
    search: Search, chains: Sequence[Ranked], rank: Callable[[Search], Sequence[Ranked]]
) -> tuple[Flip, ...]:
    """Return the uncertain facts of the first chains, each settled both ways."""
    flips = []
    for edge in _facts(chains):
        name = edge.incident_id or edge.key
        rivals = dict.fromkeys(edge.conflicts, 0.0)
        true = replace(search, changed={**search.changed, **rivals, name: 1.0})
        false = replace(search, changed={**search.changed, name: 0.0})
        flips.append(Flip(edge, search.chance(edge), shares_of(rank(true)), shares_of(rank(false))))
    return tuple(flips)


def _facts(chains: Sequence[Ranked]) -> list[Edge]:
    found: dict[str, Edge] = {}
    for chain in chains:
        for legs in chain.legs:
            for leg in legs:
                found.setdefault(leg.edge.incident_id or leg.edge.key, leg.edge)
    return list(found.values())[:MOST_FACTS]


def find_levers(shares: Shares, flips: Iterable[Flip]) -> tuple[Lever, ...]:
    """Return the facts that would move the ranking most, the largest shift first.

    The shift is how much probability changes place on average over both answers.
    """
    levers = [
        Lever(
            _fact_words(flip.edge),
            flip.chance * _moved(shares, flip.if_true)
            + (1 - flip.chance) * _moved(shares, flip.if_false),
            flip.edge.incident_id,
        )
        for flip in flips
    ]
    levers.sort(key=lambda lever: (-lever.shift, lever.fact))
    return tuple(lever for lever in levers[:MOST_LEVERS] if lever.shift > 0)


def _moved(before: Shares, after: Shares) -> float:
    """Return the probability that changes place between chains and remainder (total variation)."""
    keys = set(before) | set(after)
    chains = sum(abs(before.get(key, 0.0) - after.get(key, 0.0)) for key in keys)
    rest = abs(sum(before.values()) - sum(after.values()))
    return (chains + rest) / 2


def _fact_words(edge: Edge) -> str:
    weapon = edge.weapon.label
    if edge.mode.startswith("planned "):
        way = edge.mode.removeprefix("planned ")
        return (
            f"whether the planned {way} of {weapon} by {edge.giver.label} had reached "
            f"{edge.taker.label} by then"
        )
    way = edge.mode.removeprefix("feared ")
    return f"whether {weapon} passed from {edge.giver.label} to {edge.taker.label} by {way}" + (
        ", which no claim states" if edge.inferred else ""
    )


def find_interval(
    chain: Ranked, flips: Iterable[Flip], others: Iterable[tuple[Shares, Shares]], priors: Priors
) -> tuple[float, float]:
    """Return the bounds between which the chain's probability lies four times in five.

    Args:
        chain: the chain.
        flips: facts settled both ways.
        others: the shares with each prior at its low and at its high bound.
        priors: for the weight of one witness.
    """
    spread = sqrt(_spread_of_facts(chain.key, flips, priors) + _spread_of_priors(chain.key, others))
    ceiling = min(chain.chances, default=1.0)
    middle = min(max(chain.probability, 1e-6), 1 - 1e-6)
    odds, step = log(middle / (1 - middle)), FOUR_IN_FIVE * spread / (middle * (1 - middle))
    low, high = _chance(odds - step), _chance(odds + step)
    return min(low, chain.probability), max(min(high, ceiling), chain.probability)


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-max(-700.0, min(700.0, odds))))


def _spread_of_facts(key: ChainKey, flips: Iterable[Flip], priors: Priors) -> float:
    """Return the variance that the facts bring; those that share a document move together."""
    groups: list[tuple[set[str], float]] = []
    for flip in flips:
        slope = flip.if_true.get(key, 0.0) - flip.if_false.get(key, 0.0)
        trials = 1 + priors["evidence:weight"] * max(flip.edge.witnesses, 0.0)
        sd = abs(slope) * sqrt(max(flip.chance * (1 - flip.chance), 0.0) / trials)
        documents = set(flip.edge.documents) or {flip.edge.key}
        tied = [group for group in groups if group[0] & documents]
        groups = [group for group in groups if not group[0] & documents]
        joined = documents.union(*(group[0] for group in tied))
        groups.append((joined, sd + sum(group[1] for group in tied)))
    return sum(sd * sd for _, sd in groups)


def _spread_of_priors(key: ChainKey, others: Iterable[tuple[Shares, Shares]]) -> float:
    slopes = (high.get(key, 0.0) - low.get(key, 0.0) for low, high in others)
    return sum((slope / 2 / FOUR_IN_FIVE) ** 2 for slope in slopes)
