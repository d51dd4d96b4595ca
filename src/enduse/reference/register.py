"""The register as the stages see it: entries by id, names in a text, what a name may mean.

In: the compiled layers, and lists that a user adds. Out: `Register`, which implements
`enduse.ports.Register`. Refused: a user's list that breaks its rules (`DataError`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from enduse.errors import DataError
from enduse.model.dates import DateRange
from enduse.model.entity import Candidate, Entity
from enduse.model.mention import EntityKind, Mention
from enduse.model.problem import Problem
from enduse.reference import compilation
from enduse.reference.bearers import Bearers, find_bearers
from enduse.reference.company import Company
from enduse.reference.freshness import load_compiled
from enduse.reference.gazetteer import Gazetteer
from enduse.reference.grounding import Grounded, Named, Shares, ground_names
from enduse.reference.layers import Layer, ListedLayer, PlaceLayer, open_listed, open_places
from enduse.reference.looser import MOST, Loose, Looser
from enduse.reference.matcher import Matcher
from enduse.reference.search import Asked, Search
from enduse.reference.signs import Signs
from enduse.reference.sources import DATA, read_table, read_words


class Register:
    """Weapons, actors and places by id and by name.

    Attributes:
        version: a digest of the data.
        problems: files of the data that could not be read and were left out.
    """

    def __init__(
        self, layers: Sequence[Layer], matcher: Matcher, version: str, problems: Sequence[Problem]
    ) -> None:
        self._layers = tuple(layers)
        self._matcher = matcher
        self.version = version
        self.problems = tuple(problems)

    def entity(self, entity_id: str) -> Entity | None:
        """Return the entry with this id, or None.

        >>> load_register().entity("country-sy").name
        'Syria'
        """
        for layer in self._layers:
            number = layer.find(entity_id)
            if number is not None:
                return layer.entity(number)
        return None

    def entries(self) -> Iterator[Entity]:
        """Yield the listed entries, a user's own first: all but the towns of the world."""
        for layer in self._layers:
            if isinstance(layer, ListedLayer):
                yield from map(layer.entity, range(len(layer.ids)))

    def mentions(self, text: str) -> Sequence[Mention]:
        """Return the names in the text, in order, longest first where they overlap.

        A stretch that names an actor and a place ("Syria") gives one mention of each kind.

        >>> [(m.text, m.kind.value) for m in load_register().mentions("near Palmyra, Syria")][0]
        ('Palmyra', 'place')
        """
        return self._matcher.mentions(text)

    def find(
        self,
        name: str,
        kind: EntityKind | None = None,
        on: date | None = None,
        country: str | None = None,
        beside: Sequence[str] = (),
    ) -> tuple[Candidate, ...]:
        """Return the entries a name may mean, best first; empty where nothing is known.

        Args:
            name: as a document gives it, in any script.
            kind: keep only this kind.
            on: the day it was said; names out of use then weigh less.
            country: ISO 3166-1 code; entries at home there weigh more.
            beside: other names of the same text; of namesakes, what fits them comes first.

        >>> load_register().find("Paris", beside=["Dallas", "Houston"])[0].entity_id
        'place-4717560'
        """
        company = self._company_of(beside) if beside else None
        return self._search.find(
            Asked(name, kind, on, country.lower() if country else None, company)
        )

    def _company_of(self, names: Sequence[str]) -> Company:
        found = [
            entity_id
            for name in names
            for entity_id in [mention.entity_ids[0] for mention in self.mentions(name)]
            or [candidate.entity_id for candidate in self.find(name)[:1]]
        ]
        known = (self.entity(entity_id) for entity_id in dict.fromkeys(found))
        return Company.of([entity for entity in known if entity], self.ancestors)

    def find_inside(self, name: str, kind: EntityKind | None = None) -> tuple[Candidate, ...]:
        """Return the entries named inside a longer wording, best first.

        For lists of equipment and of parties, whose lines say more than a name. It tells less than
        `find`, and no stage uses it.

        >>> load_register().find_inside("1220 T-72B3 (for training)")[0].entity_id
        't-72b3'
        """
        return self._candidates(sorted(self._looser.by_part(name, kind), key=_by_score))

    def find_alike(self, name: str, kind: EntityKind | None = None) -> tuple[Candidate, ...]:
        """Return entries whose names sound like a name or are spelled nearly so, best first.

        For a reviewer who looks for what a misspelled name may mean; no stage decides by it.

        >>> load_register().find_alike("Hodeyda", EntityKind.PLACE)[0].label
        'Al Ḩudaydah'
        """
        return self._candidates(self._looser.find(name, kind))

    def _candidates(self, found: Sequence[Loose]) -> tuple[Candidate, ...]:
        best: dict[str, Candidate] = {}
        for loose in found:
            entity = self._layers[loose.layer].entity(loose.entity)
            features = tuple((name, round(float(value), 4)) for name, value in loose.features)
            best.setdefault(
                entity.id, Candidate(entity.id, entity.name, float(loose.score), features)
            )
        return tuple(best.values())[:MOST]

    def ancestors(self, entity_id: str, days: DateRange | None = None) -> tuple[str, ...]:
        """Return what holds it: weapon classes, parent actors, places; nearest first.

        Args:
            entity_id: of an entry.
            days: only ties that held on one of these days count; None takes all.

        >>> may = DateRange(date(2015, 5, 1), date(2015, 5, 31))
        >>> "islamic-state" in load_register().ancestors("al-nusrah-front", may)
        False
        """
        found: dict[str, None] = {}
        queue = deque(self._parents_on(entity_id, days))
        while queue:
            parent = queue.popleft()
            if parent not in found and parent != entity_id:
                found[parent] = None
                queue.extend(self._parents_on(parent, days))
        return tuple(found)

    def _parents_on(self, entity_id: str, days: DateRange | None) -> Sequence[str]:
        parents = self._parents_of(entity_id)
        entity = self.entity(entity_id) if days and parents else None
        if days is None or entity is None:
            return parents
        ties = [tie for tie in entity.ties if tie.kind in compilation.PARENT_TIES]
        over = {tie.other for tie in ties} - {tie.other for tie in ties if tie.held(days)}
        return [parent for parent in parents if parent not in over]

    def children(self, entity_id: str) -> tuple[str, ...]:
        """Return the listed entries that belong to it directly, sorted: models, branches, sites."""
        return self._children.get(entity_id, ())

    def compatible(self, left: str, right: str) -> bool:
        """Return whether both may be one thing: the same, or one is a class of the other."""
        return left == right or left in self.ancestors(right) or right in self.ancestors(left)

    def bearers(self, names: Sequence[str], kind: EntityKind | None = None) -> list[Bearers]:
        """Return the ids of the entries that bear each name; many names cost little more than one.

        >>> load_register().bearers(["Syria", "no such name"], EntityKind.PLACE)
        [frozenset({'country-sy'}), frozenset()]
        """
        return find_bearers(names, self._matcher, self._layers, kind)

    def ground(
        self, text: str, names: Sequence[Named], home: Shares | None = None
    ) -> list[Grounded | None]:
        """Return the place that each place name of a document means, chosen together.

        >>> register, text = load_register(), "Rallies in Paris and Dallas, Texas"
        >>> found = register.ground(text, [Named(11, 16, "Paris"), Named(21, 27, "Dallas")])
        >>> [register.entity(each.place.entity_id).countries for each in found]
        [('us',), ('us',)]
        """
        return ground_names(text, names, self._gazetteer.placements, home)

    def _parents_of(self, entity_id: str) -> Sequence[str]:
        for layer in self._layers:
            if isinstance(layer, ListedLayer):
                parents = layer.parents.get(entity_id)
                if parents is not None:
                    return parents
        entity = self.entity(entity_id) if entity_id.count("-") else None
        return [tie.other for tie in entity.ties if tie.kind == "in"] if entity else []

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        below: dict[str, list[str]] = defaultdict(list)
        for layer in self._layers:
            if isinstance(layer, ListedLayer):
                for child, parents in layer.parents.items():
                    for parent in parents:
                        below[parent].append(child)
        return {parent: tuple(sorted(children)) for parent, children in below.items()}

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer(self._matcher, self._layers)

    @cached_property
    def _looser(self) -> Looser:
        return Looser(self._matcher, self._layers)

    @cached_property
    def _search(self) -> Search:
        return Search(self._matcher, self._layers)


