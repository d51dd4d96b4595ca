"""Routes back from a sighting, with the share of probability that falls to each.

In: a network, kinship and the question's weapon, holder and day. Out: `Route`s, most probable
first, whose shares never add up to more than 1. Refused: a step that may not lie before the
next one, a weapon that is not compatible with every other step's, an actor met twice.

Method: from the holder backwards. At each holder the ways in compete: a way's share is its chance
times its weight, over the sum of all of them, the holder's own lawful stocks and the ways that
nobody reports. A route's share is the product along it, held down to the chance of its weakest
step. See docs/explanation/how-chains-are-ranked.md.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from enduse.model.entity import Entity
from enduse.model.incident import Party
from enduse.reference.priors import Priors
from enduse.trace.holders import Holders
from enduse.trace.kinship import Kinship, Standing
from enduse.trace.network import Edge, Network

SMALLEST = 2e-4
MOST_STATES = 2000
LIKELY = 0.5
LEAST_DOUBT = 1e-6  # of a way that is certain, where accounts exclude each other altogether
_LAWFUL_MODES = ("supply", "sale")


@dataclass(frozen=True, slots=True)
class Leg:
    """One edge as a route uses it.

    Attributes:
        chance: chance that the edge happened with such a weapon and reached this holder.
        fit: the part of it that stands for the tie of the edge's taker to the holder.
    """

    edge: Edge
    holder: Party
    chance: float
    fit: float


@dataclass(frozen=True, slots=True)
class Route:
    """One way back: legs first to last, its share, and whether it begins lawfully.

    Attributes:
        start: what the first giver is: "maker", "state", "supplier", or "" if nothing shows how
            the first giver came by it.
    """

    legs: tuple[Leg, ...]
    share: float
    start: str
    giver: Party


@dataclass(frozen=True, slots=True)
class _State:
    """A route under way: the holder reached going back, and what the next step must obey."""

    mass: float
    weakest: float
    holder: Party
    deadline: date
    weapon: Party
    legs: tuple[Leg, ...]
    visited: frozenset[str]


@dataclass
class Search:
    """The ways into each holder, looked up once."""

    network: Network
    kinship: Kinship
    changed: dict[str, float] = field(default_factory=dict)
    _into: dict[str, tuple[tuple[Edge, float], ...]] = field(default_factory=dict)
    _held: dict[tuple[str, str, date], float] = field(default_factory=dict)

    def under(self, priors: Priors) -> Search:
        """Return the same search under other priors of weights, roots and recency."""
        kinship = replace(self.kinship, priors=priors, _covers={})
        return replace(self, kinship=kinship, _held={})

    @property
    def priors(self) -> Priors:
        """The priors in force."""
        return self.kinship.priors

    def into(self, holder: Party) -> tuple[tuple[Edge, float], ...]:
        """Return the edges that reach the holder, with the tie of their taker to it."""
        if holder.key not in self._into:
            self._into[holder.key] = tuple(
                (edge, fit)
                for edges in self.by_taker.values()
                if (fit := self.kinship.holds_for(edges[0].taker, holder)) > 0
                for edge in edges
            )
        return self._into[holder.key]

    def held(self, holder: Party, weapon: Party, day: date) -> float:
        """Return the chance that the holder had the weapon at all, for a route that ends there."""
        key = (holder.key, weapon.key, day)
        if key not in self._held:
            seen = self.holders.chance(holder, weapon, day)
            self._held[key] = max(seen, self.priors["held:unseen"])
        return self._held[key]

    def chance(self, edge: Edge) -> float:
        """Return the edge's chance, cut where edges that cannot also be true crowd it.

        Chances of incidents in conflict that add up to more than 1 are cut in proportion.
        """
        own = self._alone(edge.incident_id or edge.key, edge.chance)
        rivals = (self.rivals[name] for name in edge.conflicts if name in self.rivals)
        crowd = sum(
            self._alone(rival.incident_id or rival.key, rival.chance)
            for rival in rivals
            if _excludes(edge, rival)
        )
        return own / max(1.0, own + crowd)

    def _alone(self, name: str, chance: float) -> float:
        return self.changed.get(name, chance)

    @cached_property
    def by_taker(self) -> dict[str, list[Edge]]:
        """The edges by the key of their taker, in order."""
        found: dict[str, list[Edge]] = {}
        for edge in self.network.edges:
            found.setdefault(edge.taker.key, []).append(edge)
        return found

    @cached_property
    def holders(self) -> Holders:
        """Who is shown with what."""
        return Holders(self.network, self.kinship)

    @cached_property
    def rivals(self) -> dict[str, Edge]:
        """An edge of every stated incident, for those in conflict with it."""
        return {edge.incident_id: edge for edge in self.network.edges if edge.incident_id}


def _excludes(one: Edge, other: Edge) -> bool:
    """Return whether two edges in conflict exclude each other: a giver may supply two takers."""
    lawful = one.mode in _LAWFUL_MODES and other.mode in _LAWFUL_MODES
    return one.taker.key == other.taker.key or not lawful


def find_routes(
    search: Search, weapon: Party, holder: Party, at: date | None, seen: float
) -> tuple[Route, ...]:
    """Return the routes by which the weapon may have come to the holder, most probable first.

    Args:
        search: the network and kinship to look in.
        weapon: the weapon seen.
        holder: who was seen with it.
        at: the day it was seen; None sets no limit.
        seen: chance that the sighting is right; the routes share no more than this.
    """
    first = _State(seen, 1.0, holder, at or date.max, weapon, (), frozenset({holder.key}))
    waiting = [(-seen, 0, first)]
    found: list[Route] = []
    made = 0
    while waiting and made < MOST_STATES:
        _, _, state = heapq.heappop(waiting)
        routes, onward = _advance(state, search)
        found += routes
        for further in onward:
            made += 1
            heapq.heappush(waiting, (-further.mass, made, further))
    return tuple(sorted(found, key=_rank))


def _rank(route: Route) -> tuple[float, tuple[str, ...]]:
    return -route.share, tuple(leg.edge.key for leg in route.legs)


def _advance(state: _State, search: Search) -> tuple[list[Route], list[_State]]:
    """Return the routes that begin at the state's holder, and the states one step further back."""
    legs = list(_usable(state, search))
    weights = [_pull(leg, state, search) for leg in legs]
    start, root = _root(state, search)
    unreported = search.priors["unreported"]
    total = sum(weights) + root + unreported or 1.0
    routes = list(_endings(state, search, start, root / total))
    if not start:
        left = state.mass * unreported / total * _none_of(legs)
        routes += _endings(state, search, "", left / state.mass)
    onward = [
        further
        for leg, weight in zip(legs, weights, strict=True)
        if (further := _step_back(state, leg, weight / total, search)).mass >= SMALLEST
    ]
    return routes, onward


