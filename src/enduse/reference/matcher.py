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
from enduse.reference.alphabet import FIRST_LETTER, Alphabet, Bytes, Folded, Offsets
from enduse.reference.layers import Layer
from enduse.reference.lexicon import Hits, find_hits
from enduse.reference.readings import Asks
from enduse.reference.signs import Signs
from enduse.reference.surroundings import (
    Around,
    Beside,
    Sentences,
    Wanted,
    counts,
    fits_designation,
    is_one_name,
    want_words,
)
from enduse.reference.tokens import Articles, Tokens, find_tokens
from enduse.reference.whereabouts import MOST_GAIN, Homes

BLOCK = 1 << 18
MOST_IDS = 8
NEAR = 3
LAYER_BITS = 32
GROUP_MASK = (1 << LAYER_BITS) - 1
LOOSE, FITTING, CAPITALS = Beside.LOOSE, Beside.FITTING, Beside.CAPITALS
# Plain numbers: the enumeration's own operators are ten times slower.
SPECIAL = int(Asks.CAPS | Asks.EVERYDAY | Asks.PERSON | Asks.SMALL | Asks.DESIGNATION)
DECIDING = SPECIAL | int(Asks.PLACE | Asks.DEMONYM)
READ = int(Asks.EVERYDAY)
PLACE, SMALL = int(Asks.PLACE), int(Asks.SMALL)
UNSURE = int(Asks.EVERYDAY | Asks.PERSON)
KINDS = (
    (int(Asks.ACTOR), EntityKind.ACTOR),
    (int(Asks.WEAPON), EntityKind.WEAPON),
    (int(Asks.PLACE), EntityKind.PLACE),
)


class Reading(NamedTuple):
    """One meaning of a name: where the entity is kept, what it asks for, its weight and home."""

    layer: int
    entity: int
    asks: int
    weight: float
    country: str
    region: str


class Sort(NamedTuple):
    """The readings of a name that ask for the same."""

    asks: int
    needs: int
    readings: tuple[Reading, ...]


class Meaning(NamedTuple):
    """What a stretch of text may mean.

    Attributes:
        readings: the readings that count, likeliest first.
        kinds: each kind with its ids; of the place kind, only where its order is settled.
        places: readings as places whose order depends on what else the text names.
        home: the country and region of a place not in doubt.
    """

    readings: tuple[Reading, ...]
    kinds: tuple[tuple[EntityKind, tuple[str, ...]], ...] = ()
    places: tuple[Reading, ...] = ()
    home: tuple[str, str] | None = None


class Group(NamedTuple):
    """The readings of a name by what they ask for.

    Attributes:
        reads: whether the sentence must be read, not only the name and what stands beside.
        known: what it means, by the bits of `Beside`, filled as met.
        fits: what it means, by the sorts that count, as bits, filled as met.
    """

    sorts: tuple[Sort, ...]
    reads: bool
    known: dict[int, Meaning]
    fits: dict[int, Meaning]


class Stretch(NamedTuple):
    """A stretch of text that names something, with what it may mean."""

    start: int
    end: int
    meaning: Meaning


NOTHING = Meaning(())


