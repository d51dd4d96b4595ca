"""Fingerprints of many texts to the pairs of texts worth aligning.

In: the fingerprints of all texts, texts numbered in the order of their writing. Out: pairs of
numbers, and for each fingerprint in how many texts it stands. A fingerprint of more texts than
`most_documents` is common: it is kept and counted, but pairs only with the first texts that bear
it, and such a pair counts only if common words are much of a text, as in a story printed by
fifty papers; otherwise it is boilerplate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enduse.reprints.options import ReprintOptions
from enduse.reprints.words import Hashes

COMMON_PART = 0.4
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Postings:
    """All fingerprints, sorted by hash and then text.

    Attributes:
        hashes: the gram hashes, sorted.
        texts: the number of the text of each.
        starts: for each, where the run of its hash begins.
        counts: for each, the length of that run: in how many texts its hash stands.
        sizes: fingerprints of each text.
    """

    hashes: Hashes
    texts: Numbers
    starts: Numbers
    counts: Numbers
    sizes: Numbers


def post(hashes: Hashes, texts: Numbers, size: int) -> Postings:
    """Return the postings of fingerprints given with their texts' numbers, 0 to size - 1.

    >>> found = post(np.array([9, 5, 9], np.uint64), np.array([0, 1, 1]), 2)
    >>> found.texts.tolist(), found.counts.tolist()
    ([1, 0, 1], [1, 2, 2])
    """
    order = np.lexsort((texts, hashes))
    return postings_of(hashes[order], texts[order], size)


def postings_of(hashes: Hashes, texts: Numbers, size: int) -> Postings:
    """Return the postings of fingerprints that are already sorted by hash and text."""
    first = np.ones(len(hashes), np.bool_)
    first[1:] = hashes[1:] != hashes[:-1]
    heads = np.flatnonzero(first)
    lengths = np.diff(np.append(heads, len(hashes)))
    return Postings(
        hashes,
        texts,
        np.repeat(heads, lengths),
        np.repeat(lengths, lengths),
        np.bincount(texts, minlength=size),
    )


def find_pairs(postings: Postings, options: ReprintOptions, *, loose: bool = False) -> Numbers:
    """Return the pairs worth aligning: rows (earlier text, later text), sorted.

    With `loose`, also those that may become so when further texts make rare words common.
    """
    rare = postings.counts <= options.most_documents
    pairs, counts = _count_pairs(postings, rare, options.most_documents)
    kept = [pairs[counts >= options.seeds]]
    chosen = np.ones_like(rare) if loose else ~rare
    pairs, counts = _count_pairs(postings, chosen, options.most_documents)
    least = np.minimum(postings.sizes[pairs[:, 0]], postings.sizes[pairs[:, 1]])
    enough = counts >= np.maximum(COMMON_PART * least, options.seeds)
    kept.append(pairs[enough])
    return np.unique(np.concatenate(kept), axis=0)


def _count_pairs(
    postings: Postings, chosen: NDArray[np.bool_], most: int
) -> tuple[Numbers, Numbers]:
    """Return the pairs of a text and one of the first `most` texts with the same hash."""
    at = np.flatnonzero(chosen & (postings.counts > 1))
    rank = at - postings.starts[at]
    keys = []
    for place in range(min(most, int(rank.max(initial=0)))):
        later = at[rank > place]
        earlier = postings.starts[later] + place
        keys.append((postings.texts[earlier] << 32) | postings.texts[later])
    found, counts = np.unique(np.concatenate([*keys, np.zeros(0, np.int64)]), return_counts=True)
    return np.column_stack([found >> 32, found & 0xFFFF_FFFF]), counts