def _none_of(legs: Iterable[Leg]) -> float:
    missed = 1.0
    for leg in legs:
        missed *= 1 - leg.chance
    return missed


def _usable(state: _State, search: Search) -> Iterator[Leg]:
    """Yield the ways into the holder.

    None leads on into a kind of actor ("some rebels"): two reports of one need not mean the same.
    """
    if state.legs and search.kinship.standing(state.holder) in (Standing.KIND, Standing.NOBODY):
        return
    for edge, fit in search.into(state.holder):
        if edge.earliest > state.deadline or edge.giver.key in state.visited:
            continue
        covers = search.kinship.covers(edge.weapon, state.weapon)
        chance = search.chance(edge) * fit * covers
        if chance > 0:
            yield Leg(edge, state.holder, chance, fit)


def _pull(leg: Leg, state: _State, search: Search) -> float:
    """Return how strongly a way competes with the others into the same holder.

    Its chance is set against its own doubt, since accounts of how one holder came by one weapon
    mostly exclude each other: p / (1 - k p), with k the prior "accounts:exclusive".
    """
    doubt = max(1 - search.priors["accounts:exclusive"] * leg.chance, LEAST_DOUBT)
    return leg.chance / doubt * leg.edge.weight(search.priors) * _recency(leg.edge, state, search)


def _recency(edge: Edge, state: _State, search: Search) -> float:
    """Return how much less an old step counts: half after each half-life before the next step."""
    if edge.end is None or state.deadline == date.max:
        return search.priors["recency:undated"]
    days = max(0, (state.deadline - edge.end).days)
    return float(0.5 ** (days / search.priors["recency:half-life"]))


def _step_back(state: _State, leg: Leg, share: float, search: Search) -> _State:
    giver = leg.edge.giver
    return _State(
        mass=state.mass * share,
        weakest=min(state.weakest, leg.chance),
        holder=giver,
        deadline=min(state.deadline, leg.edge.latest),
        weapon=search.kinship.narrower(leg.edge.weapon, state.weapon),
        legs=(leg, *state.legs),
        visited=state.visited | {giver.key},
    )


def _endings(state: _State, search: Search, start: str, share: float) -> Iterator[Route]:
    if share <= 0 or (not state.legs and start != "maker"):
        return
    mass = state.mass * share
    if not start:
        mass *= search.priors["open"] * search.held(state.holder, state.weapon, state.deadline)
    if mass >= SMALLEST:
        yield Route(state.legs, min(mass, state.weakest), start, state.holder)


def _root(state: _State, search: Search) -> tuple[str, float]:
    """Return what makes the holder a lawful beginning, and its weight beside the ways in."""
    made = _made_by(state, search)
    if made > 0:
        return "maker", made * search.priors["root:maker"]
    standing = search.kinship.standing(state.holder)
    lawful = bool(state.legs) and state.legs[0].edge.mode.removeprefix("planned ") in _LAWFUL_MODES
    if not lawful or standing in (Standing.ARMED, Standing.NOBODY, Standing.KIND):
        return "", 0.0
    if standing is Standing.UNTOLD:
        received = search.network.receivers.get(state.holder.key, 0.0)
        weight = search.priors["root:supplier"] * (1 - received)
        return ("supplier", weight) if received < LIKELY else ("", 0.0)
    return "state", search.priors["root:state"]


def _made_by(state: _State, search: Search) -> float:
    """Return the chance that the holder makes the weapon: by a claim of origin, or the register."""
    kinship = search.kinship
    missed = 1.0
    for made in search.network.makings:
        if kinship.same_family(made.maker, state.holder):
            missed *= 1 - made.chance * kinship.covers(made.weapon, state.weapon)
    claimed = 1 - missed
    weapon, actor = kinship.entity(state.weapon), kinship.entity(state.holder)
    if weapon is None or actor is None or kinship.standing(state.holder) is not Standing.STATE:
        return claimed
    return max(claimed, _registered(search, weapon, actor))


def _registered(search: Search, weapon: Entity, actor: Entity) -> float:
    shared = set(weapon.countries) & set(actor.countries)
    return search.priors["origin:register"] if shared else 0.0
