"""What happened where, coarsened, for maps: only what is told as done, each with its quotes.

In: the desk. Out: place marks in order of time. Refused: plans, fears and inferred steps have no
place on a map.
"""

from __future__ import annotations

from collections.abc import Iterator

from enduse.model.dossier import PlaceMark
from enduse.model.incident import Incident
from enduse.publish.desk import Desk
from enduse.publish.phrases import say_incident
from enduse.publish.places import find_cell, name_place
from enduse.publish.support import voices
from enduse.publish.wording import finish


def mark_places(desk: Desk) -> Iterator[PlaceMark]:
    """Yield a mark for each sighting and each stated step whose place may be printed."""
    seen = {incident.id for incident in desk.seen}
    for incident in desk.near:
        told = incident.id in seen or incident.id in desk.stepping
        place = name_place(incident, desk.options, desk.register)
        if told and place and incident.claims and not incident.planned:
            yield _mark(desk, incident, place)


def _mark(desk: Desk, incident: Incident, place: str) -> PlaceMark:
    return PlaceMark(
        place=place,
        cell=find_cell(incident, desk.options, desk.register),
        words=finish(say_incident(incident, place)),
        start=incident.time.start if incident.time else None,
        end=incident.time.end if incident.time else None,
        certainty=incident.certainty.value,
        citations=desk.book.cite(voices(incident.claims, desk.evidence)),
    )
