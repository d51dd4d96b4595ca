"""All names of one layer of the register as hash tables, and their search in a text.

In: names with what each means, or a text's words. Out: `Lexicon`, arrays that can be written to a
file and mapped back without reading them; `find_hits`, each stretch of words that is a name.
Work grows with the text, not with the number of names: one look at a small table for each word,
then one look at the sorted keys for each stretch that may be a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enduse.reference.alphabet import Alphabet, Bytes, Offsets
from enduse.reference.readings import Asks, Readings
from enduse.reference.tokens import (
    Articles,
    Hashes,
    Tokens,
    find_tokens,
    join_hashes,
)

Numbers = NDArray[np.uint32]
LONGEST = 15
KEPT_BITS = 64
LOWER = int(Asks.LOWER)


@dataclass(frozen=True)
class Lexicon:
    """Names by hash.

    Attributes:
        first: by a first word's hash: the most words a name starting so has, in the high half
            for a capital, in the low half for a small letter.
        pair: by the hash of the first two words: the most words.
        keys: the hash of each name, sorted.
        buckets: by the upper bits of a hash: where its keys start.
        groups: for each key, where its readings start; one more at the end.
        common: for each key, the flags that all its readings have, and LOWER if one may be small.
        entities, flags, needs, weights: of each reading, the likeliest first.
    """

    first: Bytes
    pair: Bytes
    keys: Hashes
    buckets: Numbers
    groups: Numbers
    common: NDArray[np.uint16]
    entities: Numbers
    flags: NDArray[np.uint16]
    needs: NDArray[np.uint16]
    weights: NDArray[np.float32]

    @cached_property
    def lower(self) -> bool:
        """Return whether any name may start with a small letter."""
        return bool((self.first & 15).any())

    def readings(self, group: int) -> range:
        """Return the numbers of the group's readings."""
        return range(int(self.groups[group]), int(self.groups[group + 1]))


@dataclass(frozen=True)
class Hits:
    """Stretches of words that are names: the first and the last word, and the name's group."""

    firsts: Offsets
    lasts: Offsets
    groups: Numbers


def shift_of(table: NDArray[np.generic]) -> np.uint64:
    """Return how far a hash is shifted to be a place in the table."""
    return np.uint64(KEPT_BITS - (len(table) - 1).bit_length())


def find_keys(lexicon: Lexicon, hashes: Hashes) -> NDArray[np.int64]:
    """Return the group of each hash, or -1."""
    found = np.full(len(hashes), -1, np.int64)
    if not len(lexicon.keys):
        return found
    slots = hashes >> np.uint64(KEPT_BITS - (len(lexicon.buckets) - 2).bit_length())
    at = lexicon.buckets[slots].astype(np.int64)
    end = lexicon.buckets[slots + np.uint64(1)].astype(np.int64)
    left = np.flatnonzero(at < end)
    while len(left):
        same = lexicon.keys[at[left]] == hashes[left]
        found[left[same]] = at[left[same]]
        left = left[~same]
        at[left] += 1
        left = left[at[left] < end[left]]
    return found


def find_hits(lexicon: Lexicon, tokens: Tokens) -> Hits:
    """Return every stretch of words that is a name of the layer, in no order."""
    firsts, most = find_firsts(lexicon, tokens)
    hashes, lasts = tokens.hashes[firsts], firsts
    parts: list[tuple[Offsets, Offsets, NDArray[np.int64]]] = []
    length = 1
    while len(firsts):
        found = find_keys(lexicon, hashes)
        hit = np.flatnonzero(found >= 0)
        parts.append((firsts[hit], lasts[hit], found[hit]))
        nexts = tokens.nexts[lasts]
        on = np.flatnonzero((most > length) & (nexts < len(tokens)))
        firsts, lasts, most = firsts[on], nexts[on], most[on]
        hashes = join_hashes(hashes[on], tokens.hashes[lasts])
        length += 1
        if length == 2:  # noqa: PLR2004
            most = np.where(
                most > length, np.maximum(lexicon.pair[hashes >> shift_of(lexicon.pair)], 2), most
            )
    if not parts:
        none = np.zeros(0, np.int32)
        return Hits(none, none, np.zeros(0, np.uint32))
    return Hits(
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]).astype(np.uint32),
    )


def find_firsts(lexicon: Lexicon, tokens: Tokens) -> tuple[Offsets, Bytes]:
    """Return the words a name may start with, and the most words such a name has."""
    if lexicon.lower:
        words = np.flatnonzero(tokens.opens)
    else:
        words = np.flatnonzero(tokens.opens & tokens.capital)
    most = lexicon.first[tokens.hashes[words] >> shift_of(lexicon.first)]
    most = np.where(tokens.capital[words], most >> 4, most & 15)
    some = np.flatnonzero(most)
    return words[some].astype(np.int32), most[some]