@dataclass
class Matcher:
    """All layers of a register, ready to search texts."""

    alphabet: Alphabet
    articles: Articles
    layers: Sequence[Layer]
    signs: Signs
    _groups: dict[int, Group] = field(default_factory=dict)
    _wanted: dict[tuple[int, int], Wanted] = field(default_factory=dict)

    def mentions(self, text: str) -> list[Mention]:
        """Return the names in the text, in order."""
        found: list[Mention] = []
        for start, end in cut_blocks(text):
            part = text if end - start == len(text) else text[start:end]
            found += self.block_mentions(part, start)
        return found

    def readings_of(self, name: str) -> list[Reading]:
        """Return what a whole name may mean anywhere, whatever it asks for, likeliest first."""
        folded = self.alphabet.fold(name)
        tokens = find_tokens(folded, self.alphabet, self.articles)
        found: list[Reading] = []
        for number, layer in enumerate(self.layers):
            hits = find_hits(layer.lexicon, tokens)
            whole = (hits.firsts == 0) & (hits.lasts == len(tokens) - 1)
            for group in set(hits.groups[whole].tolist()):
                for sort in self.open_group(number, group).sorts:
                    found += sort.readings
        return sorted(found, key=by_weight)

    def block_mentions(self, text: str, shift: int) -> Iterator[Mention]:
        """Yield the mentions of a block whose first code point has the number `shift`."""
        stretches = list(self.stretches(text))
        homes = Homes.of(meaning.home for _, _, meaning in stretches if meaning.home)
        chosen: dict[int, tuple[tuple[EntityKind, tuple[str, ...]], ...]] = {}
        for start, end, meaning in stretches:
            kinds = meaning.kinds
            if meaning.places:
                found = chosen.get(id(meaning))
                if found is None:
                    ids = self.ids_of(homes.order(meaning.places))
                    found = chosen[id(meaning)] = (*kinds, (EntityKind.PLACE, ids))
                kinds = found
            words = text[start:end]
            for kind, ids in kinds:
                yield Mention(start + shift, end + shift, words, kind, ids)

    def ids_of(self, readings: Sequence[Reading]) -> tuple[str, ...]:
        """Return the ids of the first few readings, each once."""
        layers = self.layers
        return tuple(dict.fromkeys(layers[r.layer].id_of(r.entity) for r in readings[:MOST_IDS]))

    def make_meaning(self, readings: tuple[Reading, ...]) -> Meaning:
        """Return what the readings mean together."""
        if not readings:
            return NOTHING
        kinds = []
        for bit, kind in KINDS:
            mine = [reading for reading in readings if reading.asks & bit]
            if mine:
                kinds.append((kind, self.ids_of(mine)))
        places = tuple(reading for reading in readings if reading.asks & PLACE)
        lead = places[0].weight - places[1].weight if len(places) > 1 else MOST_GAIN + 1
        home = (places[0].country, places[0].region) if places and lead > 1 else None
        if lead > MOST_GAIN:
            return Meaning(readings, tuple(kinds), (), home)
        return Meaning(readings, tuple(kinds[:-1]), places, home)

    def stretches(self, text: str) -> Iterator[Stretch]:
        """Yield the stretches of a block that count, leftmost and longest first."""
        folded = self.alphabet.fold(text)
        tokens = find_tokens(folded, self.alphabet, self.articles)
        sentences = Sentences(text)
        last_start, last_end, last = 0, 0, NOTHING
        for start, end, name, beside in self.candidates(folded, tokens):
            if start < last_end:
                if start == last_start and end == last_end:
                    more = self.meaning_at(name, beside, sentences, start, end)
                    last = self.join_meanings(last, more)
                continue
            meaning = self.meaning_at(name, beside, sentences, start, end)
            if meaning is not NOTHING:
                if last_end:
                    yield Stretch(last_start, last_end, last)
                last_start, last_end, last = start, end, meaning
        if last_end:
            yield Stretch(last_start, last_end, last)

    def join_meanings(self, left: Meaning, right: Meaning) -> Meaning:
        """Return what two layers say of one stretch, together."""
        if right is NOTHING:
            return left
        return self.make_meaning(tuple(sorted(left.readings + right.readings, key=by_weight)))

    def meaning_at(
        self, name: int, beside: int, sentences: Sentences, start: int, end: int
    ) -> Meaning:
        """Return what a name means where it stands; NOTHING if none of its readings counts."""
        words = sentences.text[start:end]
        if beside & LOOSE and not is_one_name(words):
            return NOTHING
        group = self._groups.get(name)
        if group is None:
            group = self.open_group(name >> LAYER_BITS, name & GROUP_MASK)
        if not group.reads:
            low = words.lower()
            if words != low:
                beside |= (FITTING | CAPITALS) if words[:2].isupper() else FITTING
            elif fits_designation(words):
                beside |= FITTING
            meaning = group.known.get(beside)
            if meaning is not None:
                return meaning
        around = Around(sentences, start, end, beside)
        fitting = self.pick_sorts(group, name >> LAYER_BITS, around)
        meaning = group.fits.get(fitting)
        if meaning is None:
            meaning = group.fits[fitting] = self.join_sorts(group, fitting)
        if not group.reads:
            group.known[beside] = meaning
        return meaning

    def pick_sorts(self, group: Group, layer: int, around: Around) -> int:
        """Return which of the group's sorts count where the name stands, as bits."""
        fitting = 0
        for place, sort in enumerate(group.sorts):
            wanted = self.wanted(layer, sort.needs) if sort.needs else None
            if counts(sort.asks, wanted, around):
                fitting |= 1 << place
        return fitting

    def join_sorts(self, group: Group, fitting: int) -> Meaning:
        """Return what the sorts mean together."""
        fit = [sort for place, sort in enumerate(group.sorts) if fitting >> place & 1]
        readings = (reading for sort in fit for reading in sort.readings)
        return self.make_meaning(tuple(sorted(readings, key=by_weight)))

    def wanted(self, layer: int, needs: int) -> Wanted:
        """Return the pattern of the words a reading needs near."""
        pattern = self._wanted.get((layer, needs))
        if pattern is None:
            pattern = self._wanted[layer, needs] = want_words(self.layers[layer].needed[needs])
        return pattern

    def open_group(self, layer: int, group: int) -> Group:
        """Return the readings of a group, parted by what they ask for, likeliest first."""
        lexicon, seen = self.layers[layer].lexicon, set()
        sorts: dict[tuple[int, int], list[Reading]] = {}
        for number in lexicon.readings(group):
            entity, needs = int(lexicon.entities[number]), int(lexicon.needs[number])
            asks = int(lexicon.flags[number])
            if (entity, needs) not in seen:
                seen.add((entity, needs))
                weight = float(lexicon.weights[number])
                home = self.layers[layer].country_of(entity), self.layers[layer].region_of(entity)
                reading = Reading(layer, entity, asks, weight, *home)
                sorts.setdefault((asks & DECIDING, needs), []).append(reading)
        made = Group(
            tuple(Sort(asks, needs, tuple(readings)) for (asks, needs), readings in sorts.items()),
            any(asks & READ or needs for asks, needs in sorts),
            {},
            {},
        )
        self._groups[layer << LAYER_BITS | group] = made
        return made

    def candidates(self, folded: Folded, tokens: Tokens) -> Iterator[tuple[int, int, int, int]]:
        """Yield start, end, name and what stands beside, for every name, longest first.

        A name is its layer's number, shifted by LAYER_BITS, and its group's.
        """
        parts = [self.spans(folded, tokens, n, layer) for n, layer in enumerate(self.layers)]
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        if columns:
            order = np.lexsort((columns[2], -columns[1], columns[0]))
            # Columns, not rows: a list for each row would keep the collector of cycles busy.
            yield from zip(*(column[order].tolist() for column in columns), strict=True)

    def spans(
        self, folded: Folded, tokens: Tokens, number: int, layer: Layer
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Return the spans of one layer's names: starts, ends, names, what stands beside."""
        hits = find_hits(layer.lexicon, tokens)
        hits, beside = self.sift(hits, tokens, layer)
        ends = tokens.ends[hits.lasts]
        whole = tokens.closes[hits.lasts]
        if not whole.all():
            kept, ends = extend_designations(folded.codes, tokens, hits, layer, whole, ends)
            hits = Hits(hits.firsts[kept], hits.lasts[kept], hits.groups[kept])
            ends, beside = ends[kept], beside[kept]
        starts = tokens.shown[hits.firsts]
        if folded.offsets is not None and len(starts):
            starts, ends = folded.offsets[starts], folded.offsets[ends - 1] + 1
        names = hits.groups.astype(np.int64) | (number << LAYER_BITS)
        return starts, ends, names, beside

    def sift(self, hits: Hits, tokens: Tokens, layer: Layer) -> tuple[Hits, np.ndarray]:
        """Return the hits and what stands beside each, as bits.

        Left out are places that may be another word and are not said to be places, and names of
        streets, bodies and persons.
        """
        before, after = self.neighbours(tokens, hits.firsts, hits.lasts)
        led, followed = before < hits.firsts, after > hits.lasts
        placed = (self.signs.before.holds(tokens.hashes[before]) & led) | (
            self.signs.after.holds(tokens.hashes[after]) & followed
        )
        joined = (tokens.capital[before] & led & (before == hits.firsts - 1)) | (
            tokens.capital[after] & followed & (tokens.starts[after] - tokens.ends[hits.lasts] == 1)
        )
        spoilt = (
            self.signs.other.holds(tokens.hashes[after]) & tokens.capital[after] & followed
        ) | (self.signs.title.holds(tokens.hashes[before]) & led)
        asks, single = layer.lexicon.common[hits.groups], hits.firsts == hits.lasts
        doubtful = (asks & UNSURE > 0) | ((asks & SMALL > 0) & single)
        out = (asks & PLACE > 0) & ((doubtful & ~placed) | (spoilt & single))
        beside = placed * Beside.PLACED + joined * Beside.JOINED
        beside += (self.count_gaps(tokens, hits) > 0) * Beside.LOOSE
        kept = ~out
        return Hits(hits.firsts[kept], hits.lasts[kept], hits.groups[kept]), beside[kept]

    def count_gaps(self, tokens: Tokens, hits: Hits) -> np.ndarray:
        """Return how many gaps of more than one code point each hit has inside."""
        wide = np.zeros(len(tokens) + 1, np.int32)
        np.cumsum(tokens.starts[1:] - tokens.ends[:-1] > 1, out=wide[1 : len(tokens)])
        return wide[hits.lasts] - wide[hits.firsts]

    def neighbours(
        self, tokens: Tokens, firsts: Offsets, lasts: Offsets
    ) -> tuple[Offsets, Offsets]:
        """Return the word before each hit, articles passed over, and the word after it.

        Where none stands near, the hit's own first or last word.
        """
        before = np.maximum(firsts - 1, 0)
        passed = self.signs.passed.holds(tokens.hashes[before]) & (firsts > 1)
        before = np.where(passed, before - 1, before)
        near = tokens.starts[firsts] - tokens.ends[before] <= NEAR + 4 * passed
        before = np.where(near, before, firsts)
        after = np.minimum(lasts + 1, len(tokens) - 1)
        near = tokens.starts[after] - tokens.ends[lasts] <= NEAR
        return before, np.where(near, after, lasts)


def by_weight(reading: Reading) -> float:
    """Return what orders readings, the likeliest first."""
    return -reading.weight


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
