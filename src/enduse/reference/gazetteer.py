"""The places that a name may mean, from all layers of the register.

In: a name. Out: `Placement`s, each place once, likeliest first, and by which rule they were found:
"name" (one of its names), "part" (a place named inside it). Nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from enduse.model.mention import EntityKind
from enduse.reference.grounding import Placement
from enduse.reference.layers import Layer, ListedLayer, PlaceLayer
from enduse.reference.matcher import Matcher
from enduse.reference.meanings import Reading
from enduse.reference.places import KINDS
from enduse.reference.readings import Asks

MOST = 60
CAPITAL = 1.2
"""What being a country's capital adds to a town's weight."""
ENDINGS = re.compile(r"(?:['’]s?|s['’])$")
COUNTRY = "country-"
NO_PLACE = Placement("", "", 0.0, 0.0, 0.0, "", "")


class Gazetteer:
    """The places of all layers by name."""

    def __init__(self, matcher: Matcher, layers: Sequence[Layer]) -> None:
        self._matcher = matcher
        self._layers = layers
        self._known: dict[str, tuple[str, Sequence[Placement]]] = {}

    def placements(self, name: str) -> tuple[str, Sequence[Placement]]:
        """Return the rule and the places the name may mean."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._look_up(name)
        return found

    def _look_up(self, name: str) -> tuple[str, Sequence[Placement]]:
        for spelling in spellings_of(name):
            places = self._read(self._matcher.readings_of(spelling))
            if places:
                return "name", places
        return "part", self._parts(name)

    def _read(self, readings: Sequence[Reading]) -> list[Placement]:
        best: dict[tuple[int, int], Placement] = {}
        for reading in readings:
            key = (reading.layer, reading.entity)
            if reading.asks & int(Asks.PLACE) and key not in best:
                best[key] = self._place(reading)
            if len(best) == MOST:
                break
        return [place for place in best.values() if place is not NO_PLACE]

    def _place(self, reading: Reading) -> Placement:
        layer = self._layers[reading.layer]
        home = reading.country, reading.region
        if isinstance(layer, PlaceLayer):
            table, number = layer.table, reading.entity
            kind = KINDS[table.kinds[number]]
            usual = kind == "town" and not reading.asks & int(Asks.ALIAS)
            leads = usual and self._capitals.get(home[0]) == table.names_of(number)[0]
            return Placement(
                table.id_of(number),
                kind,
                float(table.lats[number]),
                float(table.lons[number]),
                reading.weight + CAPITAL * leads,
                *home,
            )
        entity = layer.entity(reading.entity)
        if entity.point is None:
            return NO_PLACE
        country = home[0] if len(entity.countries) == 1 else ""
        point = entity.point
        return Placement(
            entity.id, entity.category, point.lat, point.lon, reading.weight, country, ""
        )

    @cached_property
    def _capitals(self) -> dict[str, str]:
        """Return each country's capital as the towns name it."""
        found = {}
        for layer in self._layers:
            if not isinstance(layer, ListedLayer):
                continue
            for number in (n for n, known in enumerate(layer.ids) if known.startswith(COUNTRY)):
                entity = layer.entity(number)
                capital = dict(entity.codes).get("capital")
                if capital:
                    found[entity.countries[0]] = capital.partition(",")[0]
        return found

    def _parts(self, name: str) -> Sequence[Placement]:
        """Return the places of the longest place name inside the name, the first if two are."""
        inside = [
            mention.text
            for mention in self._matcher.mentions(name)
            if mention.kind is EntityKind.PLACE
        ]
        longest = max(inside, key=len, default=None)
        return self._read(self._matcher.readings_of(longest)) if longest else []


def spellings_of(name: str) -> Iterator[str]:
    """Yield the name, and as it may stand in the register.

    >>> list(spellings_of("Jordan's"))
    ["Jordan's", 'Jordan']
    """
    plain = " ".join(name.split())
    yield plain
    bare = ENDINGS.sub("", plain).strip(" .,-")
    if bare != plain:
        yield bare
