"""The two hashes by which the network finds the rows of a word's features.

In: strings; 64-bit keys with a seed. Out: 64-bit keys; four row numbers a key. Refused: nothing.

MurmurHash64A and MurmurHash3_x64_128 of Appleby (public domain); the network was trained with
these, so others would find other rows.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_MASK = (1 << 64) - 1
_MUL = 0xC6A4A7935BD1E995
_C = (0x87C37B91114253D5, 0x4CF5AD432745937F)
_MIX = (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53)
_HALF = 0xFFFFFFFF
_BYTES = 8


@lru_cache(maxsize=1 << 16)
def hash_string(text: str) -> int:
    """Return the 64-bit key of a string, 0 for the empty one.

    >>> hash_string("coffee")
    3197928453018144401
    """
    data = text.encode()
    if not data:
        return 0
    h = (1 ^ (len(data) * _MUL)) & _MASK
    whole = len(data) - len(data) % _BYTES
    for first, last in pairwise(range(0, whole + 1, _BYTES)):
        k = (int.from_bytes(data[first:last], "little") * _MUL) & _MASK
        k = ((k ^ (k >> 47)) * _MUL) & _MASK
        h = ((h ^ k) * _MUL) & _MASK
    if whole < len(data):
        h = ((h ^ int.from_bytes(data[whole:], "little")) * _MUL) & _MASK
    h = ((h ^ (h >> 47)) * _MUL) & _MASK
    return h ^ (h >> 47)


def hash_rows(keys: NDArray[np.uint64], seed: int, rows: int) -> NDArray[np.int64]:
    """Return four row numbers below `rows` for each key: (keys, 4)."""
    start = np.uint64(seed ^ _BYTES)
    first = keys * np.uint64(_C[0])
    first = (first << np.uint64(31)) | (first >> np.uint64(33))
    first = (first * np.uint64(_C[1])) ^ start
    first = first + start
    second = _finish(first + start)
    first = _finish(first) + second
    second = second + first
    halves = [part for h in (first, second) for part in (h & np.uint64(_HALF), h >> np.uint64(32))]
    return (np.stack(halves, axis=1) % np.uint64(rows)).astype(np.int64)


def _finish(h: NDArray[np.uint64]) -> NDArray[np.uint64]:
    h = (h ^ (h >> np.uint64(33))) * np.uint64(_MIX[0])
    h = (h ^ (h >> np.uint64(33))) * np.uint64(_MIX[1])
    return h ^ (h >> np.uint64(33))
