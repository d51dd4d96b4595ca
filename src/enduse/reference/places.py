"""Places: countries and listed sites as entities, towns and regions of the world as columns.

In: `data/places/*.tsv` and the packed `towns.tsv.xz`. Out: entities and readings for the lexicons;
`PlaceTable`, from which one place at a time becomes an `Entity`. `units.tsv` adds to packed places
by their id: a truer point, further names, short forms ("Tex."), demonyms. Refused: a line with the
wrong number of fields or a coordinate out of range, with its line.
"""

from __future__ import annotations

import lzma
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enduse.errors import DataError
from enduse.model.entity import Entity, Name, Point, Tie
from enduse.model.mention import EntityKind
from enduse.reference.readings import Asks, Readings, article_forms
from enduse.reference.sources import read_table

KINDS = ("town", "admin1", "admin2")
LABELS = {"town": "town", "admin1": "region", "admin2": "district"}
PREFIXES = {"town": "place", "admin1": "region", "admin2": "district"}
PRECISIONS = {"town": "town", "admin1": "admin1", "admin2": "admin2"}
KIND_WEIGHTS = {"town": 0.0, "admin1": -0.3, "admin2": -2.0}
SMALL_TOWN = 15_000
ALIAS_LOSS = 0.7
SUFFIX_LOSS = 0.2
NO_PEOPLE = 300
FIELDS = 9
WIDE = frozenset({"continent", "area", "sea", "river", "mountains", "desert", "island"})
"""Kinds whose point is only somewhere in the midst."""
MOST_LAT, MOST_LON = 90, 180


@dataclass(frozen=True)
class PlaceTable:
    """Towns and regions by number.

    Attributes:
        kinds: place in KINDS; regions come first.
        numbers: GeoNames number of a town, 0 for a region.
        lats, lons, people, countries, regions: columns; the last two are numbers in the lists.
        offsets, body: the names of each, the label first, parted by tabs, in UTF-8.
        country_codes, region_codes: the lists.
        codes: own codes of the regions, in order.
    """

    kinds: NDArray[np.uint8]
    numbers: NDArray[np.uint32]
    lats: NDArray[np.float32]
    lons: NDArray[np.float32]
    people: NDArray[np.uint32]
    countries: NDArray[np.uint16]
    regions: NDArray[np.uint16]
    offsets: NDArray[np.uint32]
    body: NDArray[np.uint8]
    country_codes: tuple[str, ...]
    region_codes: tuple[str, ...]
    codes: tuple[str, ...]

    def id_of(self, number: int) -> str:
        """Return the id of the place with this number."""
        if number < len(self.codes):
            return f"{PREFIXES[KINDS[self.kinds[number]]]}-{self.codes[number]}"
        return f"place-{self.numbers[number]}"

    def find(self, entity_id: str) -> int | None:
        """Return the number of the place with this id, None if there is none."""
        prefix, _, code = entity_id.partition("-")
        if prefix == "place" and code.isdecimal():
            towns = self.numbers[len(self.codes) :]
            at = int(np.searchsorted(towns, int(code)))
            found = at < len(towns) and int(towns[at]) == int(code)
            return at + len(self.codes) if found else None
        if prefix in PREFIXES.values() and code in self.codes:
            return next(n for n, own in enumerate(self.codes) if own == code)
        return None

    def country_of(self, number: int) -> str:
        """Return the place's country code."""
        return self.country_codes[int(self.countries[number])]

    def names_of(self, number: int) -> list[str]:
        """Return the place's names, the label first."""
        first, last = int(self.offsets[number]), int(self.offsets[number + 1])
        return self.body[first:last].tobytes().decode().split("\t")

    def entity(self, number: int) -> Entity:
        """Return the place as an entity."""
        kind, names = KINDS[self.kinds[number]], self.names_of(number)
        country = self.country_of(number)
        region = self.region_codes[self.regions[number]]
        held = [] if kind == "admin1" or not region else [f"region-{country}-{region}"]
        return Entity(
            id=self.id_of(number),
            kind=EntityKind.PLACE,
            category=LABELS[kind],
            name=names[0],
            countries=(country,),
            names=(Name(names[0], "en", "official"), *(Name(name, "und") for name in names[1:])),
            ties=tuple(Tie("in", other) for other in (*held, f"country-{country}")),
            codes=self.codes_of(number),
            point=Point(
                round(float(self.lats[number]), 4),
                round(float(self.lons[number]), 4),
                PRECISIONS[kind],
            ),
            reviewed=None,
        )

    def codes_of(self, number: int) -> tuple[tuple[str, str], ...]:
        """Return GeoNames number and people, where known."""
        named = (("geonames", int(self.numbers[number])), ("population", int(self.people[number])))
        return tuple((scheme, str(code)) for scheme, code in named if code)


