"""Where incidents were, as areas: a cell of a fixed grid, a circle for a province, a country.

The limits of publication hold on the screen too, since screens are photographed: nothing finer
than the grid, plans and recent things by country only, never a bare point.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import cos, radians

from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.case.counts import count_by
from enduse.case.views.outlines import (
    WORLD,
    Frame,
    draw_shapes,
    frame_of,
    stretch,
    unstretch,
)
from enduse.errors import NotFoundError
from enduse.model.claim import ClaimKind
from enduse.model.incident import Incident
from enduse.model.record import from_json
from enduse.ports import Register
from enduse.publish import Options
from enduse.publish.places import find_area, find_cell, name_place, snap_cell
from enduse.store.kinds import INCIDENT

MOST = 500
"""The incidents on the map of the whole case: the latest ones."""

PROVINCE_KM = 50
"""The radius of the circle that stands for a province, whose borders the register does not have."""

_WIDTH, _MARGIN, _KM = 640.0, 0.25, 111.32
_CROWDED = 8
_LABEL_WIDE, _LABEL_HIGH = 110.0, 12.0


@dataclass(frozen=True, slots=True)
class Area:
    """A coarsened place and what happened there.

    Attributes:
        extent: how it is drawn: cell, province, country; empty if it is only named.
        cell: west, south, east, north in degrees: of the grid cell, or around the circle.
        country: the ISO 3166-1 code of the outline, for a country.
        place: the key of the page on the place.
        words: when and what, in a line.
    """

    name: str
    cell: tuple[float, float, float, float] | None
    incident_id: str
    extent: str = ""
    country: str = ""
    place: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """An incident in the table beside a map."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Patch:
    """An area as drawn, and a row of the table beside it.

    Attributes:
        extent, cell, country: as in `Area`.
        path: its outline in the drawing's units; empty if it is only named.
        x, y: where its label stands.
        incidents: the first of what happened there.
        total: how many there are.
    """

    name: str
    extent: str
    cell: tuple[float, float, float, float] | None
    country: str
    place: str
    path: str
    x: float
    y: float
    incidents: tuple[Happening, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the graticule, in the drawing's units, with its degrees."""

    at: float
    label: str
    level: bool


@dataclass(frozen=True, slots=True)
class MapView:
    """Areas on a Mercator map, and the same as rows.

    Attributes:
        width, height: of the drawing; 0 where nothing can be drawn.
        frame: west, south, east, north in degrees.
        patches: large areas first, so that small ones lie above them.
        extents: how many areas there are of each kind.
    """

    width: float
    height: float
    frame: tuple[float, float, float, float]
    patches: tuple[Patch, ...]
    lines: tuple[Line, ...]
    extents: dict[str, int]


@dataclass(frozen=True, slots=True)
class CaseMap:
    """The map of the case: its latest incidents, of one kind or all.

    Attributes:
        shown, total: how many are looked at, and how many there are.
        unplaced: how many of those have no place that may be shown.
    """

    kind: str
    kinds: tuple[str, ...]
    shown: int
    total: int
    unplaced: int
    map: MapView | None


def view_map(book: Casebook, kind: str = "") -> CaseMap:
    """Return the map of the latest incidents.

    Raises:
        NotFoundError: there is no such kind.
    """
    kinds = tuple(word.value for word in ClaimKind)
    if kind and kind not in kinds:
        raise NotFoundError(f"there is no kind {kind!r}", next_step=", ".join(kinds))
    where = "WHERE kind = :kind" if kind else ""
    rows = book.store.select(
        f"SELECT body FROM incident {where} "  # noqa: S608 - ours
        "ORDER BY started DESC, rowid DESC LIMIT :most",
        kind=kind,
        most=MOST,
    )
    today = now().date()
    areas = [area_of(from_json(Incident, row["body"]), book.register, today) for row in rows]
    placed = sum(area is not None for area in areas)
    many = count_by(book, INCIDENT, "kind")
    total = many.get(kind, 0) if kind else sum(many.values())
    return CaseMap(kind, kinds, len(areas), total, len(areas) - placed, draw_map(areas))


def area_of(incident: Incident, register: Register, today: date) -> Area | None:
    """Return where an incident was, coarsened; None if no place is told or may be shown."""
    options = Options(prepared=today)
    name = name_place(incident, options, register)
    if name is None or incident.place is None:
        return None
    head = ", ".join(filter(None, (incident.kind.value, incident.mode, incident.status)))
    words = f"{incident.time.words}: {head}" if incident.time and incident.time.words else head
    cell = find_cell(incident, options, register)
    found = find_area(incident, options, register)
    place = found.id if found else incident.place.entity_id or f"name:{incident.place.label}"
    if cell is not None or found is None or found.point is None:
        return Area(name, cell, incident.id, "cell" if cell else "", "", place, words)
    if found.point.precision == "country" and found.countries and frame_of(found.countries[0]):
        return Area(name, None, incident.id, "country", found.countries[0], place, words)
    if found.point.precision == "admin1":
        around = _circle(snap_cell(found.point))
        return Area(name, around, incident.id, "province", "", place, words)
    return Area(name, None, incident.id, "", "", place, words)


def draw_map(areas: Iterable[Area | None]) -> MapView | None:
    """Return the map of the areas; None if there is none."""
    groups: dict[tuple[object, ...], list[Area]] = {}
    for area in areas:
        if area is not None:
            key = (area.extent, area.cell, area.country, "" if area.cell else area.name)
            groups.setdefault(key, []).append(area)
    if not groups:
        return None
    every = sorted(groups.values(), key=_from_large)
    extents = {extent: sum(group[0].extent == extent for group in every) for extent in _EXTENTS}
    frames = [frame for group in every if (frame := _frame_of(group[0])) is not None]
    if not frames:
        patches = tuple(_patch(group, WORLD, 0.0) for group in every)
        return MapView(0.0, 0.0, (0.0, 0.0, 0.0, 0.0), patches, (), extents)
    frame = _widen(frames)
    scale = _WIDTH / (frame[2] - frame[0])
    west, south, east, north = frame
    return MapView(
        _WIDTH,
        round((north - south) * scale, 1),
        (round(west, 4), round(unstretch(south), 4), round(east, 4), round(unstretch(north), 4)),
        _part_labels([_patch(group, frame, scale) for group in every]),
        tuple(_lines(frame, scale)),
        extents,
    )


def land_of(view: MapView) -> str:
    """Return the SVG path of all land within a map's frame."""
    frame, scale = _stretched(view)
    return "".join(path for _, path in draw_shapes(frame, scale))


_EXTENTS = ("country", "province", "cell", "")


def _from_large(group: list[Area]) -> tuple[int, str]:
    return _EXTENTS.index(group[0].extent), group[0].name


def _stretched(view: MapView) -> tuple[Frame, float]:
    west, south, east, north = view.frame
    return (west, stretch(south), east, stretch(north)), view.width / (east - west)


def _circle(cell: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return the degrees around a circle of `PROVINCE_KM` about the middle of a grid cell."""
    lon, lat = (cell[0] + cell[2]) / 2, (cell[1] + cell[3]) / 2
    high = PROVINCE_KM / _KM
    wide = high / cos(radians(lat))
    return round(lon - wide, 4), round(lat - high, 4), round(lon + wide, 4), round(lat + high, 4)


def _frame_of(area: Area) -> Frame | None:
    if area.cell is not None:
        return area.cell[0], stretch(area.cell[1]), area.cell[2], stretch(area.cell[3])
    return frame_of(area.country) if area.country else None


def _widen(frames: list[Frame]) -> Frame:
    """Return a frame around them all: at least 4 degrees wide, no flatter than 1 to 2."""
    west, south = min(f[0] for f in frames), min(f[1] for f in frames)
    east, north = max(f[2] for f in frames), max(f[3] for f in frames)
    wide = max((east - west) * (1 + 2 * _MARGIN), 4.0, (north - south) * 1.1)
    high = max((north - south) * (1 + 2 * _MARGIN), wide * 0.55)
    wide, high = min(wide, WORLD[2] - WORLD[0]), min(high, WORLD[3] - WORLD[1])
    left = _hold((west + east - wide) / 2, wide, WORLD[0], WORLD[2])
    low = _hold((south + north - high) / 2, high, WORLD[1], WORLD[3])
    return left, low, left + wide, low + high


def _hold(start: float, length: float, least: float, most: float) -> float:
    return max(least, min(start, most - length))


def _patch(group: list[Area], frame: Frame, scale: float) -> Patch:
    first = group[0]
    around = _frame_of(first)
    x = y = 0.0
    path = ""
    if around is not None:
        x = round(((around[0] + around[2]) / 2 - frame[0]) * scale, 1)
        y = round((frame[3] - (around[1] + around[3]) / 2) * scale, 1)
        path = _outline(first, around, frame, scale)
    return Patch(
        " / ".join(dict.fromkeys(area.name for area in group)),
        first.extent,
        first.cell,
        first.country,
        first.place,
        path,
        x,
        y,
        tuple(Happening(area.incident_id, area.words) for area in group[:_CROWDED]),
        len(group),
    )


def _part_labels(patches: list[Patch]) -> tuple[Patch, ...]:
    """Move labels down where they would cover one another; the order stays."""
    placed: list[tuple[float, float]] = []
    lower: dict[str, float] = {}
    for patch in sorted(patches, key=lambda one: one.y):
        y = patch.y
        for x, other in placed:
            if abs(x - patch.x) < _LABEL_WIDE and abs(y - other) < _LABEL_HIGH:
                y = other + _LABEL_HIGH
        placed.append((patch.x, y))
        lower[patch.path] = y
    return tuple(replace(patch, y=round(lower[patch.path], 1)) for patch in patches)


def _outline(area: Area, around: Frame, frame: Frame, scale: float) -> str:
    if area.extent == "country":
        drawn = draw_shapes(frame, scale)
        return "".join(path for code, path in drawn if code == area.country)
    left, right = ((lon - frame[0]) * scale for lon in (around[0], around[2]))
    top, bottom = ((frame[3] - high) * scale for high in (around[3], around[1]))
    if area.extent == "province":
        round_x, round_y, middle = (right - left) / 2, (bottom - top) / 2, (top + bottom) / 2
        arc = f"A{round_x:.1f} {round_y:.1f} 0 0 1"
        return (
            f"M{left:.1f} {middle:.1f}{arc} {right:.1f} {middle:.1f}{arc} {left:.1f} {middle:.1f}Z"
        )
    pad = max(0.0, (10.0 - (right - left)) / 2)  # a cell too small to see is drawn larger
    left, right, top, bottom = left - pad, right + pad, top - pad, bottom + pad
    return f"M{left:.1f} {top:.1f}H{right:.1f}V{bottom:.1f}H{left:.1f}Z"


def _lines(frame: Frame, scale: float) -> Iterable[Line]:
    step = max(1, round((frame[2] - frame[0]) / 6))
    for degree in range(-180, 181, step):
        if frame[0] < degree < frame[2]:
            side = "E" if degree >= 0 else "W"
            yield Line(round((degree - frame[0]) * scale, 1), f"{abs(degree)}° {side}", level=False)
    for degree in range(-80 // step * step, 85, step):
        if frame[1] < stretch(degree) < frame[3]:
            side = "N" if degree >= 0 else "S"
            at = round((frame[3] - stretch(degree)) * scale, 1)
            yield Line(at, f"{abs(degree)}° {side}", level=True)
