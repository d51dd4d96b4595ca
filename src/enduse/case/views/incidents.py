"""Incidents as the workbench shows them: lists, those in doubt, and one with its witnesses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.case.counts import count_by
from enduse.case.views.claims import ClaimView, view_claims
from enduse.case.views.maps import Area, area_of
from enduse.errors import NotFoundError
from enduse.model.incident import Incident, Party, Reason
from enduse.model.record import from_json
from enduse.store import pages
from enduse.store.kinds import INCIDENT
from enduse.trace.network import UNTOLD_GIVER


@dataclass(frozen=True, slots=True)
class PartyView:
    """Who or what takes part, and the key of the page on it, empty where it has none."""

    part: str
    label: str
    party: str


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident on one line.

    Attributes:
        head: kind, mode and status.
        planned: whether it is a transfer that has not happened.
        started, ended: the days between which it happened, in ISO form; empty if open.
        witnesses: independent ones, copies not counted.
        denials: how many claims deny it.
        conflicts: how many other incidents cannot be true with it.
    """

    id: str
    head: str
    kind: str
    parties: tuple[PartyView, ...]
    place: PartyView | None
    when: str
    started: str
    ended: str
    certainty: str
    planned: bool
    probability: float
    witnesses: float
    denials: int
    conflicts: int
    quantity: str

    @property
    def summary(self) -> str:
        """The incident in one line."""
        return f"{self.head}: " + ", ".join(f"{party.part} {party.label}" for party in self.parties)


@dataclass(frozen=True, slots=True)
class IncidentList:
    """A page of incidents, latest first."""

    rows: tuple[IncidentRow, ...]
    kind: str
    kinds: tuple[str, ...]
    doubted: bool
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class WitnessView:
    """A voice: the document that speaks for itself, and those that repeat it."""

    document_id: str
    document: str
    copies: tuple[tuple[str, str], ...]
    because: str
    party_to_conflict: bool


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident with all it rests on."""

    row: IncidentRow
    claims: tuple[ClaimView, ...]
    denials: tuple[ClaimView, ...]
    witnesses: tuple[WitnessView, ...]
    low: float
    high: float
    reasons: tuple[Reason, ...]
    figures: tuple[str, ...]
    against: tuple[IncidentRow, ...]
    area: Area | None


def list_incidents(
    book: Casebook, kind: str = "", page: int = 0, *, doubted: bool = False
) -> IncidentList:
    """Return a page of incidents, of one kind or all; only contradicted or denied ones if asked."""
    rows = pages.list_incidents(book.store, page, kind, doubted=doubted)
    kinds = tuple(count_by(book, INCIDENT, "kind"))
    shown = rows_of(row["body"] for row in rows[: pages.PAGE])
    return IncidentList(shown, kind, kinds, doubted, page, len(rows) > pages.PAGE)


def rows_of(bodies: Iterable[str]) -> tuple[IncidentRow, ...]:
    """Return the lines of stored incidents."""
    return tuple(row_of(from_json(Incident, body)) for body in bodies)


def row_of(incident: Incident) -> IncidentRow:
    """Return the line of an incident."""
    time = incident.time
    return IncidentRow(
        id=incident.id,
        head=", ".join(filter(None, (incident.kind.value, incident.mode, incident.status))),
        kind=incident.kind.value,
        parties=tuple(party_view(party) for party in incident.parties),
        place=party_view(incident.place) if incident.place else None,
        when=time.words if time else "",
        started=_iso(time.start if time else None),
        ended=_iso(time.end if time else None),
        certainty=incident.certainty.value,
        planned=incident.planned,
        probability=round(incident.probability, 4),
        witnesses=round(incident.independent, 2),
        denials=len(incident.denials),
        conflicts=len(incident.conflicts),
        quantity=incident.quantity.text if incident.quantity else "",
    )


def party_view(party: Party) -> PartyView:
    """Return a party with the key of its page; one that nobody names has none."""
    key = "" if party == UNTOLD_GIVER else party.entity_id or f"name:{party.label}"
    return PartyView(party.part.value, party.label, key)


def view_incident(book: Casebook, incident_id: str) -> IncidentView:
    """Return an incident with its claims, witnesses, reasons and what contradicts it.

    Raises:
        NotFoundError: there is none with this id.
    """
    incident = book.store.get(INCIDENT, incident_id)
    if incident is None:
        raise NotFoundError(
            f"there is no incident {incident_id!r}", str(book.folder), "See the list of incidents"
        )
    against = (book.store.get(INCIDENT, other) for other in incident.conflicts)
    return IncidentView(
        row=row_of(incident),
        claims=view_claims(book, incident.claims),
        denials=view_claims(book, incident.denials),
        witnesses=tuple(_witnesses(book, incident)),
        low=round(incident.interval[0], 2),
        high=round(incident.interval[1], 2),
        reasons=incident.reasons,
        figures=tuple(figure.text for figure in incident.figures),
        against=tuple(row_of(other) for other in against if other is not None),
        area=area_of(incident, book.register, now().date()),
    )


def _witnesses(book: Casebook, incident: Incident) -> Iterable[WitnessView]:
    for witness in incident.witnesses:
        yield WitnessView(
            witness.document_id,
            label_of(book, witness.document_id),
            tuple((copy, label_of(book, copy)) for copy in witness.copies),
            witness.because,
            witness.party_to_conflict,
        )


def label_of(book: Casebook, document_id: str) -> str:
    """Return the title or name of a document."""
    return pages.label_of(book.store, document_id) or document_id


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
