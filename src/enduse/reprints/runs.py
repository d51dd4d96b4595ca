"""Fingerprints in sorted runs that are merged as they grow.

In: hashes with the numbers of their texts. Out: which texts bear a hash. Each run is at least
twice as long as the next, so that a hundred thousand texts stand in some seventeen runs and each
fingerprint is moved as often (a log-structured merge, after O'Neil et al., 1996).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from enduse.reprints.join import Numbers
from enduse.reprints.words import Hashes


@dataclass(frozen=True, slots=True)
class Run:
    """Hashes in order, each with the number of its text."""

    hashes: Hashes
    numbers: Numbers

    @classmethod
    def of(cls, hashes: Hashes, numbers: Numbers) -> Run:
        """Return a run of fingerprints that come in any order."""
        order = np.argsort(hashes, kind="stable")
        return cls(hashes[order], numbers[order])


class SortedRuns:
    """All fingerprints taken so far."""

    def __init__(self, runs: Iterable[Run] = ()) -> None:
        """Hold runs that were taken earlier, longest first."""
        self._runs = list(runs)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs, longest first."""
        return tuple(self._runs)

    def add(self, hashes: Hashes, numbers: Numbers) -> None:
        """Take fingerprints, and merge runs that have become too alike in length."""
        if not len(hashes):
            return
        run = Run.of(hashes, numbers)
        while self._runs and len(self._runs[-1].hashes) < 2 * len(run.hashes):
            last = self._runs.pop()
            run = Run.of(
                np.concatenate([last.hashes, run.hashes]),
                np.concatenate([last.numbers, run.numbers]),
            )
        self._runs.append(run)

    def find(self, hashes: Hashes) -> tuple[list[tuple[Numbers, Numbers]], Numbers]:
        """Return where each hash stands in each run, and how many texts bear it.

        >>> runs = SortedRuns()
        >>> runs.add(np.array([3, 5], np.uint64), np.array([0, 0]))
        >>> runs.add(np.array([5], np.uint64), np.array([1]))
        >>> runs.find(np.array([3, 4, 5], np.uint64))[1].tolist()
        [1, 0, 2]
        """
        places = [
            (
                np.searchsorted(run.hashes, hashes, "left"),
                np.searchsorted(run.hashes, hashes, "right"),
            )
            for run in self._runs
        ]
        counts = np.zeros(len(hashes), np.int64)
        for low, high in places:
            counts += high - low
        return places, counts

    def numbers_at(self, places: list[tuple[Numbers, Numbers]], at: int) -> Numbers:
        """Return the texts that bear the hash which `find` was given at this place."""
        parts = [
            run.numbers[low[at] : high[at]]
            for run, (low, high) in zip(self._runs, places, strict=True)
        ]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    def numbers_of(self, print_: int) -> list[int]:
        """Return the texts that bear the hash."""
        places, _ = self.find(np.array([print_], np.uint64))
        return [int(number) for number in self.numbers_at(places, 0)]
