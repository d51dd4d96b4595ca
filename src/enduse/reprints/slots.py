"""Fingerprints of many texts to postings, of those alone that stand more than once.

In: the fingerprints of all texts in flat arrays, and the order of the texts' writing. Out: the
postings, and for each fingerprint in how many texts it stands. Each hash is counted in a slot
first, so that the many which stand alone are never sorted. Memory: one byte for each of eight
times as many slots as fingerprints.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enduse.compiling import compile_kernel
from enduse.reprints.join import Numbers, Postings, postings_of
from enduse.reprints.words import Hashes

SLOTS_PER_PRINT = 8
MOST_SLOTS = 1 << 28


def start_places(counts: Iterable[Numbers]) -> Numbers:
    """Return where each of several runs begins, and where the last ends, from their lengths."""
    return np.cumsum(np.concatenate([np.zeros(1, np.int64), *counts]))


def _count_slots_plain(prints: Hashes, slots: NDArray[np.uint8], shift: np.uint64) -> None:
    """Count each hash in its slot, up to two."""
    for at in range(len(prints)):
        slot = prints[at] >> shift
        if slots[slot] < 2:  # noqa: PLR2004 - two is enough to know that it is not alone
            slots[slot] += 1


_count_slots: Any = compile_kernel(_count_slots_plain)


def _list_repeated_plain(
    prints: Hashes, table: tuple[NDArray[np.uint8], np.uint64], starts: Any, order: Any, out: Any
) -> int:
    """Write the places of the hashes that stand in a slot with another, by number of text.

    Returns:
        How many there are.
    """
    slots, shift = table
    places, texts = out
    used = 0
    for number in range(len(order)):
        for at in range(starts[order[number]], starts[order[number] + 1]):
            if slots[prints[at] >> shift] > 1:
                places[used], texts[used] = at, number
                used += 1
    return used


_list_repeated: Any = compile_kernel(_list_repeated_plain)


def post_ordered(prints: Hashes, starts: Numbers, order: Numbers) -> tuple[Postings, Numbers]:
    """Return the postings of repeated hashes, and for each fingerprint its count of texts.

    Args:
        prints: the fingerprints of all documents, each document's in order of place.
        starts: where those of each document begin, and where the last end.
        order: the documents in order of writing, by which the postings number them; one that is
            left out has no part in anything.

    The count is 0 for a hash that its text bears already at an earlier place.
    """
    at, texts = _find_repeated(prints, starts, order)
    by_hash = np.argsort(prints[at], kind="stable")
    at, texts = at[by_hash], texts[by_hash]
    hashes = prints[at]
    again = np.zeros(len(at), np.bool_)
    again[1:] = (hashes[1:] == hashes[:-1]) & (texts[1:] == texts[:-1])
    bearers = np.ones(len(prints), np.int64)
    bearers[at[again]] = 0
    postings = postings_of(hashes[~again], texts[~again], len(order))
    bearers[at[~again]] = postings.counts
    sizes = np.diff(starts)[order] - np.bincount(texts[again], minlength=len(order))
    return replace(postings, sizes=sizes), bearers


def _find_repeated(prints: Hashes, starts: Numbers, order: Numbers) -> tuple[Numbers, Numbers]:
    """Return the places of the hashes that may stand more than once, and their texts' numbers."""
    slots = min(MOST_SLOTS, max(256, SLOTS_PER_PRINT * len(prints)))
    bits = int(slots).bit_length() - 1
    table = np.zeros(1 << bits, np.uint8), np.uint64(64 - bits)
    _count_slots(prints, *table)
    # no memory is taken for what is not written to
    places, texts = np.empty(len(prints), np.int64), np.empty(len(prints), np.int64)
    used = _list_repeated(prints, table, starts, order, (places, texts))
    return places[:used].copy(), texts[:used].copy()
