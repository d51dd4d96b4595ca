"""Words to winnowed fingerprints.

In: the words of a text. Out: some of its word-gram hashes with their places, chosen so that any
shared run of `gram + window - 1` words leaves a shared fingerprint (Schleimer, Wilkerson and
Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enduse.reprints.options import ReprintOptions
from enduse.reprints.words import Codes, Hashes, Places, hash_grams


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Distinct gram hashes of one text, and the word at which each first stands, in order."""

    hashes: Hashes
    places: Places


def take_fingerprints(words: Codes, options: ReprintOptions) -> Fingerprints:
    """Return the winnowed fingerprints of a text, each hash once, at its first place.

    >>> options = ReprintOptions(gram=2, window=2)
    >>> words = np.array([1, 2, 3, 1, 2, 3, 1, 2], np.uint32)
    >>> found = take_fingerprints(words, options)
    >>> len(found.hashes) == len(set(found.hashes.tolist()))
    True
    """
    grams = hash_grams(words, options.gram)
    kept = winnow(grams, options.window)
    _, first = np.unique(grams[kept], return_index=True)
    kept = kept[np.sort(first)]
    return Fingerprints(grams[kept], kept.astype(np.int32))


def winnow(grams: Hashes, window: int) -> NDArray[np.intp]:
    """Return the places of the least hash of every window, the rightmost where equal.

    >>> [int(i) for i in winnow(np.array([5, 1, 4, 9, 2, 2], np.uint64), 3)]
    [1, 4, 5]
    """
    if not len(grams):
        return np.zeros(0, np.intp)
    window = min(window, len(grams))
    views = np.lib.stride_tricks.sliding_window_view(grams, window)[:, ::-1]
    places = np.arange(len(views)) + window - 1 - views.argmin(axis=1)
    return np.unique(places)
