"""Drift, and plans with their risk cards, as the workbench shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enduse.case.casebook import Casebook
from enduse.case.drifting import drift_is_due, keep_drift
from enduse.case.risks import assess_planned
from enduse.case.views.incidents import IncidentRow, label_of, rows_of
from enduse.model.drift import Drift
from enduse.model.record import from_json
from enduse.model.risk import RiskCard
from enduse.store import around, pages

_MOST_READ = 200
"""Incidents that a risk card reads for each reason to read them."""


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
    """A page of what copies changed.

    Attributes:
        due: whether this has yet to be worked out for the case as it is; then there are no rows.
    """

    rows: tuple[DriftRow, ...]
    page: int
    more: bool
    due: bool = False


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A planned or stopped transfer, and the claim under which the card of a plan is made."""

    incident: IncidentRow
    claim_id: str | None


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


def list_drift(book: Casebook, page: int = 0) -> DriftList:
    """Return a page of what copies changed, by copy."""
    if drift_is_due(book):
        return DriftList((), page, more=False, due=True)
    keep_drift(book)
    rows = pages.list_drift(book.store, page)
    found = [from_json(Drift, row["body"]) for row in rows[: pages.PAGE]]
    ends = (end for drift in found for end in (drift.original, drift.copy))
    quotes = around.quotes_of(book.store, ends)
    shown = tuple(_drift(book, drift, quotes) for drift in found)
    return DriftList(shown, page, len(rows) > pages.PAGE)


def _drift(book: Casebook, drift: Drift, quotes: Mapping[str, str]) -> DriftRow:
    return DriftRow(
        drift.id,
        drift.shift.value,
        drift.before,
        drift.after,
        drift.original_document,
        label_of(book, drift.original_document),
        quotes.get(drift.original, ""),
        drift.copy_document,
        label_of(book, drift.copy_document),
        quotes.get(drift.copy, ""),
        drift.incident_id,
    )


def list_plans(book: Casebook, page: int = 0) -> PlanList:
    """Return a page of planned and stopped transfers, latest first; a stopped one has no card."""
    rows = book.store.select(
        "SELECT body, CASE status WHEN 'planned' THEN body ->> '$.claims[0]' END AS claim "
        "FROM incident "
        "WHERE +kind = 'transfer' AND status IN ('planned', 'stopped') "  # by ix_incident_status
        "ORDER BY started DESC, id LIMIT :most OFFSET :skip",
        most=pages.PAGE + 1,
        skip=pages.PAGE * page,
    )
    shown = rows[: pages.PAGE]
    incidents = rows_of(row["body"] for row in shown)
    plans = tuple(
        PlanRow(incident, row["claim"]) for incident, row in zip(incidents, shown, strict=True)
    )
    return PlanList(plans, page, len(rows) > pages.PAGE)


def view_risk(book: Casebook, claim_id: str) -> RiskView:
    """Return the card of the planned transfer that a claim tells of.

    Raises:
        NotFoundError: no claim has this id.
        MisuseError: the claim tells of no planned transfer.
    """
    card = assess_planned(book, claim_id, most=_MOST_READ)
    return RiskView(
        card,
        " → ".join(party.label for party in (card.giver, card.taker) if party is not None),
        card.weapon.label if card.weapon else "",
        card.quantity.text if card.quantity else "",
        card.time.words if card.time else "",
    )
