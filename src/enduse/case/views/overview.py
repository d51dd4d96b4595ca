"""The case at a glance: what it holds, what waits for a person, what the stages could not do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from enduse.case.casebook import Casebook
from enduse.case.counts import count, count_by, count_by_hand, count_decided
from enduse.case.standing import waits_for_run
from enduse.case.unfinished import Unfinished, list_unfinished
from enduse.case.views.custody import TraceRow, list_traces
from enduse.model.problem import Problem
from enduse.store.kinds import (
    CLAIM,
    DOCUMENT,
    ENTITY,
    INCIDENT,
    PROBLEM,
    REPRINT,
    SNAPSHOT,
    Kind,
)

_COUNTED: tuple[tuple[str, Kind[Any]], ...] = (
    ("documents", DOCUMENT),
    ("claims", CLAIM),
    ("incidents", INCIDENT),
    ("copies", REPRINT),
    ("entities", ENTITY),
    ("snapshots", SNAPSHOT),
    ("problems", PROBLEM),
)
_MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review of claims is."""

    decided: int
    total: int

    @property
    def open(self) -> int:
        """Claims that nobody has decided on."""
        return max(self.total - self.decided, 0)

    @property
    def share(self) -> float:
        """Part of the claims decided on, 0 to 1; 1 where there are none."""
        return self.decided / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Overview:
    """The case at a glance.

    Attributes:
        stale: whether decisions wait for a new run.
        unfinished: work that a killed process left.
        signer: the name in the settings under which decisions are signed.
    """

    name: str
    counts: dict[str, int]
    kinds: dict[str, int]
    review: Progress
    stale: bool
    signer: str
    traces: tuple[TraceRow, ...]
    problems: tuple[Problem, ...]
    last_run: str
    unfinished: tuple[Unfinished, ...]


def view_overview(book: Casebook) -> Overview:
    """Return the case at a glance."""
    log = book.store.lineage("case")
    rows = book.store.select("SELECT body FROM problem LIMIT :most", most=_MOST_PROBLEMS)
    return Overview(
        name=book.folder.resolve().name,
        counts={name: count(book, kind) for name, kind in _COUNTED},
        kinds=count_by(book, CLAIM, "kind"),
        review=view_progress(book),
        stale=waits_for_run(book),
        signer=book.settings.reviewer,
        traces=list_traces(book, 12).rows,
        problems=tuple(PROBLEM.from_row(row) for row in rows),
        last_run=log[-1]["finished"] if log else "",
        unfinished=list_unfinished(book.folder),
    )


def view_progress(book: Casebook) -> Progress:
    """Return how far the review is; claims made by people count as decided by their makers."""
    total = count(book, CLAIM) - count_by_hand(book)
    return Progress(count_decided(book), total)
