"""Two texts to the passages they share.

In: the word hashes of two texts. Out: passages, as word ranges in both with the count of words
that match in order. Short runs of equal words are found first and then chained over gaps, so
that a changed word, a dropped clause or a misread letter ends no passage. A gap costs more the
longer it is, so that phrases common to a topic do not chain (local alignment with affine gaps
over exact runs, as in seed-chain-extend aligners).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enduse.reprints.words import Codes, sum_grams

RUN = 3
MOST_PLACES = 8
LARGEST_GAP = 16
LARGEST_SHIFT = 8
LOOK_BACK = 48
GAP_COST = 0.25
SHIFT_COST = 0.25


@dataclass(frozen=True, slots=True)
class Passage:
    """Words left_start to left_end of one text stand at right_start to right_end of the other.

    `matched` counts the equal words in order; the rest of both ranges differs.
    """

    left_start: int
    left_end: int
    right_start: int
    right_end: int
    matched: int

    @property
    def length(self) -> int:
        """The longer of the two ranges, in words."""
        return max(self.left_end - self.left_start, self.right_end - self.right_start)

    @property
    def flipped(self) -> Passage:
        """The same passage with the two texts changed about."""
        return Passage(
            self.right_start, self.right_end, self.left_start, self.left_end, self.matched
        )

    @property
    def density(self) -> float:
        """Part of the longer range that matches word by word, 0 to 1."""
        return self.matched / self.length


def align(left: Codes, right: Codes, least: int) -> tuple[Passage, ...]:
    """Return the shared passages of at least `least` matched words, in order of the left text.

    >>> one = np.arange(40, dtype=np.uint32)
    >>> other = np.concatenate([np.arange(90, 95), one[10:30]]).astype(np.uint32)
    >>> align(one, other, least=8)
    (Passage(left_start=10, left_end=30, right_start=5, right_end=25, matched=20),)
    """
    runs = find_runs(left, right)
    chains = _chain(runs.tolist())
    passages = [_passage(chain) for chain in chains]
    return tuple(sorted((p for p in passages if p.matched >= least), key=_order))


def _order(passage: Passage) -> tuple[int, int]:
    return passage.left_start, passage.right_start


def find_runs(left: Codes, right: Codes) -> NDArray[np.int64]:
    """Return the runs of three or more equal words: rows (left start, right start, length)."""
    left_places, right_places = _match_grams(left, right)
    shift = left_places - right_places
    order = np.lexsort((left_places, shift))
    left_places, shift = left_places[order], shift[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (shift[1:] != shift[:-1]) | (left_places[1:] != left_places[:-1] + 1)
    heads = np.flatnonzero(first)
    runs = np.empty((len(heads), 3), np.int64)
    runs[:, 0] = left_places[heads]
    runs[:, 1] = runs[:, 0] - shift[heads]
    runs[:-1, 2] = heads[1:] - heads[:-1]
    runs[-1:, 2] = len(order) - heads[-1:]
    runs[:, 2] += RUN - 1
    return runs[np.lexsort((runs[:, 1], runs[:, 0]))]


def _match_grams(left: Codes, right: Codes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    left_grams, right_grams = sum_grams(left, RUN), sum_grams(right, RUN)
    order = np.argsort(right_grams, kind="stable")
    ordered = right_grams[order]
    low = np.searchsorted(ordered, left_grams, "left")
    counts = np.searchsorted(ordered, left_grams, "right") - low
    held = np.flatnonzero((counts > 0) & (counts <= MOST_PLACES))
    counts = counts[held]
    places = np.repeat(held, counts)
    offsets = np.arange(len(places)) - np.repeat(counts.cumsum() - counts, counts)
    return places, order[np.repeat(low[held], counts) + offsets]


Run = list[int]


def _chain(runs: list[Run]) -> list[list[Run]]:
    """Return disjoint chains of runs, best first; a run overlapping its forerunner is cut."""
    scores: list[float] = []
    links: list[int] = []
    for index, run in enumerate(runs):
        best, link = 0.0, -1
        for before in range(index - 1, max(-1, index - LOOK_BACK - 1), -1):
            gain = scores[before] + _link_gain(runs[before], run)
            if gain > best:
                best, link = gain, before
        scores.append(best + run[2])
        links.append(link)
    return _trace_chains(runs, scores, links)


def _link_gain(before: Run, run: Run) -> float:
    """Return what joining costs, as a negative number; a prohibitive one where it cannot be."""
    left_gap = run[0] - before[0] - before[2]
    right_gap = run[1] - before[1] - before[2]
    least, most = min(left_gap, right_gap), max(left_gap, right_gap)
    if least <= -RUN or most > LARGEST_GAP or most - least > LARGEST_SHIFT:
        return -1e9
    overlap = -least if least < 0 else 0
    return -overlap - GAP_COST * max(most, 0) - SHIFT_COST * (most - least)


def _trace_chains(runs: list[Run], scores: list[float], links: list[int]) -> list[list[Run]]:
    used = [False] * len(runs)
    chains = []
    for end in sorted(range(len(runs)), key=lambda at: (-scores[at], at)):
        chain = []
        at = end
        while at >= 0 and not used[at]:
            used[at] = True
            chain.append(runs[at])
            at = links[at]
        if chain:
            chains.append(chain[::-1])
    return chains


def _passage(chain: list[Run]) -> Passage:
    matched = 0
    left_end = right_end = 0
    for left, right, length in chain:
        overlap = max(0, left_end - left, right_end - right) if matched else 0
        matched += max(0, length - overlap)
        left_end, right_end = left + length, right + length
    return Passage(chain[0][0], left_end, chain[0][1], right_end, matched)
