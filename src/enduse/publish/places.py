"""Places made coarse enough to print: names of towns or larger, coordinates on a fixed grid.

In: a place of an incident, the register, the options. Out: a name, or None where no name may be
printed. The strictest of three limits wins: the general one, the one for this place, and the
country limit for what is too recent. A grid is used, never a random shift, since averages undo a
random shift.
"""

from __future__ import annotations

import re
from datetime import timedelta

from enduse.model.entity import Entity, Point
from enduse.model.incident import Incident, Party
from enduse.ports import Register
from enduse.publish.evidence import Options

PRECISIONS = ("country", "admin1", "town", "site")
_COORDINATES = re.compile(r"\d+\s*[.,°º˚'′]\s*\d*|\b\d{2}[A-Z]{3}\s?\d{4,}", re.ASCII)

GRID_DEGREES = 0.1
"""The side of the grid of published coordinates: about 11 km of latitude."""


def name_place(incident: Incident, options: Options, register: Register | None) -> str | None:
    """Return the name of the incident's place, coarsened, or None where none may be printed."""
    if incident.place is None:
        return None
    limit = strictest(
        options.place_precision,
        dict(options.place_limits).get(incident.place.key, "site"),
        "country" if is_recent(incident, options) else "site",
        "country" if incident.planned else "site",
    )
    return coarsen_name(incident.place, limit, register)


def coarsen_name(place: Party, limit: str, register: Register | None) -> str | None:
    """Return the nearest name that is no finer than the limit, or None.

    A place that the register does not know is printed as the document names it, if towns may be
    printed and the name holds no coordinates.
    """
    entity = register.entity(place.entity_id) if register and place.entity_id else None
    if register is None or entity is None:
        hidden = PRECISIONS.index(limit) < PRECISIONS.index("town")
        return None if hidden or _COORDINATES.search(place.label) else place.label
    larger = (register.entity(entity_id) for entity_id in register.ancestors(entity.id))
    fitting = (found for found in (entity, *larger) if found and _fits(found, limit))
    return next((found.name for found in fitting), None)


def strictest(*limits: str) -> str:
    """Return the coarsest of the limits; a word that is no precision counts as country.

    >>> strictest("town", "site", "admin1")
    'admin1'
    """
    return min((limit if limit in PRECISIONS else "country" for limit in limits), key=_rank)


def is_recent(incident: Incident, options: Options) -> bool:
    """Return whether the incident may be too recent for its place to be printed."""
    if options.prepared is None or incident.time is None:
        return False
    return incident.time.latest > options.prepared - timedelta(days=options.delay_days)


def snap_point(point: Point, degrees: float = GRID_DEGREES) -> tuple[float, float]:
    """Return longitude and latitude of the middle of the grid cell that holds the point.

    >>> snap_point(Point(34.5624, 38.2841))
    (38.25, 34.55)
    """
    lon, lat = (
        round((value // degrees) * degrees + degrees / 2, 6) for value in (point.lon, point.lat)
    )
    return lon, lat


def _fits(entity: Entity, limit: str) -> bool:
    precision = entity.point.precision if entity.point else "site"
    return _rank(precision) <= _rank(limit)


def _rank(precision: str) -> int:
    return PRECISIONS.index(precision) if precision in PRECISIONS else len(PRECISIONS)