def read_towns(path: Path) -> Iterator[list[str]]:
    """Yield the lines of the packed towns, as fields.

    Raises:
        DataError: a line has the wrong number of fields.
    """
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            fields = line.rstrip("\n").split("\t")
            if len(fields) != FIELDS:
                raise DataError("a line is not nine fields", f"{path}, line {number}")
            yield fields


def make_places(
    rows: Sequence[list[str]],
    units: Mapping[str, Mapping[str, str]],
    marks: Mapping[str, frozenset[str]],
    suffixes: Sequence[str],
) -> tuple[Readings, dict[str, NDArray[Any]], dict[str, list[str]]]:
    """Return the readings, the columns and the lists of a `PlaceTable`.

    Args:
        rows: lines of the packed towns, regions first.
        units: what `units.tsv` adds to a place, by its id.
        marks: "everyday" and "persons", the words that ask for more.
        suffixes: what may follow a region's name as a part of it.
    """
    readings = Readings()
    bodies = []
    for number, row in enumerate(rows):
        unit = units.get(f"{PREFIXES[row[0]]}-{row[1]}")
        names = [row[2], *filter(None, row[8].split("|"))]
        if unit is not None:
            row[5], row[6] = unit["lat"] or row[5], unit["lon"] or row[6]
            names += filter(None, unit["names"].split("|"))
            add_unit(readings, number, int(row[7]), unit)
        bodies.append("\t".join(names).encode())
        add_place(readings, number, row, names, marks)
        if row[0] != "town":
            add_suffixed(readings, number, row, suffixes, marks)
    return readings, *make_columns(rows, bodies)


def make_columns(
    rows: Sequence[list[str]], bodies: Sequence[bytes]
) -> tuple[dict[str, NDArray[Any]], dict[str, list[str]]]:
    """Return the columns and lists."""
    countries = sorted({row[3] for row in rows})
    regions = sorted({row[4].lower() for row in rows})
    by_country = {code: number for number, code in enumerate(countries)}
    by_region = {code: number for number, code in enumerate(regions)}
    towns = [row[0] == "town" for row in rows]
    columns: dict[str, NDArray[Any]] = {
        "kinds": np.array([KINDS.index(row[0]) for row in rows], np.uint8),
        "numbers": np.array(
            [int(row[1]) if town else 0 for row, town in zip(rows, towns, strict=True)], np.uint32
        ),
        "lats": np.array([float(row[5]) for row in rows], np.float32),
        "lons": np.array([float(row[6]) for row in rows], np.float32),
        "people": np.array([int(row[7]) for row in rows], np.uint32),
        "countries": np.array([by_country[row[3]] for row in rows], np.uint16),
        "regions": np.array([by_region[row[4].lower()] for row in rows], np.uint16),
        "offsets": np.append([0], np.cumsum([len(body) for body in bodies])).astype(np.uint32),
        "body": np.frombuffer(b"".join(bodies), np.uint8),
    }
    codes = [row[1] for row, town in zip(rows, towns, strict=True) if not town]
    return columns, {"country_codes": countries, "region_codes": regions, "codes": codes}


def add_place(
    readings: Readings,
    number: int,
    row: list[str],
    names: Sequence[str],
    marks: Mapping[str, frozenset[str]],
) -> None:
    """Add the readings of a town's or region's names."""
    people = int(row[7])
    base = math.log10(max(people, NO_PEOPLE)) + KIND_WEIGHTS[row[0]]
    small = Asks.SMALL if people < SMALL_TOWN and row[0] != "admin1" else 0
    for place, name in enumerate(names):
        flags = Asks.PLACE | small | marks_of(name, marks) | (Asks.ALIAS if place else 0)
        weight = base - ALIAS_LOSS * (place > 0)
        readings.add(name, number, int(flags), weight, lower=False)
        for form in article_forms(name):
            readings.add(form, number, int(flags), weight, lower=False)
        if "'" in name or "’" in name or "‘" in name:
            plain = name.replace("'", "").replace("’", "").replace("‘", "")
            readings.add(plain, number, int(flags), weight, lower=False)


