"""Outlines of countries, from Natural Earth: what a map is drawn on, offline.

In: the shipped outlines (1:50m, public domain), in degrees. Out: rings by country; for a frame, the
lines of a drawing. Mercator everywhere, so that the drawing and the map in the browser agree. A
border here is where Natural Earth draws it, and says nothing on whose land it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import atan, degrees, exp, log, pi, radians, tan
from typing import Any

Point = tuple[float, float]
Frame = tuple[float, float, float, float]
"""West, south, east, north: degrees of longitude, and of latitude as Mercator stretches it."""

WORLD: Frame = (-180.0, -68.0, 180.0, 169.0)
"""The whole of a map: from 56° south to 84° north, so without Antarctica."""

_STEEPEST = 85.0
_NEAR = 0.9  # units of the drawing; points nearer than this to the last are left out


@dataclass(frozen=True, slots=True)
class Ring:
    """One closed line, as the map draws it, and the frame around it."""

    points: tuple[Point, ...]
    frame: Frame

    @property
    def size(self) -> float:
        """The area of its frame."""
        return (self.frame[2] - self.frame[0]) * (self.frame[3] - self.frame[1])


@dataclass(frozen=True, slots=True)
class Shape:
    """A country or a part of one: its ISO 3166-1 code in small letters, its parts by size.

    Attributes:
        parts: each a ring and the holes in it.
    """

    code: str
    parts: tuple[tuple[Ring, ...], ...]


def stretch(lat: float) -> float:
    """Return the latitude as Mercator stretches it, in degrees.

    >>> round(stretch(60.0), 2), round(unstretch(stretch(60.0)), 6)
    (75.46, 60.0)
    """
    held = max(-_STEEPEST, min(_STEEPEST, lat))
    return degrees(log(tan(pi / 4 + radians(held) / 2)))


def unstretch(high: float) -> float:
    """Return the latitude of a height on the map."""
    return degrees(2 * atan(exp(radians(high))) - pi / 2)


@cache
def read_shapes() -> tuple[Shape, ...]:
    """Return every shape; read once, about 640 kB."""
    topology = _read_topology()
    arcs = tuple(tuple(_walk(arc, topology["transform"])) for arc in topology["arcs"])
    return tuple(
        Shape(one["id"], tuple(sorted(_parts(one, arcs), key=lambda part: -part[0].size)))
        for one in topology["objects"]["countries"]["geometries"]
    )


@cache
def frame_of(code: str) -> Frame | None:
    """Return the frame around the largest part of a country; None if there is no such outline."""
    rings = [shape.parts[0][0] for shape in read_shapes() if shape.code == code]
    return max(rings, key=lambda ring: ring.size).frame if rings and code else None


def draw_shapes(frame: Frame, scale: float) -> Iterator[tuple[str, str]]:
    """Yield code and SVG path of each shape within a frame, `scale` units to the degree."""
    for shape in read_shapes():
        path = "".join(_path(ring, frame, scale) for part in shape.parts for ring in part)
        if path:
            yield shape.code, path


def as_geojson() -> dict[str, Any]:
    """Return the shapes as GeoJSON in degrees of latitude and longitude."""
    return {"type": "FeatureCollection", "features": [_feature(one) for one in read_shapes()]}


def _feature(shape: Shape) -> dict[str, Any]:
    drawn = [
        [[[x, round(unstretch(y), 3)] for x, y in ring.points] for ring in part]
        for part in shape.parts
    ]
    return {
        "type": "Feature",
        "properties": {"code": shape.code},
        "geometry": {"type": "MultiPolygon", "coordinates": drawn},
    }


def _read_topology() -> dict[str, Any]:
    file = files("enduse.case.views").joinpath("data", "outlines.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def _walk(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    (wide, high), (left, low) = transform["scale"], transform["translate"]
    x = y = 0
    for right, up in arc:
        x, y = x + right, y + up
        yield round(x * wide + left, 4), round(stretch(y * high + low), 4)


def _parts(
    geometry: dict[str, Any], arcs: tuple[tuple[Point, ...], ...]
) -> Iterator[tuple[Ring, ...]]:
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for part in parts:
        yield tuple(_ring(numbers, arcs) for numbers in part)


def _ring(numbers: list[int], arcs: tuple[tuple[Point, ...], ...]) -> Ring:
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return Ring(tuple(points), _around(points))


def _around(points: Iterable[Point]) -> Frame:
    every = list(points)
    wide, high = [x for x, _ in every], [y for _, y in every]
    return min(wide), min(high), max(wide), max(high)


def _path(ring: Ring, frame: Frame, scale: float) -> str:
    """Return the closed path of a ring, cut to the frame; empty if nothing of it is within."""
    west, south, east, north = ring.frame
    if west > frame[2] or east < frame[0] or south > frame[3] or north < frame[1]:
        return ""
    if max(east - west, north - south) * scale < 2 * _NEAR:
        return ""
    within = west >= frame[0] and east <= frame[2] and south >= frame[1] and north <= frame[3]
    points = ring.points if within else _cut(ring.points, frame)
    kept = list(_thin(((x - frame[0]) * scale, (frame[3] - y) * scale) for x, y in points))
    if len(kept) < 3:  # noqa: PLR2004 - no area
        return ""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"


def _thin(points: Iterable[Point]) -> Iterator[Point]:
    last: Point | None = None
    for point in points:
        if last is None or abs(point[0] - last[0]) + abs(point[1] - last[1]) >= _NEAR:
            last = point
            yield point


def _cut(points: tuple[Point, ...], frame: Frame) -> tuple[Point, ...]:
    """Return a ring cut to the frame, side by side (Sutherland and Hodgman, 1974)."""
    for axis, limit, sign in (
        (0, frame[0], 1),
        (1, frame[1], 1),
        (0, frame[2], -1),
        (1, frame[3], -1),
    ):
        if not points:
            break
        closed = points if points[0] == points[-1] else (*points, points[0])
        points = tuple(_cut_side(closed, axis, limit, sign))
    return points


def _cut_side(points: tuple[Point, ...], axis: int, limit: float, sign: int) -> Iterator[Point]:
    for before, after in pairwise(points):
        inside = (before[axis] - limit) * sign >= 0
        if inside:
            yield before
        if inside != ((after[axis] - limit) * sign >= 0):
            share = (limit - before[axis]) / (after[axis] - before[axis])
            yield (
                before[0] + share * (after[0] - before[0]),
                before[1] + share * (after[1] - before[1]),
            )
