"""Incidents along time, as a drawing: a bar from first to last possible day, open ends faded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from enduse.case.views.incidents import IncidentRow

WIDTH, _LEFT, _LANE, _TOP = 960.0, 12.0, 22.0, 26.0
_LEAST, _FADE = 6.0, 60.0
_YEAR = 365


@dataclass(frozen=True, slots=True)
class Bar:
    """One incident: a bar in the drawing's units; `fades` is start, end, both or empty.

    Attributes:
        started, ended: its days in ISO form; empty where it is open.
    """

    x: float
    y: float
    width: float
    label: str
    incident_id: str
    certainty: str
    planned: bool
    fades: str
    started: str
    ended: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line at the beginning of a month or year."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The drawing, and how many incidents have no time at all.

    Attributes:
        first, last: the days at its edges, in ISO form.
        left: where the first day stands; the last stands as far from the other edge.
    """

    width: float
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    undated: int
    first: str
    last: str
    left: float = _LEFT


def draw_timeline(rows: Iterable[IncidentRow]) -> TimelineView | None:
    """Return the drawing of the dated incidents, earliest first; None if none is dated."""
    every = list(rows)
    dated = [row for row in every if row.started or row.ended]
    if not dated:
        return None
    days = [date.fromisoformat(day) for row in dated for day in (row.started, row.ended) if day]
    first, last = min(days), max(days)
    pad = max((last - first).days // 20, 7)
    first, last = first - timedelta(days=pad), last + timedelta(days=pad)
    scale = (WIDTH - 2 * _LEFT) / (last - first).days
    bars = tuple(_bar(row, at, first, scale) for at, row in enumerate(dated))
    height = _TOP + _LANE * len(bars) + 8
    return TimelineView(
        WIDTH,
        height,
        bars,
        tuple(_ticks(first, last, scale)),
        len(every) - len(dated),
        first.isoformat(),
        last.isoformat(),
    )


def _bar(row: IncidentRow, lane: int, first: date, scale: float) -> Bar:
    start = (date.fromisoformat(row.started) - first).days * scale if row.started else None
    end = ((date.fromisoformat(row.ended) - first).days + 1) * scale if row.ended else None
    left = start if start is not None else max((end or 0) - _FADE, 0)
    right = end if end is not None else left + _FADE
    fades = " ".join(name for name, bound in (("start", start), ("end", end)) if bound is None)
    return Bar(
        round(_LEFT + left, 1),
        _TOP + lane * _LANE,
        round(max(right - left, _LEAST), 1),
        row.summary,
        row.id,
        row.certainty,
        row.planned,
        "both" if fades == "start end" else fades,
        row.started,
        row.ended,
    )


def _ticks(first: date, last: date, scale: float) -> Iterator[Tick]:
    months = max(1, (last - first).days // (30 * 9))
    step = months if months < 7 else 12 * max(1, months // 12)  # noqa: PLR2004 - then years
    for year in range(first.year, last.year + 1):
        for month in range(1, 13):
            day = date(year, month, 1)
            counted = year * 12 + month - 1
            if first < day < last and counted % step == 0:
                label = str(year) if step >= 12 else f"{day:%b %Y}"  # noqa: PLR2004 - the same
                yield Tick(round(_LEFT + (day - first).days * scale, 1), label)
