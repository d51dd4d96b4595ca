"""Custody as the workbench shows it: the ranked chains of a sighting, drawn and as a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import islice

from enduse.case.casebook import Casebook
from enduse.case.views.incidents import PartyView, party_view
from enduse.errors import NotFoundError
from enduse.model.custody import Chain, Lever, Step, Trace, share_out
from enduse.publish import draw_chains
from enduse.publish.phrases import name_way
from enduse.store.kinds import TRACE

_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One question asked: which weapon with whom, and how many chains answer it now.

    Attributes:
        earlier: ids of the answers it had before, latest first.
    """

    id: str
    weapon: PartyView
    holder: PartyView
    at: str
    chains: int
    best: float
    words: str
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TraceList:
    """The questions asked in this case."""

    rows: tuple[TraceRow, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """One change of holder.

    Attributes:
        link: "lawful" or "diversion".
        told: "flat", "hedged" or "inferred": how the line is drawn.
    """

    giver: PartyView
    taker: PartyView
    weapon: PartyView
    way: str
    mode: str
    link: str
    told: str
    start: str
    end: str
    certainty: str
    probability: float
    witnesses: float
    rests_on: str
    incident_id: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainView:
    """One way the weapon may have come to the holder."""

    id: str
    rank: int
    probability: float
    low: float
    high: float
    words: str
    complete: bool
    steps: tuple[StepView, ...]
    gaps: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TraceView:
    """A sighting and its ranked chains; their probabilities and the remainder add up to 1.

    Attributes:
        picture: the drawing, an SVG without style of its own; the stylesheet has it.
    """

    row: TraceRow
    chains: tuple[ChainView, ...]
    remainder: float
    remainder_words: str
    levers: tuple[Lever, ...]
    notes: tuple[str, ...]
    sighting_claims: tuple[str, ...]
    picture: str


def list_traces(book: Casebook, most: int | None = None) -> TraceList:
    """Return the questions asked so far, each with its latest answer, the latest `most` first."""
    asked = {one["version"]: at for at, one in enumerate(book.store.lineage("trace"))}
    traces = sorted(book.store.find(TRACE), key=lambda one: (-asked.get(one.id, -1), one.id))
    groups: dict[tuple[str, str, date | None], list[Trace]] = {}
    for trace in traces:
        seen = trace.sighting
        groups.setdefault((seen.weapon.key, seen.holder.key, seen.at), []).append(trace)
    shown = islice(groups.values(), most)
    return TraceList(tuple(_row(first, *before) for first, *before in shown))


def view_trace(book: Casebook, trace_id: str) -> TraceView:
    """Return the ranked chains of a sighting.

    Raises:
        NotFoundError: there is no trace with this id.
    """
    trace = find_trace(book, trace_id)
    shares = share_out([*(chain.probability for chain in trace.chains), trace.remainder])
    chains = tuple(_chain(trace, rank, share) for rank, share in enumerate(shares[:-1], start=1))
    return TraceView(
        row=_row(trace),
        chains=chains,
        remainder=shares[-1],
        remainder_words=trace.remainder_words,
        levers=trace.would_change_most,
        notes=trace.notes,
        sighting_claims=trace.sighting.claims,
        picture=_STYLE.sub("", draw_chains(trace)),
    )


def find_trace(book: Casebook, trace_id: str) -> Trace:
    """Return a stored trace.

    Raises:
        NotFoundError: there is none with this id.
    """
    trace = book.store.get(TRACE, trace_id)
    if trace is None:
        raise NotFoundError(
            f"there is no trace {trace_id!r}", str(book.folder), "Ask for the sighting again"
        )
    return trace


@cache
def picture_style() -> str:
    """Return the style of the drawing, for a stylesheet of its own."""
    return files("enduse.publish").joinpath("templates", "chains.css").read_text(encoding="utf-8")


def _row(trace: Trace, *before: Trace) -> TraceRow:
    sighting, best = trace.sighting, trace.chains[0] if trace.chains else None
    return TraceRow(
        trace.id,
        party_view(sighting.weapon),
        party_view(sighting.holder),
        _iso(sighting.at),
        len(trace.chains),
        round(best.probability, 4) if best else 0.0,
        best.words if best else "",
        tuple(one.id for one in before),
    )


def _chain(trace: Trace, rank: int, share: float) -> ChainView:
    chain: Chain = trace.chains[rank - 1]
    return ChainView(
        chain.id,
        rank,
        share,
        round(chain.interval[0], 4),
        round(chain.interval[1], 4),
        chain.words,
        chain.complete,
        tuple(_step(trace, step) for step in chain.steps),
        chain.gaps,
        chain.reasons,
    )


def _step(trace: Trace, step: Step) -> StepView:
    planned = step.incident_id in trace.plans
    hedged = "hedged" if step.certainty != "certain" else "flat"
    return StepView(
        giver=party_view(step.giver),
        taker=party_view(step.taker),
        weapon=party_view(step.weapon),
        way=name_way(step, planned=planned),
        mode=step.mode,
        link="lawful" if step.lawful else "diversion",
        told="inferred" if step.inferred or planned else hedged,
        start=_iso(step.start),
        end=_iso(step.end),
        certainty=step.certainty,
        probability=round(step.probability, 4),
        witnesses=round(step.witnesses, 2),
        rests_on=step.rests_on,
        incident_id=step.incident_id,
        claims=step.claims,
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