def make_lexicon(readings: Readings, alphabet: Alphabet, articles: Articles, bits: int) -> Lexicon:
    """Return the lexicon of the readings; names without a word and very long ones are left out.

    Args:
        readings: the readings of all names.
        alphabet: how letters fold.
        articles: words passed over inside names.
        bits: 2 to this power is the size of the table of first words.
    """
    keys, firsts, pairs, lengths = key_names(readings.names, alphabet, articles)
    kept = np.flatnonzero((lengths > 0) & (lengths <= LONGEST))
    weights = np.array(readings.weights, np.float32).round(2)
    kept = kept[np.lexsort((-weights[kept], keys[kept]))]
    distinct, starts = np.unique(keys[kept], return_index=True)
    lower = np.array(readings.lower, np.bool_)
    flags = np.array(readings.flags, np.uint16)[kept]
    common: NDArray[np.uint16] = flags
    if len(starts):
        small: NDArray[np.uint16] = (lower[kept] * np.uint16(LOWER)).astype(np.uint16)
        common = np.bitwise_or.reduceat(small, starts)
        common |= np.bitwise_and.reduceat(flags, starts)
    return Lexicon(
        first=make_first(firsts[kept], lengths[kept], lower[kept], bits),
        pair=make_pair(pairs[kept], lengths[kept], bits),
        keys=distinct,
        buckets=make_buckets(distinct),
        groups=np.append(starts, len(kept)).astype(np.uint32),
        common=common,
        entities=np.array(readings.entities, np.uint32)[kept],
        flags=flags,
        needs=np.array(readings.needs, np.uint16)[kept],
        weights=weights[kept],
    )


def key_names(
    names: Sequence[str], alphabet: Alphabet, articles: Articles
) -> tuple[Hashes, Hashes, Hashes, NDArray[np.int64]]:
    """Return the key, the first word's hash, the first two words' hash and the length of names."""
    text = "\n".join(name.replace("\n", " ") for name in names) + "\n"
    folded = alphabet.fold(text)
    tokens = find_tokens(folded, alphabet, articles)
    places = tokens.starts if folded.offsets is None else folded.offsets[tokens.starts]
    ends = np.cumsum([len(name) + 1 for name in names])
    lines = np.searchsorted(ends, places, side="right")
    count = len(names)
    bounds = np.searchsorted(lines, np.arange(count + 1))
    at, stop = bounds[:-1].copy(), bounds[1:]
    lengths = (at < stop).astype(np.int64)
    keys = np.zeros(count, np.uint64)
    live = np.flatnonzero(lengths)
    keys[live] = tokens.hashes[at[live]]
    firsts, pairs = keys.copy(), keys.copy()
    while len(live):
        at[live] = tokens.nexts[at[live]]
        live = live[at[live] < stop[live]]
        keys[live] = join_hashes(keys[live], tokens.hashes[at[live]])
        lengths[live] += 1
        two = live[lengths[live] == 2]  # noqa: PLR2004
        pairs[two] = keys[two]
    return keys, firsts, pairs, lengths


def make_first(
    hashes: Hashes, lengths: NDArray[np.int64], lower: NDArray[np.bool_], bits: int
) -> Bytes:
    """Return the table of first words."""
    high, low = np.zeros(1 << bits, np.uint8), np.zeros(1 << bits, np.uint8)
    slots = hashes >> np.uint64(KEPT_BITS - bits)
    np.maximum.at(high, slots, lengths.astype(np.uint8))
    np.maximum.at(low, slots[lower], lengths[lower].astype(np.uint8))
    return ((high << 4) | low).astype(np.uint8)


def make_pair(hashes: Hashes, lengths: NDArray[np.int64], bits: int) -> Bytes:
    """Return the table of first two words, for names of three words or more."""
    table = np.zeros(1 << bits, np.uint8)
    long = lengths > 2  # noqa: PLR2004
    slots = hashes[long] >> np.uint64(KEPT_BITS - bits)
    np.maximum.at(table, slots, lengths[long].astype(np.uint8))
    return table


def make_buckets(keys: Hashes) -> Numbers:
    """Return where the keys of each upper half start, about one key to each."""
    bits = max(len(keys), 2).bit_length()
    slots = (keys >> np.uint64(KEPT_BITS - bits)).astype(np.int64)
    counts = np.bincount(slots, minlength=1 << bits)
    return np.append([0], np.cumsum(counts)).astype(np.uint32)
