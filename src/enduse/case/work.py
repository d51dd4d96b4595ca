"""What has been done, and the log of it: shared by all stages.

A stage's work on a subject is known by a fingerprint of all that went into it: the stage's version,
the inputs' ids, the register, the options. Results and fingerprint are kept together, so a killed
run goes on where it stopped and a second run does nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.model.problem import Problem
from enduse.model.record import make_id

T = TypeVar("T")

_BATCH = 50
"""Subjects whose results are kept in one transaction."""


@dataclass(slots=True)
class StageReport:
    """What one stage did: subjects worked on and left alone, values made, problems met."""

    stage: str
    worked: int = 0
    unchanged: int = 0
    made: int = 0
    problems: list[Problem] = field(default_factory=list)


_WHOLE = "case"


def is_done(book: Casebook, report: StageReport, fingerprint: str) -> bool:
    """Return whether the stage finished the whole case under this fingerprint; note it."""
    same = book.store.done(report.stage).get(_WHOLE) == fingerprint
    report.unchanged, report.worked = (1, 0) if same else (0, 1)
    return same


def finish(book: Casebook, report: StageReport, fingerprint: str, version: str) -> None:
    """Record that the stage finished the whole case under this fingerprint."""
    book.store.mark_done(report.stage, {_WHOLE: fingerprint})
    log_work(book, report, version, [_WHOLE])


def log_work(book: Casebook, report: StageReport, version: str, subjects: Iterable[str]) -> None:
    """Add to the run log that the stage, at this version, worked on the subjects."""
    finished = now().isoformat()
    book.store.log(
        {
            "id": make_id("run", report.stage, version, subject, finished),
            "stage": report.stage,
            "version": version,
            "subject": subject,
            "finished": finished,
            "made": report.made,
        }
        for subject in subjects
    )


def pending(book: Casebook, report: StageReport, wanted: Mapping[str, str]) -> list[str]:
    """Return the subjects whose fingerprint is not the one they were last finished under."""
    done = book.store.done(report.stage)
    waiting = [subject for subject, mark in wanted.items() if done.get(subject) != mark]
    report.unchanged = len(wanted) - len(waiting)
    return waiting


def batches(values: Iterable[T]) -> Iterator[list[T]]:
    """Yield the values in lists, each to be kept in one transaction."""
    stream = iter(values)
    while batch := list(islice(stream, _BATCH)):
        yield batch
