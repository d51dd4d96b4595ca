"""Words of a folded text, each with a number that is the same wherever the word stands.

In: a folded text. Out: where each word or number starts and ends, its 64-bit hash, and which
word follows it when articles ("al-", "ez-") are passed over. Digits and letters part words, so
"BGM71", "BGM-71" and "BGM 71" are the same two words. Nothing is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enduse.reference.alphabet import FIRST_LETTER, LETTERS, PAD, Alphabet, Bytes, Folded, Offsets

Hashes = NDArray[np.uint64]
Flags = NDArray[np.bool_]

FIRST = np.uint64(0x9E3779B97F4A7C15)
SECOND = np.uint64(0xBF58476D1CE4E5B9)
JOIN = np.uint64(0x94D049BB133111EB)
SHIFT = np.uint64(29)
BITE = 8
MASKS = np.array([(1 << (8 * n)) - 1 for n in range(BITE)] + [(1 << 64) - 1], np.uint64)
ALEF, LAM = (FIRST_LETTER + LETTERS.index(letter) for letter in "ال")
ARABIC_FIRST, ARABIC_LAST = (FIRST_LETTER + LETTERS.index(letter) for letter in "اگ")
JOINED = np.array([FIRST_LETTER + LETTERS.index(letter) for letter in "وفبكل"], np.uint8)
LONG_ENOUGH = 4
ANY = 255


@dataclass(frozen=True)
class Tokens:
    """The words of a text in order.

    Attributes:
        starts, ends: in codes of the folded text.
        shown: where the word starts as written, its article included.
        hashes: of the word without its article.
        capital: whether it starts with a capital, or its script has none.
        opens, closes: whether nothing but a gap stands before or after it.
        nexts: the next word that is no article; the count of words after the last.
    """

    starts: Offsets
    ends: Offsets
    shown: Offsets
    hashes: Hashes
    capital: Flags
    opens: Flags
    closes: Flags
    nexts: Offsets

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True)
class Articles:
    """Words that may stand inside a name without counting, by their hash.

    Attributes:
        table: by the hash's first 16 bits: the letter the next word must start with, ANY, or 0.
        hashes: all of them, sorted.
    """

    table: Bytes
    hashes: Hashes


def find_tokens(folded: Folded, alphabet: Alphabet, articles: Articles) -> Tokens:
    """Return the words of the text."""
    codes = folded.codes
    starts, ends = find_bounds(codes)
    shown = starts
    if len(starts) and codes.max() >= ARABIC_FIRST:
        starts = strip_articles(codes, starts, ends)
        shown = np.where(starts > shown, np.maximum(shown, starts - 2), shown).astype(np.int32)
    hashes = hash_words(codes, starts, ends)
    return Tokens(
        starts=starts,
        ends=ends,
        shown=shown,
        hashes=hashes,
        capital=alphabet.are_capitals(folded, shown),
        opens=(shown == 0) | (codes[shown - 1] == 0) | (starts > shown),
        closes=codes[ends] == 0,
        nexts=find_nexts(codes, starts, hashes, articles),
    )


def find_bounds(codes: Bytes) -> tuple[Offsets, Offsets]:
    """Return where words and numbers start and end."""
    body = codes[: len(codes) - PAD + 1]
    kinds = (body > 0).view(np.uint8) + (body >= FIRST_LETTER).view(np.uint8)
    edges = np.flatnonzero(kinds[1:] != kinds[:-1]).astype(np.int32) + np.int32(1)
    if kinds[0]:
        edges = np.concatenate((np.zeros(1, np.int32), edges))
    words = np.flatnonzero(kinds[edges])
    starts = edges[words]
    return starts, edges[words + 1] if len(words) else starts


def strip_articles(codes: Bytes, starts: Offsets, ends: Offsets) -> Offsets:
    """Return the starts with the Arabic article, and a particle joined to it, passed over."""
    long = (ends - starts) >= LONG_ENOUGH
    one, two, three = codes[starts], codes[starts + 1], codes[starts + 2]
    plain = long & (one == ALEF) & (two == LAM)
    joined = long & ((ends - starts) > LONG_ENOUGH) & (two == ALEF) & (three == LAM)
    joined &= np.isin(one, JOINED)
    doubled = long & ((ends - starts) > LONG_ENOUGH) & (one == LAM) & (two == LAM)
    step = np.where(plain | doubled, 2, np.where(joined, 3, 0))
    return (starts + step).astype(np.int32)


def hash_words(codes: Bytes, starts: Offsets, ends: Offsets) -> Hashes:
    """Return the hash of each stretch of codes, eight codes a bite."""
    bites = see_bites(codes)
    lengths = ends - starts
    hashes: Hashes = bites[starts] & MASKS[np.minimum(lengths, BITE)]
    hashes *= FIRST
    hashes ^= hashes >> SHIFT
    done = BITE
    left = np.flatnonzero(lengths > done)
    while len(left):
        bite = bites[starts[left] + done] & MASKS[np.minimum(lengths[left] - done, BITE)]
        mixed = (hashes[left] ^ bite) * SECOND
        hashes[left] = mixed ^ (mixed >> SHIFT)
        done += BITE
        left = left[lengths[left] > done]
    hashes *= SECOND
    return hashes


def see_bites(codes: Bytes) -> Hashes:
    """Return eight codes as one number, from each place, without copying them."""
    return np.ndarray((len(codes) - PAD + 1,), "<u8", buffer=codes, strides=(1,))


def join_hashes(left: Hashes, right: Hashes) -> Hashes:
    """Return the hashes of names that go on by one word more."""
    joined: Hashes = (left * JOIN) ^ right
    return joined


def find_nexts(codes: Bytes, starts: Offsets, hashes: Hashes, articles: Articles) -> Offsets:
    """Return for each word the next that is no article."""
    count = len(starts)
    nexts = np.arange(1, count + 1, dtype=np.int32)
    wanted = articles.table[hashes >> np.uint64(48)]
    maybe = np.flatnonzero(wanted)
    maybe = maybe[(maybe > 0) & (maybe < count - 1)]
    if len(maybe):
        sure = np.isin(hashes[maybe], articles.hashes)
        fits = (wanted[maybe] == ANY) | (codes[starts[maybe + 1]] == wanted[maybe])
        maybe = maybe[sure & fits]
        nexts[maybe - 1] = maybe + 1
    return nexts


def make_articles(followers: Mapping[str, str], alphabet: Alphabet) -> Articles:
    """Return the articles, each with the letter the next word must start with ("" for any)."""
    table = np.zeros(1 << 16, np.uint8)
    words = sorted(followers)
    folded = alphabet.fold(" ".join(words))
    starts, ends = find_bounds(folded.codes)
    hashes = hash_words(folded.codes, starts, ends)
    for word, number in zip(words, hashes, strict=True):
        letter = followers[word]
        table[int(number) >> 48] = alphabet.codes[ord(letter)] if letter else ANY
    return Articles(table, np.sort(hashes))
