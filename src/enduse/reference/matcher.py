"""Every name of the register in a text, with where it stands.

In: a text. Out: mentions in order, longest first where names overlap; a stretch that names both
an actor and a place gives one mention of each kind. Offsets count code points of the text given.
Nothing is refused: a text without names gives none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from enduse.model.mention import EntityKind, Mention
from enduse.reference.alphabet import FIRST_LETTER, Alphabet, Bytes, Folded
from enduse.reference.layers import Layer
from enduse.reference.lexicon import Hits, find_hits
from enduse.reference.readings import Asks
from enduse.reference.surroundings import Around, Context, counts, is_one_name
from enduse.reference.tokens import Articles, Tokens, find_tokens
from enduse.reference.whereabouts import Homes, order_readings

BLOCK = 1 << 16
MOST_IDS = 8
SPECIAL = int(Asks.CAPS | Asks.EVERYDAY | Asks.PERSON | Asks.SMALL | Asks.DESIGNATION)
KINDS = (
    (int(Asks.ACTOR), EntityKind.ACTOR),
    (int(Asks.WEAPON), EntityKind.WEAPON),
    (int(Asks.PLACE), EntityKind.PLACE),
)


class Reading(NamedTuple):
    """One meaning of a name: layer and number of the entity, what it asks for, its weight."""

    layer: int
    entity: int
    asks: int
    needs: int
    weight: float


class Stretch(NamedTuple):
    """A stretch of text that names something, with the readings that count there."""

    start: int
    end: int
    readings: tuple[Reading, ...]


@dataclass
class Matcher:
    """All layers of a register, ready to search texts."""

    alphabet: Alphabet
    articles: Articles
    context: Context
    layers: Sequence[Layer]
    _groups: dict[tuple[int, int], tuple[Reading, ...]] = field(default_factory=dict)

    def mentions(self, text: str) -> list[Mention]:
        """Return the names in the text, in order."""
        found: list[Mention] = []
        for start, end in cut_blocks(text):
            part = text if end - start == len(text) else text[start:end]
            found += self.block_mentions(part, start)
        return found

    def block_mentions(self, text: str, shift: int) -> Iterator[Mention]:
        """Yield the mentions of a block whose first code point has the number `shift`."""
        stretches = list(self.stretches(text))
        homes = Homes()
        for stretch in stretches:
            self.note_home(homes, stretch.readings)
        ordered: dict[tuple[Reading, ...], list[tuple[EntityKind, tuple[str, ...]]]] = {}
        for start, end, readings in stretches:
            kinds = ordered.get(readings)
            if kinds is None:
                kinds = ordered[readings] = list(self.name_kinds(readings, homes))
            words = text[start:end]
            for kind, ids in kinds:
                yield Mention(start + shift, end + shift, words, kind, ids)

    def note_home(self, homes: Homes, readings: tuple[Reading, ...]) -> None:
        """Count the country of a name that is not in doubt."""
        layer, entity, asks, _, weight = readings[0]
        if asks & Asks.PLACE and (len(readings) == 1 or weight > readings[1].weight + 1):
            homes.add(self.layers[layer].country_of(entity), self.layers[layer].region_of(entity))

    def name_kinds(
        self, readings: tuple[Reading, ...], homes: Homes
    ) -> Iterator[tuple[EntityKind, tuple[str, ...]]]:
        """Yield each kind the stretch names, with the ids of what it may be, likeliest first."""
        for bit, kind in KINDS:
            mine = [reading for reading in readings if reading.asks & bit]
            if len(mine) > 1 and kind is EntityKind.PLACE:
                mine = order_readings(mine, self.layers, homes)
            if mine:
                ids = dict.fromkeys(self.layers[r.layer].id_of(r.entity) for r in mine[:MOST_IDS])
                yield kind, tuple(ids)

    def stretches(self, text: str) -> Iterator[Stretch]:
        """Yield the stretches of a block that count, leftmost and longest first."""
        folded = self.alphabet.fold(text)
        tokens = find_tokens(folded, self.alphabet, self.articles)
        last = Stretch(0, 0, ())
        for start, end, layer, group in self.candidates(folded, tokens):
            same = start == last.start and end == last.end
            if start < last.end and not same:
                continue
            readings = self.readings_at(layer, group, text, start, end)
            if not readings:
                continue
            if same:
                last = Stretch(start, end, (*last.readings, *readings))
                continue
            if last.readings:
                yield last
            last = Stretch(start, end, readings)
        if last.readings:
            yield last

    def readings_at(
        self, layer: int, group: int, text: str, start: int, end: int
    ) -> tuple[Reading, ...]:
        """Return the group's readings that count where the name stands."""
        readings = self._groups.get((layer, group))
        if readings is None:
            readings = self._groups[layer, group] = tuple(self.group_readings(layer, group))
        if end - start > 3 and not is_one_name(text[start:end]):  # noqa: PLR2004
            return ()
        if not any(reading.asks & SPECIAL or reading.needs for reading in readings):
            return readings
        around = Around(text, start, end, self.context)
        needed = self.layers[layer].needed
        return tuple(r for r in readings if counts(r.asks, needed[r.needs], around))

    def group_readings(self, layer: int, group: int) -> Iterator[Reading]:
        """Yield the readings of a group, the likeliest first, each entity once."""
        lexicon = self.layers[layer].lexicon
        seen = set()
        for number in lexicon.readings(group):
            entity, needs = int(lexicon.entities[number]), int(lexicon.needs[number])
            if (entity, needs) not in seen:
                seen.add((entity, needs))
                weight = float(lexicon.weights[number])
                yield Reading(layer, entity, int(lexicon.flags[number]), needs, weight)

    def candidates(self, folded: Folded, tokens: Tokens) -> list[tuple[int, int, int, int]]:
        """Return start, end, layer and group of every name, in order of start, longest first."""
        parts = [self.spans(folded, tokens, n, layer) for n, layer in enumerate(self.layers)]
        whole = np.concatenate(parts) if parts else np.zeros((0, 4), np.int64)
        order = np.lexsort((whole[:, 2], -whole[:, 1], whole[:, 0]))
        return [tuple(row) for row in whole[order].tolist()]

    def spans(self, folded: Folded, tokens: Tokens, number: int, layer: Layer) -> np.ndarray:
        """Return the spans of one layer's names as rows of start, end, layer, group."""
        hits = find_hits(layer.lexicon, tokens)
        ends = tokens.ends[hits.lasts]
        whole = tokens.closes[hits.lasts]
        if not whole.all():
            kept, ends = extend_designations(folded.codes, tokens, hits, layer, whole, ends)
            hits = Hits(hits.firsts[kept], hits.lasts[kept], hits.groups[kept])
            ends = ends[kept]
        starts = tokens.shown[hits.firsts]
        if folded.offsets is not None and len(starts):
            starts, ends = folded.offsets[starts], folded.offsets[ends - 1] + 1
        layers = np.full(len(starts), number)
        return np.stack([starts, ends, layers, hits.groups], axis=1).astype(np.int64)


def extend_designations(
    codes: Bytes, tokens: Tokens, hits: Hits, layer: Layer, whole: np.ndarray, ends: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return which hits to keep and their ends; "T-72" in "T-72B3" is kept, to the word's end.

    A name that stops inside a word counts only if it is a weapon's designation that ends in a
    digit and letters follow.
    """
    kept, ends = whole.copy(), ends.copy()
    flags = layer.lexicon.flags[layer.lexicon.groups[hits.groups]]
    wanted = int(Asks.WEAPON | Asks.DESIGNATION)
    last = codes[ends - 1]
    able = ~whole & ((flags & wanted) == wanted) & (last < FIRST_LETTER)
    for place in np.flatnonzero(able):
        word = int(hits.lasts[place])
        while not tokens.closes[word]:
            word += 1
        kept[place], ends[place] = True, tokens.ends[word]
    return kept, ends


def cut_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield starts and ends of blocks of about BLOCK code points, cut where a sentence ends."""
    start = 0
    while len(text) - start > BLOCK:
        end = start + BLOCK
        for mark in ("\n", ". ", " "):
            cut = text.rfind(mark, start + BLOCK // 2, end)
            if cut > 0:
                end = cut + len(mark)
                break
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)
