"""Places made coarse enough to print: names of towns or larger, coordinates on a fixed grid.

In: a place of an incident, the register, the options. Out: a name, or None where no name may be
printed. The strictest of three limits wins: the general one, the one for this place, and the
country limit for what is too recent. A grid is used, never a random shift, since averages undo a
random shift.
"""

from __future__ import annotations

import re
from datetime import timedelta
from math import floor

from enduse.model.entity import Entity, Point
from enduse.model.incident import Incident, Party
from enduse.ports import Register
from enduse.publish.evidence import Options

PRECISIONS = ("country", "admin1", "town", "site")
_RANKS = {precision: rank for rank, precision in enumerate(PRECISIONS)}
_COORDINATES = re.compile(r"\d+\s*[.,°º˚'′]\s*\d*|\b\d{2}[A-Z]{3}\s?\d{4,}", re.ASCII)

GRID_DEGREES = 0.1
"""The side of the grid of published coordinates: about 11 km of latitude."""


def name_place(incident: Incident, options: Options, register: Register | None) -> str | None:
    """Return the name of the incident's place, coarsened, or None where none may be printed."""
    if incident.place is None:
        return None
    return coarsen_name(incident.place, place_limit(incident, options), register)


def place_limit(incident: Incident, options: Options) -> str:
    """Return the finest precision in which the incident's place may be printed."""
    key = incident.place.key if incident.place else ""
    return strictest(
        options.place_precision,
        dict(options.place_limits).get(key, "site"),
        "country" if is_recent(incident, options) else "site",
        "country" if incident.planned else "site",
    )


def coarsen_name(place: Party, limit: str, register: Register | None) -> str | None:
    """Return the nearest name that is no finer than the limit, or None.

    A place that the register does not know is printed as the document names it, if towns may be
    printed and the name holds no coordinates.
    """
    if register is None or register.entity(place.entity_id or "") is None:
        hidden = _RANKS[limit] < _RANKS["town"]
        return None if hidden or _COORDINATES.search(place.label) else place.label
    found = _coarsen(place, limit, register)
    return found.name if found else None


def strictest(*limits: str) -> str:
    """Return the coarsest of the limits; a word that is no precision counts as country.

    >>> strictest("town", "site", "admin1")
    'admin1'
    """
    return min((limit if limit in PRECISIONS else "country" for limit in limits), key=_rank)


def is_recent(incident: Incident, options: Options) -> bool:
    """Return whether the incident may be too recent for its place to be printed.

    What nobody dates may be.
    """
    if options.prepared is None:
        return False
    if incident.time is None:
        return True
    return incident.time.latest > options.prepared - timedelta(days=options.delay_days)


def find_cell(
    incident: Incident, options: Options, register: Register | None
) -> tuple[float, float, float, float] | None:
    """Return the grid cell of the incident's place, or None if only a coarser name is printed."""
    if register is None or incident.place is None:
        return None
    found = _coarsen(incident.place, place_limit(incident, options), register)
    exact = found is not None and _rank_of(found) >= _RANKS["town"]
    return snap_cell(found.point) if exact and found and found.point else None


def find_area(incident: Incident, options: Options, register: Register | None) -> Entity | None:
    """Return the entry whose name is printed for the incident's place; None if it has none."""
    if register is None or incident.place is None:
        return None
    return _coarsen(incident.place, place_limit(incident, options), register)


def snap_cell(point: Point, degrees: float = GRID_DEGREES) -> tuple[float, float, float, float]:
    """Return west, south, east and north of the grid cell that holds the point.

    >>> snap_cell(Point(34.5624, 38.2841))
    (38.2, 34.5, 38.3, 34.6)
    """
    west, south = (round(floor(value / degrees) * degrees, 6) for value in (point.lon, point.lat))
    return west, south, round(west + degrees, 6), round(south + degrees, 6)


def _coarsen(place: Party, limit: str, register: Register) -> Entity | None:
    """Return the place itself or the nearest one around it that is no finer than the limit."""
    entity = register.entity(place.entity_id or "")
    if entity is None:
        return None
    larger = (register.entity(entity_id) for entity_id in register.ancestors(entity.id))
    fitting = (found for found in (entity, *larger) if found and _rank_of(found) <= _RANKS[limit])
    return next(fitting, None)


def _rank_of(entity: Entity) -> int:
    return _rank(entity.point.precision if entity.point else "site")


def _rank(precision: str) -> int:
    """Return how fine a precision is; an unknown one counts as finer than any."""
    return _RANKS.get(precision, len(PRECISIONS))
