"""The stretches of a text that are names of the register, before it is decided what they mean.

In: a folded text and its words. Out: `Spans`, columns of every name of every layer in order, the
longest first where several start together, with what stands right beside each. Left out are
places that may be another word and are not said to be places, names of streets, bodies and
persons, and everyday words in small letters that are names only with a capital. Nothing is
refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from enduse.reference.alphabet import FIRST_LETTER, Bytes, Folded, Offsets
from enduse.reference.layers import Layer
from enduse.reference.lexicon import Hits
from enduse.reference.nearby import Heard
from enduse.reference.readings import Asks
from enduse.reference.signs import Sense
from enduse.reference.surroundings import Beside
from enduse.reference.tokens import Flags, Tokens

LAYER_BITS = 32
BESIDE_BITS = 8
GROUP_MASK = (1 << LAYER_BITS) - 1
NEAR = 3
PLACE, SMALL, EVERYDAY = int(Asks.PLACE), int(Asks.SMALL), int(Asks.EVERYDAY)
SMALL_WORD = int(Asks.EVERYDAY | Asks.LOWER | Asks.WEAPON)
UNSURE = int(Asks.EVERYDAY | Asks.PERSON)
WEAPON_DESIGNATION = int(Asks.WEAPON | Asks.DESIGNATION)


class Spans(NamedTuple):
    """Names in a text: first and last word, name, what all its readings ask, what stands beside.

    A name is its layer's number, shifted by LAYER_BITS, and its group's.
    """

    firsts: Offsets
    lasts: Offsets
    names: NDArray[np.int64]
    asks: NDArray[np.uint16]
    beside: NDArray[np.int64]

    def keep(self, kept: NDArray[np.bool_]) -> Spans:
        """Return the spans that are kept."""
        return Spans(
            self.firsts[kept],
            self.lasts[kept],
            self.names[kept],
            self.asks[kept],
            self.beside[kept],
        )


Sieve = Callable[[Spans, Tokens], tuple[Flags, NDArray[np.int64]]]


class Columns(NamedTuple):
    """The same for reading one by one: code points of the text, names, what stands beside.

    A key tells a name and what stands beside it.
    """

    starts: list[int]
    ends: list[int]
    names: list[int]
    beside: list[int]
    keys: list[int]


def find_spans(
    folded: Folded, tokens: Tokens, hits: Sequence[Hits], layers: Sequence[Layer], sieve: Sieve
) -> Columns:
    """Return the names of all layers, each layer's hits given, longest first.

    Args:
        folded: the text.
        tokens: its words.
        hits: for each layer, its names in the text.
        layers: of the register.
        sieve: says which spans may count, and what stands beside each.
    """
    spans = join_hits(hits, layers)
    kept, beside = sieve(spans, tokens)
    spans = spans._replace(beside=beside).keep(kept)
    ends = tokens.ends[spans.lasts]
    whole = tokens.closes[spans.lasts]
    if not whole.all():
        kept, ends = extend_designations(folded.codes, tokens, spans, layers, ends)
        spans, ends = spans.keep(kept), ends[kept]
    starts = tokens.shown[spans.firsts]
    if folded.offsets is not None and len(starts):
        starts, ends = folded.offsets[starts], folded.offsets[ends - 1] + 1
    order = np.lexsort((spans.names, -ends, starts))
    # Columns, not rows: a list for each row would keep the collector of cycles busy.
    columns = (starts, ends, spans.names, spans.beside, spans.names << BESIDE_BITS | spans.beside)
    return Columns(*(column[order].tolist() for column in columns))


def join_hits(hits: Sequence[Hits], layers: Sequence[Layer]) -> Spans:
    """Return the hits of all layers together."""
    names = [each.groups.astype(np.int64) | (n << LAYER_BITS) for n, each in enumerate(hits)]
    asks = [layer.lexicon.common[each.groups] for layer, each in zip(layers, hits, strict=True)]
    firsts = np.concatenate([each.firsts for each in hits])
    lasts = np.concatenate([each.lasts for each in hits])
    beside = np.zeros(len(firsts), np.int64)
    return Spans(firsts, lasts, np.concatenate(names), np.concatenate(asks), beside)


def sift(spans: Spans, tokens: Tokens, heard: Heard) -> tuple[Flags, NDArray[np.int64]]:
    """Return which spans may count, and what stands beside each, as bits."""
    before, after = find_neighbours(spans, tokens, heard)
    led, followed = before < spans.firsts, after > spans.lasts
    says_before, says_after = heard.senses[before], heard.senses[after]
    placed = (says_before & Sense.BEFORE > 0) & led | (says_after & Sense.AFTER > 0) & followed
    single = spans.firsts == spans.lasts
    doubtful = (spans.asks & UNSURE > 0) | ((spans.asks & SMALL > 0) & single)
    spoilt = (says_after & Sense.OTHER > 0) & tokens.capital[after] & followed
    spoilt |= (says_before & Sense.TITLE > 0) & led
    out = (doubtful & ~placed) | (spoilt & single)
    next_to = tokens.starts[after] - tokens.ends[spans.lasts] == 1
    joined = tokens.capital[before] & led & (before == spans.firsts - 1)
    joined |= tokens.capital[after] & followed & next_to
    beside = placed * Beside.PLACED + joined * Beside.JOINED + ~single * Beside.WORDS
    beside += (count_gaps(spans, tokens) > 0) * Beside.LOOSE
    out &= spans.asks & PLACE > 0
    out |= ~tokens.capital[spans.firsts] & (spans.asks & SMALL_WORD == EVERYDAY)
    return ~out, beside


def count_gaps(spans: Spans, tokens: Tokens) -> Offsets:
    """Return how many gaps of more than one code point each span has inside."""
    wide = np.zeros(len(tokens) + 1, np.int32)
    np.cumsum(tokens.starts[1:] - tokens.ends[:-1] > 1, out=wide[1 : len(tokens)])
    gaps: Offsets = wide[spans.lasts] - wide[spans.firsts]
    return gaps


def find_neighbours(spans: Spans, tokens: Tokens, heard: Heard) -> tuple[Offsets, Offsets]:
    """Return the word before each span, articles passed over, and the word after it.

    Where none stands near, the span's own first or last word.
    """
    firsts, lasts = spans.firsts, spans.lasts
    before = np.maximum(firsts - 1, 0)
    passed = (heard.senses[before] & Sense.PASSED > 0) & (firsts > 1)
    before = np.where(passed, before - 1, before)
    near = tokens.starts[firsts] - tokens.ends[before] <= NEAR + 4 * passed
    before = np.where(near, before, firsts)
    after = np.minimum(lasts + 1, len(tokens) - 1)
    near = tokens.starts[after] - tokens.ends[lasts] <= NEAR
    return before, np.where(near, after, lasts)


def extend_designations(
    codes: Bytes, tokens: Tokens, spans: Spans, layers: Sequence[Layer], ends: Offsets
) -> tuple[NDArray[np.bool_], Offsets]:
    """Return which spans to keep and their ends; "T-72" in "T-72B3" is kept, to the word's end.

    A name that stops inside a word counts only if its likeliest reading is a weapon's designation
    that ends in a digit and letters follow.
    """
    kept, ends = tokens.closes[spans.lasts], ends.copy()
    able = np.flatnonzero(~kept & (codes[ends - 1] < FIRST_LETTER))
    for place in able.tolist():
        name = int(spans.names[place])
        lexicon = layers[name >> LAYER_BITS].lexicon
        flags = int(lexicon.flags[lexicon.groups[name & GROUP_MASK]])
        if flags & WEAPON_DESIGNATION == WEAPON_DESIGNATION:
            word = int(spans.lasts[place])
            while not tokens.closes[word]:
                word += 1
            kept[place], ends[place] = True, tokens.ends[word]
    return kept, ends
