"""Runs a pure function over many inputs: in this process, or in several."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")

_AHEAD = 4
"""Inputs handed out ahead for each process: keeps them busy and memory bounded."""

_WORTH = 32
"""Documents from which on several processes gain more than their start costs."""


def run_over(
    task: Callable[[In], Out],
    inputs: Iterable[In],
    workers: int = 1,
    prepare: Callable[[], None] | None = None,
    least: int = _WORTH,
) -> Iterator[Out]:
    """Yield task(input) for each input, in order, holding only a few at a time.

    Args:
        task: a module-level function of one value.
        inputs: read lazily.
        workers: processes; 1 runs here.
        prepare: run once in each process before its first input.
        least: with fewer inputs than this all run here, for processes take a while to start.

    >>> list(run_over(abs, [-2, 3]))
    [2, 3]
    """
    inputs = iter(inputs)
    first = list(islice(inputs, least)) if workers > 1 else []
    inputs = chain(first, inputs)
    if workers <= 1 or len(first) < least:
        if prepare is not None:
            prepare()
        yield from map(task, inputs)
        return
    waiting: deque[Future[Out]] = deque()
    with ProcessPoolExecutor(workers, initializer=prepare) as pool:
        for value in inputs:
            waiting.append(pool.submit(task, value))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
