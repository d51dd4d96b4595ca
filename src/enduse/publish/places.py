"""Places made coarse enough to print: names of towns or larger, coordinates on a fixed grid.

In: a place or party of an incident or claim, the register, the options. Out: a name, or None where
no name may be printed. The strictest of three limits wins: the general one, the one for this place,
and the country limit for what is too recent. A grid is used, never a random shift, since averages
undo a random shift. Refused: an exact site under another part than the place, as a target has it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from math import floor

from enduse.model.claim import Claim, Part
from enduse.model.entity import Entity, Point
from enduse.model.incident import Incident, Party
from enduse.model.mention import EntityKind
from enduse.ports import Register
from enduse.publish.evidence import Options

PRECISIONS = ("country", "admin1", "town", "site")
_RANKS = {precision: rank for rank, precision in enumerate(PRECISIONS)}
_GRID_SIGNS = re.compile(r"[+＋﹢°˚′″]|/{3}|\w{3,}\.\w{3,}\.\w{3,}")
"""Signs of degrees and plus codes, and three words with points between: a code for a square."""

_BESIDE = (Part.TARGET, Part.BENEFICIARY, Part.BY, Part.OTHER, Part.VICTIM)
"""Parts that may be a place though nobody tied their name to one."""

GRID_DEGREES = 0.1
"""The side of the grid of published coordinates: about 11 km of latitude."""


def name_place(incident: Incident, options: Options, register: Register | None) -> str | None:
    """Return the name of the incident's place, coarsened, or None where none may be printed."""
    if incident.place is None:
        return None
    return coarsen_name(incident.place, place_limit(incident, options), register)


def place_limit(incident: Incident, options: Options) -> str:
    """Return the finest precision in which the incident's place may be printed."""
    return _limit(incident.place, incident, options)


def _limit(place: Party | None, told: Incident | Claim | None, options: Options) -> str:
    return strictest(
        options.place_precision,
        dict(options.place_limits).get(place.key if place else "", "site"),
        "country" if is_recent(told, options) else "site",
        "country" if told and told.planned else "site",
    )


def coarsen_parties(incident: Incident, options: Options, register: Register | None) -> Incident:
    """Return the incident with each party that is a place coarsened, or left out."""
    found = (coarsen_party(party, incident, options, register) for party in incident.parties)
    return replace(incident, parties=tuple(party for party in found if party))


def coarsen_party(
    party: Party, told: Incident | Claim, options: Options, register: Register | None
) -> Party | None:
    """Return the party as it may be printed: a place under a coarse name, or None.

    A target that the register does not know may be a place, and is held to the same limits.
    """
    place = _as_place(party, register)
    if place is None:
        return party
    name = coarsen_name(place, _limit(place, told, options), register)
    return replace(party, label=name) if name else None


def name_holder(
    party: Party, told: Iterable[Incident | None], options: Options, register: Register | None
) -> str | None:
    """Return the name of who holds weapons as it may be printed, or None.

    Each incident that names the holder sets its limit; one that is None is what nobody tells of.
    """
    place = _as_place(party, register)
    if place is None:
        return party.label
    limit = strictest(*(_limit(place, one, options) for one in told))
    return coarsen_name(place, limit, register)


def _as_place(party: Party, register: Register | None) -> Party | None:
    """Return the party as the place that it is or may be; None if it is none."""
    if party.part is Part.PLACE:
        return party
    entity = register.entity(party.entity_id) if register and party.entity_id else None
    if entity is None and register and party.part in _BESIDE:
        best = register.find(party.label)[:1]
        entity = register.entity(best[0].entity_id) if best else None
    if entity is None:
        return party if party.part is Part.TARGET else None
    return replace(party, entity_id=entity.id) if entity.kind is EntityKind.PLACE else None


def coarsen_name(place: Party, limit: str, register: Register | None) -> str | None:
    """Return the nearest name that is no finer than the limit, or None.

    A place that the register does not know is printed as the document names it, if towns may be
    printed and the name holds nothing of an address, a grid or coordinates: no number of any
    script, and no sign of degrees or codes.
    """
    if register is None or register.entity(place.entity_id or "") is None:
        hidden = _RANKS[limit] < _RANKS["town"]
        return None if hidden or _tells_spot(place.label) else place.label
    found = _coarsen(place, limit, register)
    return found.name if found else None


def _tells_spot(name: str) -> bool:
    """Return whether a name may tell a spot within a town: it holds a number or a grid's sign."""
    numbers = any(unicodedata.category(letter).startswith("N") for letter in name)
    return numbers or _GRID_SIGNS.search(name) is not None


def strictest(*limits: str) -> str:
    """Return the coarsest of the limits; a word that is no precision counts as country.

    >>> strictest("town", "site", "admin1")
    'admin1'
    """
    return min((limit if limit in PRECISIONS else "country" for limit in limits), key=_rank)


def is_recent(told: Incident | Claim | None, options: Options) -> bool:
    """Return whether what is told may be too recent for its place to be printed.

    What nobody dates may be.
    """
    if options.prepared is None:
        return False
    if told is None or told.time is None:
        return True
    return told.time.latest > options.prepared - timedelta(days=options.delay_days)


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