def _by_score(loose: Loose) -> float:
    return -loose.score


def load_register(extra: tuple[Path, ...] = (), data: Path = DATA) -> Register:
    """Return the register, with the user's own lists before it.

    Args:
        extra: folders laid out like the data (`weapons/`, `actors/`, `places/supplement.tsv`).
        data: the folder of the reviewed data.

    Raises:
        DataError: a user's list breaks its rules, or its folder does not exist.
    """
    listed_arrays, listed_plain = load_compiled("listed", data)
    place_arrays, place_plain = load_compiled("places", data)
    listed: ListedLayer = open_listed(listed_arrays, listed_plain)
    places: PlaceLayer = open_places(place_arrays, place_plain)
    alphabet = compilation.read_alphabet(data)
    articles = compilation.read_articles(data, alphabet)
    own = [open_extra(path, data) for path in extra]
    layers: list[Layer] = [*(layer for layer, _ in own), listed, places]
    digests = [listed_plain["digest"], place_plain["digest"], *(digest for _, digest in own)]
    version = hashlib.sha256("".join(digests).encode()).hexdigest()
    problems = [
        Problem("reference", subject, message, "", step)
        for subject, message, step in listed_plain["problems"]
    ]
    signs = Signs.of(
        read_table(data / "places" / "context.tsv"),
        (row["article"] for row in read_table(data / "articles.tsv")),
    )
    matcher = Matcher(alphabet, articles, layers, signs)
    return Register(layers, matcher, version, problems)


def open_extra(folder: Path, data: Path) -> tuple[ListedLayer, str]:
    """Return the layer of a user's lists and their digest.

    Raises:
        DataError: the folder does not exist, or a file breaks its rules.
    """
    if not folder.is_dir():
        raise DataError(
            "no such folder", str(folder), "enduse reference import FILE --own FOLDER makes one"
        )
    entities, problems = compilation.read_listed(folder)
    if problems:
        first = problems[0]
        raise DataError(first.message, f"{folder}/{first.subject}", first.next_step)
    alphabet = compilation.read_alphabet(data)
    arrays, plain = compilation.compile_listed(
        entities,
        alphabet,
        compilation.read_articles(data, alphabet),
        read_words(data / "everyday.txt"),
    )
    digest = hashlib.sha256(arrays["entity_body"].tobytes()).hexdigest()
    return open_listed(arrays, plain), digest
