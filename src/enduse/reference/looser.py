"""Entries for a name the register does not hold as it stands: from its parts, sound and spelling.

In: a name, and the layers. Out: `Loose` findings, each an entity with named features and a score
below that of a true name. Nothing is refused; nothing alike gives nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from enduse.model.entity import Entity
from enduse.model.mention import EntityKind
from enduse.reference.layers import Layer, ListedLayer, PlaceLayer
from enduse.reference.lexicon import find_hits
from enduse.reference.matcher import Matcher
from enduse.reference.meanings import Reading, by_weight
from enduse.reference.readings import KIND_BITS, Asks
from enduse.reference.sounds import hash_sound, romanise, sound_of
from enduse.reference.spans import LAYER_BITS
from enduse.reference.tokens import find_tokens

PART_LEAST, PART_MOST, PART_ENOUGH = 0.5, 0.8, 0.62
SOUND_LEAST = 0.72
SPELLING_CUTOFF = 84
SHORTEST_SOUND, SHORTEST_SPELLING = 3, 5
MOST = 8
WORDS = re.compile(r"\w+")


class Loose(NamedTuple):
    """An entity that a name may mean, how likely, and why."""

    layer: int
    entity: int
    score: float
    features: tuple[tuple[str, float], ...]


class Looser:
    """The looser searches over all layers; lists of names are made when first needed."""

    def __init__(self, matcher: Matcher, layers: Sequence[Layer]) -> None:
        self._matcher = matcher
        self._layers = layers

    def find(self, name: str, kind: EntityKind | None) -> list[Loose]:
        """Return what the name may mean, the likeliest first."""
        found = list(self.by_part(name, kind)) if kind is not EntityKind.PLACE else []
        if not any(loose.score >= PART_ENOUGH for loose in found):
            found += [*self.by_sound(name, kind), *self.by_spelling(name, kind)]
        if not found:
            found += self.by_part(name, kind)
        best: dict[tuple[int, int], Loose] = {}
        for loose in sorted(found, key=lambda each: -each.score):
            best.setdefault((loose.layer, loose.entity), loose)
        return list(best.values())[:MOST]

    def by_part(self, name: str, kind: EntityKind | None) -> Iterator[Loose]:
        """Yield the entries named inside the name, by the share of it that they cover.

        A model counts before a class, and what stands first before what follows.
        """
        folded = self._matcher.alphabet.fold(name)
        tokens = find_tokens(folded, self._matcher.alphabet, self._matcher.articles)
        count = len(tokens)
        for number, layer in enumerate(self._layers):
            hits = find_hits(layer.lexicon, tokens)
            for first, last, group in zip(hits.firsts, hits.lasts, hits.groups, strict=True):
                if not starts_word(folded.codes, tokens.starts, first):
                    continue
                words = int(tokens.ends[last]) - int(tokens.starts[first])
                share = words / max(len(folded), 1)
                readings = self._readings(number, int(group), kind)
                for reading in readings[:2]:
                    if is_weak(reading, words):
                        continue
                    score = part_score(share, reading, first / count)
                    yield Loose(number, reading.entity, score, (("part of the name", share),))

    def by_sound(self, name: str, kind: EntityKind | None) -> Iterator[Loose]:
        """Yield the entries with a name of the same consonants, by how alike the spellings are."""
        sound = sound_of(name)
        if len(sound) < SHORTEST_SOUND:
            return
        plain = romanise(name).casefold()
        for number, layer in enumerate(self._layers):
            for entity in self._sounding(number, layer, sound):
                whole = layer.entity(entity)
                if kind is not None and whole.kind is not kind:
                    continue
                alike = spelling_of(plain, whole)
                score = round(SOUND_LEAST + 0.2 * alike, 4)
                if alike > 0.5:  # noqa: PLR2004
                    yield Loose(
                        number, entity, score, (("same consonants", 1.0), ("spelling", alike))
                    )

    def by_spelling(self, name: str, kind: EntityKind | None) -> Iterator[Loose]:
        """Yield the listed entries with a name spelled nearly so; figures must be the same."""
        plain = " ".join(WORDS.findall(romanise(name).casefold()))
        if len(plain) < SHORTEST_SPELLING:
            return
        digits = re.findall(r"\d+", plain)
        found = process.extract(
            plain, self._names, scorer=fuzz.ratio, score_cutoff=SPELLING_CUTOFF, limit=MOST
        )
        for other, score, place in found:
            number, entity = self._bearers[place]
            if re.findall(r"\d+", other) != digits:
                continue
            if kind is None or self._layers[number].entity(entity).kind is kind:
                yield Loose(
                    number, entity, round(score / 100 * 0.9, 4), (("spelling", score / 100),)
                )

    def _readings(self, layer: int, group: int, kind: EntityKind | None) -> list[Reading]:
        bit = int(KIND_BITS[kind]) if kind else -1
        sorts = self._matcher.open_group(layer << LAYER_BITS | group).sorts
        found = [reading for sort in sorts for reading in sort.readings if reading.asks & bit]
        return sorted(found, key=by_weight)

    def _sounding(self, number: int, layer: Layer, sound: str) -> list[int]:
        if isinstance(layer, PlaceLayer):
            wanted = np.uint32(hash_sound(sound))
            first = int(np.searchsorted(layer.sounds, wanted, "left"))
            last = int(np.searchsorted(layer.sounds, wanted, "right"))
            return [int(place) for place in layer.sounding[first : min(last, first + 40)]]
        return self._sounds.get((number, sound), [])

    @cached_property
    def _listed(self) -> list[tuple[int, int, Entity]]:
        return [
            (number, entity, layer.entity(entity))
            for number, layer in enumerate(self._layers)
            if isinstance(layer, ListedLayer)
            for entity in range(len(layer.ids))
        ]

    @cached_property
    def _sounds(self) -> Mapping[tuple[int, str], list[int]]:
        sounds: dict[tuple[int, str], list[int]] = defaultdict(list)
        for number, entity, whole in self._listed:
            for sound in {sound_of(name.text) for name in whole.names}:
                sounds[number, sound].append(entity)
        return sounds

    @cached_property
    def _spelled(self) -> tuple[list[str], list[tuple[int, int]]]:
        names, bearers = [], []
        for number, entity, whole in self._listed:
            for name in whole.names:
                if len(name.text) >= SHORTEST_SPELLING:
                    names.append(" ".join(WORDS.findall(romanise(name.text).casefold())))
                    bearers.append((number, entity))
        return names, bearers

    @property
    def _names(self) -> list[str]:
        return self._spelled[0]

    @property
    def _bearers(self) -> list[tuple[int, int]]:
        return self._spelled[1]


def starts_word(codes: np.ndarray, starts: np.ndarray, first: int) -> bool:
    """Return whether the word starts where no letter or digit stands before."""
    start = int(starts[first])
    return start == 0 or codes[start - 1] == 0


def is_weak(reading: Reading, letters: int) -> bool:
    """Return whether a name found inside another is too short or common to mean anything."""
    if reading.asks & int(Asks.EVERYDAY | Asks.PERSON | Asks.SMALL):
        return not reading.asks & int(Asks.GENERIC)
    return letters < SHORTEST_SOUND and not reading.asks & int(Asks.DESIGNATION)


def part_score(share: float, reading: Reading, where: float) -> float:
    """Return the score of a name found inside another: its share, a little less further on.

    A class scores below every model: it says less.
    """
    score = PART_LEAST + (PART_MOST - PART_LEAST) * share - 0.05 * where
    generic = reading.asks & int(Asks.GENERIC)
    return round(score - (0.2 if generic else 0.0), 4)


def spelling_of(plain: str, whole: Entity) -> float:
    """Return how alike the name is to the entity's most alike name, 0 to 1."""
    names = (romanise(name.text).casefold() for name in whole.names)
    return round(max(fuzz.ratio(plain, name) for name in names) / 100, 4)
