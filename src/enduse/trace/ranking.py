"""Chains from routes: routes with the same holders and ways are one chain; the rest is remainder.

In: routes. Out: `Ranked` chains with their probability, whose sum is at most 1. Refused: a chain
firmer than its weakest step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from enduse.model.incident import Party
from enduse.trace.chains import Leg, Route, Search, find_routes

ChainKey = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What routes are looked for.

    Attributes:
        seen: chance that the sighting is right.
        day: the last day a step into the holder may have; None sets no limit.
    """

    weapon: Party
    holder: Party
    seen: float
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A chain before it is put in words: the same holders in the same ways.

    Attributes:
        legs: for each step, every leg that tells of it, most probable first.
        start: what the first giver is.
        origin: the maker or holder it begins with, for a chain without steps.
    """

    key: ChainKey
    probability: float
    legs: tuple[tuple[Leg, ...], ...]
    start: str
    origin: Party

    @property
    def chances(self) -> tuple[float, ...]:
        """The chance of each step: that at least one of the incidents that tell of it happened."""
        return tuple(step_chance(legs) for legs in self.legs)


def step_chance(legs: Iterable[Leg]) -> float:
    """Return the chance that one of the legs happened, 0 to 1."""
    missed = 1.0
    for leg in legs:
        missed *= 1 - leg.chance
    return 1 - missed


def rank_chains(search: Search, target: Target) -> tuple[Ranked, ...]:
    """Return the chains to the target, most probable first; their sum is at most 1.

    Left out, and so part of the remainder: an account that breaks off where a more probable one
    goes on.
    """
    routes = find_routes(search, target.weapon, target.holder, target.day, target.seen)
    chains = join_routes(routes)
    complete = [chain for chain in chains if chain.start]
    return tuple(chain for chain in chains if not _breaks_off(chain, complete))


def _breaks_off(chain: Ranked, complete: Iterable[Ranked]) -> bool:
    size = len(chain.key)
    return not chain.start and any(
        longer.key[-size:] == chain.key and longer.probability >= chain.probability
        for longer in complete
    )


def join_routes(routes: Iterable[Route]) -> tuple[Ranked, ...]:
    """Return the chains that the routes make, most probable first.

    A chain's probability is the sum of its routes', held down to its weakest step's.
    """
    groups: dict[ChainKey, list[Route]] = {}
    for route in routes:
        groups.setdefault(_key(route), []).append(route)
    chains = (_join(key, group) for key, group in groups.items())
    return tuple(sorted(chains, key=lambda chain: (-chain.probability, chain.key)))


def _key(route: Route) -> ChainKey:
    steps = tuple((leg.edge.giver.key, leg.holder.key, leg.edge.mode) for leg in route.legs)
    return steps or ((route.giver.key, route.giver.key, "production"),)


def _join(key: ChainKey, routes: list[Route]) -> Ranked:
    best = max(routes, key=lambda route: route.share)
    legs = tuple(_distinct(route.legs[at] for route in routes) for at in range(len(best.legs)))
    total = sum(route.share for route in routes)
    weakest = min((step_chance(step) for step in legs), default=1.0)
    lawful = max(routes, key=lambda route: (bool(route.start), route.share)).start
    return Ranked(key, min(total, weakest), legs, lawful, best.giver)


def _distinct(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    """Return the legs, one an incident (the likeliest weapon), most probable first."""
    best: dict[str, Leg] = {}
    for leg in legs:
        name = leg.edge.incident_id or leg.edge.key
        if name not in best or leg.chance > best[name].chance:
            best[name] = leg
    return tuple(sorted(best.values(), key=lambda leg: (-leg.chance, leg.edge.key)))