def add_unit(readings: Readings, number: int, people: int, unit: Mapping[str, str]) -> None:
    """Add the readings of a unit's short forms and demonyms.

    A short form may be another word ("Miss.", "Pa"), so it asks for a word that says it is a place.
    """
    weight = math.log10(max(people, NO_PEOPLE)) - ALIAS_LOSS
    for column, flag in (("short", Asks.EVERYDAY | Asks.ALIAS), ("demonyms", Asks.DEMONYM)):
        for name in filter(None, unit[column].split("|")):
            readings.add(name, number, int(Asks.PLACE | flag), weight, lower=False)


def marks_of(name: str, marks: Mapping[str, frozenset[str]]) -> int:
    """Return whether a name is also an everyday word or a person's name."""
    flags = Asks.EVERYDAY if name.casefold() in marks["everyday"] else Asks(0)
    return flags | (Asks.PERSON if name in marks["persons"] else Asks(0))


def add_suffixed(
    readings: Readings,
    number: int,
    row: list[str],
    suffixes: Sequence[str],
    marks: Mapping[str, frozenset[str]],
) -> None:
    """Add "Aleppo Governorate" and the like for a region, and its name without such a word."""
    base = math.log10(max(int(row[7]), NO_PEOPLE))
    for name in (row[2], *row[8].split("|")[:5]):
        head, _, tail = name.rpartition(" ")
        if head and tail in suffixes:
            flags = Asks.PLACE | Asks.SMALL | Asks.ALIAS | marks_of(head, marks)
            readings.add(head, number, int(flags), base - 2.5, lower=False)
        elif name and (name.isascii() or row[0] == "admin1"):
            for suffix in suffixes:
                readings.add(f"{name} {suffix}", number, int(Asks.PLACE), base + 2.0, lower=False)


def country_entities(path: Path) -> Iterator[Entity]:
    """Yield the countries as places."""
    for row in read_table(path):
        demonyms = [Name(text, "en", "demonym") for text in row["demonyms"].split("|") if text]
        names = [Name(text, "und") for text in row["names"].split("|") if text]
        yield Entity(
            id=row["id"],
            kind=EntityKind.PLACE,
            category="country",
            name=row["name"],
            countries=(row["country"],),
            names=(Name(row["name"], "en", "official"), *names, *demonyms),
            codes=(
                ("iso3166", row["country"].upper()),
                ("population", row["population"]),
                ("capital", row["capital"]),
            ),
            point=make_point(row, path, "country"),
        )


def site_entities(path: Path) -> Iterator[Entity]:
    """Yield the places that the gazetteer lacks: fronts, bases, fields, mountains, crossings."""
    for row in read_table(path):
        names = [Name(text, "und") for text in row["names"].split("|") if text]
        people = filter(None, row.get("demonyms", "").split("|"))
        names += [Name(text, "en", "demonym") for text in people]
        held = [*filter(None, row["in"].split("|"))]
        held += [f"country-{code}" for code in row["country"].split("|") if code]
        yield Entity(
            id=row["id"],
            kind=EntityKind.PLACE,
            category=row["kind"],
            name=row["name"],
            countries=tuple(filter(None, row["country"].split("|"))),
            names=(Name(row["name"], "en", "official"), *names),
            ties=tuple(Tie("in", other) for other in held),
            point=make_point(row, path, "region" if row["kind"] in WIDE else "site"),
            reviewed=row["reviewed"] if row["reviewed"] != "no" else None,
        )


def make_point(row: Mapping[str, str], path: Path, precision: str) -> Point:
    """Return the row's point.

    Raises:
        DataError: the coordinates are no numbers or lie outside the globe.
    """
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError as error:
        raise DataError("a coordinate is no number", f"{path}, {row['id']}") from error
    if abs(lat) > MOST_LAT or abs(lon) > MOST_LON:
        raise DataError("a coordinate lies outside the globe", f"{path}, {row['id']}")
    return Point(lat, lon, precision)
