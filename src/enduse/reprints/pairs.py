"""Pairs of numbered texts, many of them in little memory: 8 bytes each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from enduse.reprints.join import Numbers

Pair = tuple[int, int]
_HALF = 32
_LOW = (1 << _HALF) - 1


class PairSet:
    """A set of pairs (lower number, higher number); most of it a sorted array.

    >>> pairs = PairSet()
    >>> pairs.add([(1, 4), (0, 4)])
    >>> pairs.known([(0, 4), (0, 1)]), list(pairs)
    ({(0, 4)}, [(0, 4), (1, 4)])
    """

    def __init__(self, packed: Numbers | None = None) -> None:
        """Hold the pairs that `packed` gave."""
        self._packed = np.zeros(0, np.int64) if packed is None else packed
        self._fresh: set[int] = set()

    @classmethod
    def of(cls, rows: Numbers) -> PairSet:
        """Return the set of rows (one number, another), in either order."""
        low, high = rows.min(axis=1, initial=1 << 31), rows.max(axis=1, initial=0)
        return cls(np.unique((low << _HALF) | high))

    def __iter__(self) -> Iterator[Pair]:
        """Yield all pairs, in order."""
        return map(_unpack, self.packed().tolist())

    def packed(self) -> Numbers:
        """Return all pairs as one sorted array, the lower number in the upper half of each."""
        if self._fresh:
            fresh = np.fromiter(self._fresh, np.int64, len(self._fresh))
            self._packed = np.union1d(self._packed, fresh)
            self._fresh = set()
        return self._packed

    def add(self, pairs: Iterable[Pair]) -> None:
        """Take the pairs."""
        self._fresh |= {_pack(pair) for pair in pairs}

    def known(self, pairs: Iterable[Pair]) -> set[Pair]:
        """Return those of the pairs that are in the set."""
        asked = np.array(sorted({_pack(pair) for pair in pairs}), np.int64)
        if not len(asked):
            return set()
        at = np.searchsorted(self._packed, asked)
        inside = np.zeros(len(asked), np.bool_)
        within = at < len(self._packed)
        inside[within] = self._packed[at[within]] == asked[within]
        old = asked[inside].tolist()
        return {_unpack(each) for each in (*old, *(self._fresh & set(asked.tolist())))}

    def with_any(self, numbers: set[int]) -> set[Pair]:
        """Return the pairs that one of the numbers has a part in."""
        if not numbers:
            return set()
        wanted = np.array(sorted(numbers), np.int64)
        packed = self._packed
        held = np.isin(packed >> _HALF, wanted) | np.isin(packed & _LOW, wanted)
        fresh = map(_unpack, self._fresh)
        return {*map(_unpack, packed[held].tolist()), *(p for p in fresh if numbers & set(p))}


def _pack(pair: Pair) -> int:
    return (min(pair) << _HALF) | max(pair)


def _unpack(packed: int) -> Pair:
    return packed >> _HALF, packed & _LOW
