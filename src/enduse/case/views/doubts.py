"""Drift, and plans with their risk cards, as the workbench shows them."""

from __future__ import annotations

from dataclasses import dataclass

from enduse.case.casebook import Casebook
from enduse.case.drifts import list_drift as find_drifts
from enduse.case.risks import assess_planned
from enduse.case.views.incidents import IncidentRow, label_of, rows_of
from enduse.model.risk import RiskCard
from enduse.store import pages


@dataclass(frozen=True, slots=True)
class DriftRow:
    """One change between a claim and the claim that repeats it."""

    id: str
    shift: str
    before: str
    after: str
    original_document: str
    original_label: str
    original_quote: str
    copy_document: str
    copy_label: str
    copy_quote: str
    incident_id: str | None


@dataclass(frozen=True, slots=True)
class DriftList:
    """What copies changed."""

    rows: tuple[DriftRow, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A planned transfer, and the claim under which its card is made."""

    incident: IncidentRow
    claim_id: str


@dataclass(frozen=True, slots=True)
class PlanList:
    """Planned and stopped transfers."""

    rows: tuple[PlanRow, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class RiskView:
    """A risk card and the day it was made for."""

    card: RiskCard
    parties: str
    weapon: str
    quantity: str
    when: str


def list_drift(book: Casebook) -> DriftList:
    """Return what copies changed, in the order it was found."""
    return DriftList(tuple(_drift(book, record) for record, _ in find_drifts(book)))


def _drift(book: Casebook, record: dict[str, str]) -> DriftRow:
    return DriftRow(
        record["id"],
        record["shift"],
        record["before"],
        record["after"],
        record["original_document"],
        label_of(book, record["original_document"]),
        record["original_quote"],
        record["copy_document"],
        label_of(book, record["copy_document"]),
        record["copy_quote"],
        record.get("incident_id"),
    )


def list_plans(book: Casebook, page: int = 0) -> PlanList:
    """Return a page of planned and stopped transfers, latest first."""
    rows = book.store.select(
        "SELECT body, body ->> '$.claims[0]' AS claim FROM incident "
        "WHERE +kind = 'transfer' AND status IN ('planned', 'stopped') "  # by ix_incident_status
        "ORDER BY started DESC, id LIMIT :most OFFSET :skip",
        most=pages.PAGE + 1,
        skip=pages.PAGE * page,
    )
    shown = rows[: pages.PAGE]
    incidents = rows_of(row["body"] for row in shown)
    plans = tuple(
        PlanRow(incident, row["claim"])
        for incident, row in zip(incidents, shown, strict=True)
        if row["claim"]
    )
    return PlanList(plans, page, len(rows) > pages.PAGE)


def view_risk(book: Casebook, claim_id: str) -> RiskView:
    """Return the card of the planned transfer that a claim tells of.

    Raises:
        NotFoundError: no claim has this id.
        MisuseError: the claim tells of no planned transfer.
    """
    card = assess_planned(book, claim_id)
    return RiskView(
        card,
        " → ".join(party.label for party in (card.giver, card.taker) if party is not None),
        card.weapon.label if card.weapon else "",
        card.quantity.text if card.quantity else "",
        card.time.words if card.time else "",
    )
