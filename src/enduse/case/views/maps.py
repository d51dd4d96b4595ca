"""Where incidents were, as areas: the cell of a fixed grid, or the name of a larger place.

The limits of publication hold on the screen too, since screens are photographed: nothing finer
than the grid, plans and recent things by country only, never a bare point.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from enduse.model.incident import Incident
from enduse.ports import Register
from enduse.publish import Options
from enduse.publish.places import find_cell, name_place

_WIDTH, _MARGIN = 640.0, 0.15


@dataclass(frozen=True, slots=True)
class Area:
    """A coarsened place: its name and, where it is a town or finer, its grid cell in degrees.

    Attributes:
        cell: west, south, east, north; None for anything larger than a town.
        incident_id: what happened there.
    """

    name: str
    cell: tuple[float, float, float, float] | None
    incident_id: str


@dataclass(frozen=True, slots=True)
class Patch:
    """A cell as drawn: a rectangle in the drawing's units, its name and its incidents."""

    x: float
    y: float
    width: float
    height: float
    name: str
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the graticule, in the drawing's units, with its degrees."""

    at: float
    label: str
    level: bool


@dataclass(frozen=True, slots=True)
class MapView:
    """A drawing of areas on an equirectangular grid, and the places too large to draw.

    Attributes:
        larger: (name, number of incidents) of provinces, countries and unplaced names.
    """

    width: float
    height: float
    patches: tuple[Patch, ...]
    lines: tuple[Line, ...]
    larger: tuple[tuple[str, int], ...]


def area_of(incident: Incident, register: Register, today: date) -> Area | None:
    """Return where an incident was, coarsened; None if no place is told or may be shown."""
    options = Options(prepared=today)
    name = name_place(incident, options, register)
    if name is None:
        return None
    return Area(name, find_cell(incident, options, register), incident.id)


def draw_map(areas: Iterable[Area | None]) -> MapView | None:
    """Return the drawing of the areas; None if there is none."""
    known = [area for area in areas if area is not None]
    if not known:
        return None
    cells: dict[tuple[float, float, float, float], list[Area]] = {}
    larger: dict[str, int] = {}
    for area in known:
        if area.cell is None:
            larger[area.name] = larger.get(area.name, 0) + 1
        else:
            cells.setdefault(area.cell, []).append(area)
    names = tuple(sorted(larger.items(), key=lambda pair: (-pair[1], pair[0])))
    if not cells:
        return MapView(0.0, 0.0, (), (), names)
    frame = _frame(cells)
    scale = _WIDTH / (frame[2] - frame[0])
    height = round((frame[3] - frame[1]) * scale, 1)
    patches = tuple(_patch(cell, cells[cell], frame, scale) for cell in sorted(cells))
    return MapView(_WIDTH, height, patches, tuple(_lines(frame, scale)), names)


def _frame(cells: Iterable[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    """Return west, south, east, north around the cells: at least 2°, no flatter than 1 to 2."""
    every = list(cells)
    west, south = min(c[0] for c in every), min(c[1] for c in every)
    east, north = max(c[2] for c in every), max(c[3] for c in every)
    wide = max((east - west) * (1 + 2 * _MARGIN), 2.0, north - south)
    high = max((north - south) * (1 + 2 * _MARGIN), wide / 2)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return middle_x - wide / 2, middle_y - high / 2, middle_x + wide / 2, middle_y + high / 2


def _patch(
    cell: tuple[float, float, float, float],
    areas: list[Area],
    frame: tuple[float, float, float, float],
    scale: float,
) -> Patch:
    least = 10.0
    width = max((cell[2] - cell[0]) * scale, least)
    height = max((cell[3] - cell[1]) * scale, least)
    return Patch(
        round((cell[0] + cell[2]) / 2 * scale - frame[0] * scale - width / 2, 1),
        round(frame[3] * scale - (cell[1] + cell[3]) / 2 * scale - height / 2, 1),
        round(width, 1),
        round(height, 1),
        " / ".join(dict.fromkeys(area.name for area in areas)),
        tuple(area.incident_id for area in areas),
    )


def _lines(frame: tuple[float, float, float, float], scale: float) -> Iterable[Line]:
    step = max(1, round((frame[2] - frame[0]) / 6))
    for degree in range(int(frame[0]) - 1, int(frame[2]) + 2):
        if degree % step == 0 and frame[0] < degree < frame[2]:
            side = "E" if degree >= 0 else "W"
            yield Line(round((degree - frame[0]) * scale, 1), f"{abs(degree)}° {side}", level=False)
    for degree in range(int(frame[1]) - 1, int(frame[3]) + 2):
        if degree % step == 0 and frame[1] < degree < frame[3]:
            side = "N" if degree >= 0 else "S"
            yield Line(round((frame[3] - degree) * scale, 1), f"{abs(degree)}° {side}", level=True)
