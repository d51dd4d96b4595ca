"""Incidents to contradictions as things of their own, each with the claims that compete.

In: incidents, with what they exclude and which figures compete, and their claims. Out: one
contradiction for each denial, each set of competing figures, and each two incidents that cannot
both be true. Nothing is settled: all sides stand with their claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from enduse.fuse.conflicts import DOERS
from enduse.model.claim import Claim
from enduse.model.contradiction import Contradiction, Matter, Side
from enduse.model.incident import Incident
from enduse.model.quantity import Quantity
from enduse.model.record import make_id


def find_contradictions(
    incidents: Iterable[Incident], claims: Mapping[str, Claim]
) -> tuple[Contradiction, ...]:
    """Return every contradiction, sorted by id.

    Args:
        incidents: as `fuse_incidents` makes them.
        claims: by id; those of the incidents.
    """
    by_id = {incident.id: incident for incident in incidents}
    found = [
        each
        for incident in by_id.values()
        for each in (*_denied(incident), *_figures(incident, claims), *_excluded(incident, by_id))
    ]
    return tuple(sorted(found, key=lambda each: each.id))


def _make(matter: Matter, sides: Sequence[Side]) -> Contradiction:
    ordered = tuple(sorted(sides, key=lambda side: (side.words, side.claims)))
    key = [(side.words, side.claims) for side in ordered]
    return Contradiction(make_id("contradiction", matter, key), matter, ordered)


def _denied(incident: Incident) -> Iterator[Contradiction]:
    if incident.claims and incident.denials:
        said = Side("affirmed", incident.id, incident.claims, incident.independent)
        denied = Side("denied", incident.id, incident.denials)
        yield _make(Matter.WHETHER, (said, denied))


def _figures(incident: Incident, claims: Mapping[str, Claim]) -> Iterator[Contradiction]:
    if len(incident.figures) > 1:
        sides = (_figure_side(figure, incident, claims) for figure in incident.figures)
        yield _make(Matter.FIGURE, tuple(sides))


def _figure_side(figure: Quantity, incident: Incident, claims: Mapping[str, Claim]) -> Side:
    """Return who gives the figure; copies that give it are named among its claims."""
    bounds = figure.min, figure.max
    giving = tuple(
        claim_id
        for claim_id in incident.claims
        if (told := claims[claim_id].quantity) and (told.min, told.max) == bounds
    )
    return Side(figure.text, incident.id, giving)


def _excluded(incident: Incident, by_id: Mapping[str, Incident]) -> Iterator[Contradiction]:
    for other_id in incident.conflicts:
        if other_id > incident.id and other_id in by_id:
            pair = incident, by_id[other_id]
            differ = [part for part in DOERS.get(incident.kind, ()) if _names_differ(pair, part)]
            matter = Matter.WHO if differ else Matter.OUTCOME
            yield _make(matter, tuple(_side(each, differ) for each in pair))


def _names_differ(pair: tuple[Incident, Incident], part: str) -> bool:
    names = [{each.key for each in incident.parties if each.part == part} for incident in pair]
    return all(names) and not names[0] & names[1]


def _side(incident: Incident, parts: Sequence[str]) -> Side:
    named = [party.label for party in incident.parties if party.part in parts]
    words = ", ".join(named) if named else incident.status or "done"
    return Side(words, incident.id, incident.claims or incident.denials, incident.independent)
