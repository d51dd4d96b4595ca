"""The inner loops of the scan, plain functions over arrays that numba compiles when first needed.

In: arrays of transfers sorted by first possible day, and the out-transfers of each actor. Out:
arrays. Each function also runs uncompiled, which is how the tests compare both.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Days = NDArray[np.int32]
    Ids = NDArray[np.int32]
    Chances = NDArray[np.float32]
    Places = NDArray[np.int64]


@cache
def compiled(name: str) -> Callable[..., Any]:
    """Return the kernel of that name, compiled; numba is imported at the first call."""
    import numba  # noqa: PLC0415 - seconds of start-up that small cases never need

    kernel: Callable[..., Any] = numba.njit(nogil=True)(KERNELS[name])
    return kernel


def settle_best(  # noqa: C901, PLR0913, PLR0915, PLR0917 - one loop, kept whole
    giver: Ids,
    taker: Ids,
    first: Days,
    last: Days,
    chance: Chances,
    begin: Places,
    out: Ids,
    seeds: Ids,
    widest: int,
) -> tuple[Chances, Ids, Ids, Ids]:
    """Return the best chance of every actor, its label, and the labels (transfer, label before).

    Transfers are taken in the order of their first day. One whose giver improves later, while it
    is still possible, is taken again: only those can change, so each day's work is small.

    Args:
        giver: who gives, transfer by transfer, sorted by first day.
        taker: who takes.
        first: the first possible day.
        last: the last possible day.
        chance: chance of each transfer.
        begin: for each actor, where its transfers begin in `out`.
        out: transfers by giver, then by first day.
        seeds: actors that hold the weapon from the start, at chance 1.
        widest: the longest time between first and last day.
    """
    actors = begin.size - 1
    best = np.zeros(actors, np.float32)
    label = np.full(actors, -1, np.int32)
    room = 1 << 12
    by = np.empty(room, np.int32)
    before = np.empty(room, np.int32)
    made = 0
    queue = np.empty(1 << 10, np.int32)
    for seed in seeds:
        best[seed] = 1.0
    for at in range(giver.size):
        gained = best[giver[at]] * chance[at]
        if gained <= best[taker[at]]:
            continue
        day = first[at]
        waiting = 1
        queue[0] = at
        while waiting > 0:
            waiting -= 1
            transfer = queue[waiting]
            source, target = giver[transfer], taker[transfer]
            gained = best[source] * chance[transfer]
            if gained <= best[target]:
                continue
            best[target] = gained
            if made == room:
                room *= 2
                longer = np.empty(room, np.int32)
                longer[:made] = by
                by = longer
                longer = np.empty(room, np.int32)
                longer[:made] = before
                before = longer
            by[made] = transfer
            before[made] = label[source]
            label[target] = made
            made += 1
            low, high = begin[target], begin[target + 1]
            start = low
            while low < high:
                middle = (low + high) // 2
                if first[out[middle]] < day - widest:
                    low = middle + 1
                else:
                    high = middle
            place = max(low, start)
            end = begin[target + 1]
            while place < end and first[out[place]] <= day and out[place] <= at:
                onward = out[place]
                place += 1
                if last[onward] >= day and gained * chance[onward] > best[taker[onward]]:
                    if waiting == queue.size:
                        wider = np.empty(queue.size * 2, np.int32)
                        wider[:waiting] = queue
                        queue = wider
                    queue[waiting] = onward
                    waiting += 1
    return best, label, by[:made], before[:made]


def settle_k_best(
    giver: Ids, taker: Ids, chance: Chances, actors: int, seeds: Ids, count: int
) -> tuple[NDArray[np.float32], NDArray[np.int32], Ids, Ids]:
    """Return the best chances of every actor, their labels, and the labels (transfer, before).

    Exact for walks over transfers of one day each: their order is an order of the network
    unrolled in time. A transfer offers its giver's labels, best first, and stops at the first
    that does not enter its taker's.
    """
    best = np.zeros((actors, count), np.float32)
    label = np.full((actors, count), -1, np.int32)
    room = 1 << 12
    by = np.empty(room, np.int32)
    before = np.empty(room, np.int32)
    made = 0
    for seed in seeds:
        best[seed, 0] = 1.0
    for at in range(giver.size):
        source, target = giver[at], taker[at]
        if source == target:
            continue
        for rank in range(count):
            gained = best[source, rank] * chance[at]
            if gained <= best[target, count - 1]:
                break
            if made == room:
                room *= 2
                longer = np.empty(room, np.int32)
                longer[:made] = by
                by = longer
                longer = np.empty(room, np.int32)
                longer[:made] = before
                before = longer
            place = count - 1
            while place > 0 and best[target, place - 1] < gained:
                best[target, place] = best[target, place - 1]
                label[target, place] = label[target, place - 1]
                place -= 1
            best[target, place] = gained
            label[target, place] = made
            by[made] = at
            before[made] = label[source, rank]
            made += 1
    return best, label, by[:made], before[:made]


def read_all(giver: Ids, taker: Ids, first: Days, chance: Chances) -> tuple[int, float]:
    """Return sums over the four arrays: one pass that does nothing else, the bound of any scan."""
    total, mass = 0, 0.0
    for at in range(giver.size):
        total += giver[at] ^ taker[at] ^ first[at]
        mass += chance[at]
    return total, mass


KERNELS: dict[str, Callable[..., Any]] = {
    "settle_best": settle_best,
    "settle_k_best": settle_k_best,
    "read_all": read_all,
}
