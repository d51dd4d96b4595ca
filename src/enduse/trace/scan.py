"""Best routes through networks of millions of dated transfers.

In: arrays of transfers: giver, taker, first and last possible day, chance. Out: for every actor
its most probable time-respecting route from the suppliers, the k best, or the best routes to one
holder without meeting an actor twice. Refused: a transfer that ends before it starts; k best
walks over transfers of more than one day, for which no one order is right.

A transfer dated [first, last] can follow another if a day fits both; transfers of one day may
follow each other in any order, except for the k best, where they follow in the order given.
Chances multiply along a route. Numba compiles the loops when they are first needed.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enduse.errors import MisuseError
from enduse.trace.kernels import compiled


@dataclass(frozen=True, slots=True)
class Transfers:
    """Transfers sorted by first possible day; days are whole numbers from any one origin.

    Attributes:
        given_as: for each transfer its place in what was given.
        begin, out: the transfers that actor a makes are out[begin[a] : begin[a + 1]], by day.
        widest: the longest time between a first and a last day, in days.
    """

    giver: NDArray[np.int32]
    taker: NDArray[np.int32]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    chance: NDArray[np.float32]
    given_as: NDArray[np.int64]
    begin: NDArray[np.int64]
    out: NDArray[np.int32]
    widest: int

    @property
    def actors(self) -> int:
        """How many actors there are."""
        return self.begin.size - 1


@dataclass(frozen=True, slots=True)
class Routes:
    """The best route to every actor, or the k best.

    Attributes:
        chance: chance of the best route to each actor, 0 where there is none; for the k best a
            row an actor, best first.
        label, by, before: for reading routes back.
    """

    transfers: Transfers
    chance: NDArray[np.float32]
    label: NDArray[np.int32]
    by: NDArray[np.int32]
    before: NDArray[np.int32]

    def route(self, actor: int, rank: int = 0) -> tuple[int, ...]:
        """Return the transfers of a route, first to last, by their place in what was given."""
        at = int(self.label[actor] if self.label.ndim == 1 else self.label[actor, rank])
        found = []
        while at >= 0:
            found.append(int(self.transfers.given_as[self.by[at]]))
            at = int(self.before[at])
        return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class SimpleRoutes:
    """The best routes to one holder that meet no actor twice, most probable first.

    Attributes:
        routes: transfers of each route, first to last, by their place in what was given.
        chances: chance of each route.
        whole: False where the search stopped at its limit and routes may be missing.
    """

    routes: tuple[tuple[int, ...], ...]
    chances: tuple[float, ...]
    whole: bool


def sort_transfers(
    giver: ArrayLike,
    taker: ArrayLike,
    days: tuple[ArrayLike, ArrayLike],
    chance: ArrayLike,
    actors: int,
) -> Transfers:
    """Return the transfers sorted by first day and indexed by giver.

    >>> two = sort_transfers([1, 0], [2, 1], ([9, 3], [9, 3]), [0.5, 0.8], 3)
    >>> two.giver.tolist(), two.given_as.tolist()
    ([0, 1], [1, 0])

    Args:
        giver: who gives, as a whole number from 0.
        taker: who takes.
        days: first and last possible day.
        chance: chance of each transfer, 0 to 1.
        actors: how many actors there are.

    Raises:
        MisuseError: a transfer ends before it starts, or the arrays differ in length.
    """
    first, last = (np.asarray(side, np.int32) for side in days)
    givers, takers = np.asarray(giver, np.int32), np.asarray(taker, np.int32)
    chances = np.asarray(chance, np.float32)
    if len({part.size for part in (givers, takers, first, last, chances)}) > 1:
        raise MisuseError("the arrays of transfers differ in length")
    if bool(np.any(last < first)):
        raise MisuseError(
            "a transfer ends before it starts",
            place=f"transfer {int(np.argmax(last < first))}",
            next_step="Give the first possible day first",
        )
    order = np.argsort(first, kind="stable")
    givers = givers[order]
    begin = np.zeros(actors + 1, np.int64)
    np.cumsum(np.bincount(givers, minlength=actors), out=begin[1:])
    return Transfers(
        givers,
        takers[order],
        first[order],
        last[order],
        chances[order],
        order,
        begin,
        np.argsort(givers, kind="stable").astype(np.int32),
        int((last - first).max(initial=0)),
    )


def find_best_routes(transfers: Transfers, suppliers: Sequence[int]) -> Routes:
    """Return the most probable route from any of the suppliers to every actor, in one pass.

    >>> two = sort_transfers([0, 1], [1, 2], ([3, 9], [3, 9]), [0.5, 0.5], 3)
    >>> routes = find_best_routes(two, [0])
    >>> routes.chance.tolist(), routes.route(2)
    ([1.0, 0.5, 0.25], (0, 1))
    """
    best, label, by, before = compiled("settle_best")(
        transfers.giver,
        transfers.taker,
        transfers.first,
        transfers.last,
        transfers.chance,
        transfers.begin,
        transfers.out,
        np.asarray(suppliers, np.int32),
        transfers.widest,
    )
    return Routes(transfers, best, label, by, before)


def find_k_best_routes(transfers: Transfers, suppliers: Sequence[int], k: int) -> Routes:
    """Return the k most probable walks from any of the suppliers to every actor.

    Raises:
        MisuseError: a transfer may lie on more than one day.
    """
    if transfers.widest > 0:
        raise MisuseError(
            "the k best walks need transfers of one day each",
            next_step="Use find_simple_routes for one holder, which takes intervals",
        )
    best, label, by, before = compiled("settle_k_best")(
        transfers.giver,
        transfers.taker,
        transfers.chance,
        transfers.actors,
        np.asarray(suppliers, np.int32),
        k,
    )
    return Routes(transfers, best, label, by, before)


def find_simple_routes(
    transfers: Transfers,
    suppliers: Sequence[int],
    holder: int,
    k: int,
    limit: int = 200_000,
    back: Transfers | None = None,
) -> SimpleRoutes:
    """Return the k best routes to one holder on which no actor stands twice.

    A scan back from the holder bounds what any beginning can still reach, so that routes are
    found best first and few beginnings are looked at.

    Args:
        transfers: the network.
        suppliers: where routes may begin.
        holder: where they end.
        k: how many at most.
        limit: how many beginnings to look at before giving up; the answer says if it was met.
        back: `turn_round(transfers)`, for those who ask more than once.
    """
    onward = find_best_routes(turn_round(transfers) if back is None else back, [holder]).chance
    waiting: list[tuple[float, int, float, int, tuple[int, ...]]] = []
    made = 0
    for supplier in sorted(set(suppliers)):
        if onward[supplier] > 0 and supplier != holder:
            heapq.heappush(waiting, (-float(onward[supplier]), made, 1.0, -(2**31), (supplier,)))
            made += 1
    paths: dict[int, tuple[int, ...]] = dict.fromkeys(range(made), ())
    routes: list[tuple[int, ...]] = []
    chances: list[float] = []
    while waiting and len(routes) < k and made < limit:
        _, name, chance, day, actors = heapq.heappop(waiting)
        path = paths.pop(name)
        if actors[-1] == holder:
            routes.append(tuple(int(transfers.given_as[at]) for at in path))
            chances.append(chance)
            continue
        for at, gained, arrival in _steps(transfers, actors, chance, day):
            taker = int(transfers.taker[at])
            bound = gained * float(onward[taker])
            if bound > 0:
                paths[made] = (*path, at)
                heapq.heappush(waiting, (-bound, made, gained, arrival, (*actors, taker)))
                made += 1
    return SimpleRoutes(tuple(routes), tuple(chances), made < limit)


def _steps(
    transfers: Transfers, actors: tuple[int, ...], chance: float, day: int
) -> Iterator[tuple[int, float, int]]:
    """Yield each transfer that may come next, the chance then, and the day of arrival."""
    begin, end = transfers.begin[actors[-1]], transfers.begin[actors[-1] + 1]
    for at in transfers.out[begin:end].tolist():
        if transfers.last[at] >= day and int(transfers.taker[at]) not in actors:
            yield at, chance * float(transfers.chance[at]), max(day, int(transfers.first[at]))


def turn_round(transfers: Transfers) -> Transfers:
    """Return the network with takers as givers and time running back.

    >>> one = sort_transfers([0], [1], ([3], [9]), [0.5], 2)
    >>> back = turn_round(one)
    >>> back.giver.tolist(), back.first.tolist(), back.last.tolist()
    ([1], [-9], [-3])
    """
    return sort_transfers(
        transfers.taker,
        transfers.giver,
        (-transfers.last, -transfers.first),
        transfers.chance,
        transfers.actors,
    )
