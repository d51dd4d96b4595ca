"""Every name of the register in a text, with where it stands.

In: a text. Out: mentions in order, longest first where names overlap; a stretch that names both
an actor and a place gives one mention of each kind. Offsets count code points of the text given.
Nothing is refused: a text without names gives none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from enduse.model.mention import EntityKind, Mention
from enduse.reference.alphabet import Alphabet
from enduse.reference.kernels import (
    read_capitals,
    read_hints,
    read_names,
    read_points,
    read_sides,
    read_words,
)
from enduse.reference.layers import Layer
from enduse.reference.lexicon import Numbers, find_hits, make_buckets
from enduse.reference.loops import (
    MANY,
    compiled,
    find_hits_fast,
    find_tokens_fast,
    fold_fast,
    hear_fast,
    sift_fast,
)
from enduse.reference.meanings import NOTHING, Group, Meaning, Reading, Sort, Stretch, by_weight
from enduse.reference.nearby import Hints
from enduse.reference.readings import Asks
from enduse.reference.signs import Signs
from enduse.reference.spans import GROUP_MASK, LAYER_BITS, Columns, Sieve, find_spans, sift
from enduse.reference.surroundings import (
    Around,
    Beside,
    Sentences,
    counts,
    fits_designation,
    is_one_name,
    is_shouted,
)
from enduse.reference.tokens import Articles, find_tokens
from enduse.reference.whereabouts import MOST_GAIN, MOST_LOOKED_AT, Homes

BLOCK = 1 << 18
MOST_IDS = 8
# Plain numbers: the enumeration's own operators are ten times slower.
LOOSE, JOINED, WORDS, SPACED = Beside.LOOSE, Beside.JOINED, Beside.WORDS, Beside.SPACED
FITTING, CAPITALS = Beside.FITTING, Beside.CAPITALS
SPECIAL = int(Asks.CAPS | Asks.EVERYDAY | Asks.PERSON | Asks.SMALL | Asks.DESIGNATION)
DECIDING = SPECIAL | int(Asks.PLACE | Asks.DEMONYM)
CASED = int(Asks.CAPS | Asks.DESIGNATION)
READ = int(Asks.EVERYDAY)
PLACE = int(Asks.PLACE)
KINDS = (
    (int(Asks.ACTOR), EntityKind.ACTOR),
    (int(Asks.WEAPON), EntityKind.WEAPON),
    (int(Asks.PLACE), EntityKind.PLACE),
)


@dataclass(repr=False)
class Matcher:
    """All layers of a register, ready to search texts.

    Attributes:
        read: how many code points were searched; after MANY the search goes on compiled.
    """

    alphabet: Alphabet
    articles: Articles
    layers: Sequence[Layer]
    signs: Signs
    read: int = 0
    _groups: dict[int, Group] = field(default_factory=dict)
    _known: dict[int, Meaning] = field(default_factory=dict)
    _joined: dict[tuple[int, int], Meaning] = field(default_factory=dict)

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
                for sort in self.open_group(number << LAYER_BITS | group).sorts:
                    found += sort.readings
        return sorted(found, key=by_weight)

    def block_mentions(self, text: str, shift: int) -> list[Mention]:
        """Return the mentions of a block whose first code point has the number `shift`."""
        stretches = self.stretches(text)
        homes = Homes.of([meaning.home for _, _, meaning in stretches if meaning.home])
        chosen: dict[int, tuple[tuple[EntityKind, tuple[str, ...]], ...]] = {}
        found: list[Mention] = []
        for start, end, meaning in stretches:
            kinds = meaning.kinds
            if meaning.places:
                settled = chosen.get(id(meaning))
                if settled is None:
                    ids = self.ids_of(homes.order(meaning.places))
                    settled = chosen[id(meaning)] = (*kinds, (EntityKind.PLACE, ids))
                kinds = settled
            words = text[start:end]
            for kind, ids in kinds:
                found.append(Mention(start + shift, end + shift, words, kind, ids))
        return found

    def stretches(self, text: str) -> list[Stretch]:
        """Return the stretches of a block that count, leftmost and longest first."""
        columns, sentences = self.search(text)
        found: list[Stretch] = []
        last_start, last_end, last = 0, 0, NOTHING
        known = map(self._known.get, columns.keys)
        for start, end, name, beside, key, met in zip(*columns, known, strict=True):
            again = start == last_start and end == last_end
            if start < last_end and not again:
                continue
            meaning = met or self.settle(name, beside, key, sentences, start, end)
            if meaning is NOTHING:
                continue
            if again:
                last = self.join_meanings(last, meaning)
                continue
            if last_end:
                found.append((last_start, last_end, last))
            last_start, last_end, last = start, end, meaning
        if last_end:
            found.append((last_start, last_end, last))
        return found

    def settle(
        self, name: int, beside: int, key: int, sentences: Sentences, start: int, end: int
    ) -> Meaning:
        """Return what a name means where it stands, and keep it where the key tells all."""
        if beside & LOOSE and not is_one_name(sentences.text[start:end]):
            return NOTHING
        group = self._groups.get(name) or self.open_group(name)
        meaning = group.always or self.meaning_at(group, beside, sentences, start, end)
        told = not (group.cased or group.reads or beside & (JOINED | WORDS))
        if not beside & LOOSE and (group.always or told):
            self._known[key] = meaning
        return meaning

    def search(self, text: str) -> tuple[Columns, Sentences]:
        """Return the names in a block, longest first, and its sentences."""
        self.read += len(text)
        if self.read < MANY:
            folded = self.alphabet.fold(text)
            tokens = find_tokens(folded, self.alphabet, self.articles)
            hits = [find_hits(layer.lexicon, tokens) for layer in self.layers]
            heard = self.hints.read(tokens)
            sieve: Sieve = partial(sift, heard=heard)
        else:
            words, names = compiled(read_words), compiled(read_names)
            folded = fold_fast(text, self.alphabet, compiled(read_points))
            capitals = compiled(read_capitals)
            tokens = find_tokens_fast(folded, self.alphabet, self.articles, words, capitals)
            hits = [find_hits_fast(layer.lexicon, tokens, names) for layer in self.layers]
            heard = hear_fast(self.hints, self._buckets, tokens, compiled(read_hints))
            sieve = partial(sift_fast, heard=heard, kernel=compiled(read_sides))
        columns = find_spans(folded, tokens, hits, self.layers, sieve)
        find_begun = partial(self.hints.find_begun, text, folded, tokens, heard)
        return columns, Sentences(text, find_begun)

    @cached_property
    def hints(self) -> Hints:
        """Return the words that tell something of names near them."""
        return Hints.of(self.layers, self.signs, self.alphabet, self.articles)

    @cached_property
    def _buckets(self) -> Numbers:
        return make_buckets(self.hints.words.hashes)

    def id_of(self, reading: Reading) -> str:
        """Return the id of what the reading means."""
        return reading.entity_id or self.layers[reading.layer].id_of(reading.entity)

    def ids_of(self, readings: Sequence[Reading]) -> tuple[str, ...]:
        """Return the ids of the first few readings, each once."""
        return tuple(dict.fromkeys(map(self.id_of, readings[:MOST_IDS])))

    def make_meaning(self, readings: tuple[Reading, ...]) -> Meaning:
        """Return what the readings mean together."""
        if not readings:
            return NOTHING
        kinds = []
        for bit, kind in KINDS:
            mine = [reading for reading in readings if reading.asks & bit]
            if mine:
                kinds.append((kind, self.ids_of(mine)))
        places = [reading for reading in readings if reading.asks & PLACE]
        lead = places[0].weight - places[1].weight if len(places) > 1 else MOST_GAIN + 1
        home = (places[0].country, places[0].region) if places and lead > 1 else None
        if lead > MOST_GAIN:
            return Meaning(readings, tuple(kinds), (), home)
        asked = (each._replace(entity_id=self.id_of(each)) for each in places[:MOST_LOOKED_AT])
        return Meaning(readings, tuple(kinds[:-1]), tuple(asked), home)

    def join_meanings(self, left: Meaning, right: Meaning) -> Meaning:
        """Return what two layers say of one stretch, together."""
        key = id(left), id(right)  # both are kept as long as the matcher
        joined = self._joined.get(key)
        if joined is None:
            readings = sorted(left.readings + right.readings, key=by_weight)
            joined = self._joined[key] = self.make_meaning(tuple(readings))
        return joined

    def meaning_at(
        self, group: Group, beside: int, sentences: Sentences, start: int, end: int
    ) -> Meaning:
        """Return what a name means where it stands; NOTHING if none of its readings counts."""
        text = sentences.text
        if beside & JOINED and is_shouted(text, start, end):
            beside ^= JOINED
        if beside & WORDS and " " in text[start:end]:
            beside |= SPACED
        if group.reads:
            return self.meaning_of(group, pick_sorts(group, beside, sentences, start, end))
        if group.cased:
            words = text[start:end]
            low = words.lower()
            if words != low:
                beside |= (FITTING | CAPITALS) if words[:2].isupper() else FITTING
            elif fits_designation(words):
                beside |= FITTING
        meaning = group.known.get(beside)
        if meaning is None:
            fitting = pick_sorts(group, beside, sentences, start, end)
            meaning = group.known[beside] = self.meaning_of(group, fitting)
        return meaning

    def meaning_of(self, group: Group, fitting: int) -> Meaning:
        """Return what the group means by the sorts of these bits."""
        meaning = group.fits.get(fitting)
        if meaning is None:
            meaning = group.fits[fitting] = self.join_sorts(group.sorts, fitting)
        return meaning

    def join_sorts(self, sorts: Sequence[Sort], fitting: int) -> Meaning:
        """Return what the sorts of these bits mean together."""
        fit = [sort for place, sort in enumerate(sorts) if fitting >> place & 1]
        readings = (reading for sort in fit for reading in sort.readings)
        return self.make_meaning(tuple(sorted(readings, key=by_weight)))

    def open_group(self, name: int) -> Group:
        """Return the readings of a name, parted by what they ask for, likeliest first."""
        layer, number = name >> LAYER_BITS, name & GROUP_MASK
        lexicon, seen = self.layers[layer].lexicon, set()
        sorts: dict[tuple[int, int], list[Reading]] = {}
        for at in lexicon.readings(number):
            entity, needs = int(lexicon.entities[at]), int(lexicon.needs[at])
            asks = int(lexicon.flags[at])
            if (entity, needs) not in seen:
                seen.add((entity, needs))
                home = self.layers[layer].country_of(entity), self.layers[layer].region_of(entity)
                reading = Reading(layer, entity, asks, float(lexicon.weights[at]), *home)
                sorts.setdefault((asks & DECIDING, needs), []).append(reading)
        wanted = self.hints.wanted[layer]
        ordered = tuple(
            Sort(asks, wanted[needs] if needs else None, tuple(readings))
            for (asks, needs), readings in sorts.items()
        )
        every = 0
        for sort in ordered:
            every |= sort.asks
        reads = bool(every & READ) or any(sort.wanted for sort in ordered)
        plain = not (every & SPECIAL or reads)
        always = self.join_sorts(ordered, -1) if plain else None
        made = self._groups[name] = Group(ordered, bool(every & CASED), reads, always, {}, {})
        return made


def pick_sorts(group: Group, beside: int, sentences: Sentences, start: int, end: int) -> int:
    """Return which of the group's sorts count where the name stands, as bits."""
    fitting, around = 0, None
    for place, (asks, wanted, _) in enumerate(group.sorts):
        if wanted is not None and not sentences.has_near(wanted, start, end):
            continue
        if asks & SPECIAL:
            around = around or Around(sentences, start, end, beside)
            if not counts(asks, around, near=wanted is not None):
                continue
        fitting |= 1 << place
    return fitting


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
