"""Weapons, actors and places as the workbench shows them: lists, and one with its incidents."""

from __future__ import annotations

from dataclasses import dataclass

from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.case.views.incidents import IncidentRow, row_of
from enduse.case.views.maps import MapView, area_of, draw_map
from enduse.case.views.timeline import TimelineView, draw_timeline
from enduse.errors import NotFoundError
from enduse.model.entity import Entity
from enduse.model.incident import Incident
from enduse.model.record import from_json
from enduse.store import pages
from enduse.store.kinds import ENTITY

PARTS = {
    "weapon": ("weapon",),
    "actor": ("actor", "from", "to", "via", "by", "beneficiary", "target", "victim", "other"),
    "place": ("place",),
}
"""The parts that entities of each kind play."""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One line of a list of entities."""

    party: str
    label: str
    incidents: int
    known: bool


@dataclass(frozen=True, slots=True)
class PartyList:
    """A page of entities of one kind, those of most incidents first."""

    kind: str
    rows: tuple[PartyRow, ...]
    text: str
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class TieView:
    """A dated tie to another entity."""

    kind: str
    other: str
    label: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class PartyView:
    """One weapon, actor or place with all that the register and the case tell of it.

    Attributes:
        known: whether the register or the case has an entry; else it is a bare name.
        names: (name, language, use).
        incidents, total: the latest of its incidents, and how many there are.
        beside: what shares most incidents with it.
    """

    party: str
    label: str
    kind: str
    category: str
    known: bool
    reviewed: str
    countries: tuple[str, ...]
    names: tuple[tuple[str, str, str], ...]
    ties: tuple[TieView, ...]
    codes: tuple[tuple[str, str], ...]
    incidents: tuple[IncidentRow, ...]
    total: int
    beside: tuple[PartyRow, ...]
    timeline: TimelineView | None
    map: MapView | None


def list_parties(book: Casebook, kind: str, text: str = "", page: int = 0) -> PartyList:
    """Return a page of the weapons, actors or places that incidents speak of.

    Raises:
        NotFoundError: there is no such kind.
    """
    if kind not in PARTS:
        raise NotFoundError(f"there is no kind {kind!r}", next_step="weapon, actor or place")
    rows = pages.list_parties(book.store, page, kind, text.strip())
    shown = tuple(_row(row) for row in rows[: pages.PAGE])
    return PartyList(kind, shown, text, page, len(rows) > pages.PAGE)


def view_party(book: Casebook, party: str) -> PartyView:
    """Return one weapon, actor or place.

    Raises:
        NotFoundError: neither the register nor any incident knows it.
    """
    bodies = pages.incidents_of(book.store, party)
    incidents = [from_json(Incident, row["body"]) for row in bodies]
    entity = book.store.get(ENTITY, party) or book.register.entity(party)
    if entity is None and not incidents:
        raise NotFoundError(
            f"nothing is known of {party!r}", str(book.folder), "See the lists of entities"
        )
    rows, today = tuple(row_of(incident) for incident in incidents), now().date()
    return PartyView(
        party=party,
        label=entity.name if entity else _spelled(rows, party),
        kind=entity.kind.value if entity else _kind(rows, party),
        category=entity.category if entity else "",
        known=entity is not None,
        reviewed=(entity.reviewed or "") if entity else "",
        countries=entity.countries if entity else (),
        names=tuple((name.text, name.lang, name.use) for name in entity.names) if entity else (),
        ties=_ties(book, entity) if entity else (),
        codes=entity.codes if entity else (),
        incidents=rows,
        total=max(pages.count_incidents_of(book.store, party), len(rows)),
        beside=tuple(_row(row) for row in pages.parties_beside(book.store, party)),
        timeline=draw_timeline(rows),
        map=draw_map(area_of(incident, book.register, today) for incident in incidents),
    )


def _row(row: pages.Row) -> PartyRow:
    known = not row["party"].startswith("name:")
    party = row["party"] if known else f"name:{row['label']}"
    return PartyRow(party, row["label"], row["incidents"], known)


def _ties(book: Casebook, entity: Entity) -> tuple[TieView, ...]:
    found = []
    for tie in entity.ties:
        other = book.register.entity(tie.other)
        start, end = (day.isoformat() if day else "" for day in (tie.start, tie.end))
        found.append(TieView(tie.kind, tie.other, other.name if other else tie.other, start, end))
    return tuple(found)


def _spelled(rows: tuple[IncidentRow, ...], party: str) -> str:
    wanted = party.casefold()
    for row in rows:
        for one in (*row.parties, row.place):
            if one is not None and one.party.casefold() == wanted:
                return one.label
    return party.removeprefix("name:")


def _kind(rows: tuple[IncidentRow, ...], party: str) -> str:
    wanted = party.casefold()
    parts = {
        one.part
        for row in rows
        for one in (*row.parties, row.place)
        if one is not None and one.party.casefold() == wanted
    }
    return next((kind for kind, named in PARTS.items() if parts & set(named)), "actor")
