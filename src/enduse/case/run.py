"""Brings every stage up to date, in order, doing again only what changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from enduse.case.casebook import Casebook
from enduse.case.copies import run_reprints
from enduse.case.each import run_extract, run_read
from enduse.case.progress import Progress, be_silent
from enduse.case.standing import note_decisions
from enduse.case.whole import run_fuse, run_resolve
from enduse.case.work import StageReport
from enduse.errors import MisuseError
from enduse.model.problem import Problem
from enduse.store.kinds import PROBLEM

_STEPS: dict[str, Callable[[Casebook, Progress], StageReport]] = {
    "read": run_read,
    "extract": run_extract,
    "resolve": run_resolve,
    "reprints": run_reprints,
    "fuse": run_fuse,
}
STAGES = tuple(_STEPS)


def run_stages(
    book: Casebook, stages: Sequence[str] = STAGES, progress: Progress = be_silent
) -> list[StageReport]:
    """Bring the named stages up to date, in order.

    Raises:
        MisuseError: there is no such stage.
    """
    unknown = [stage for stage in stages if stage not in STAGES]
    if unknown:
        raise MisuseError(
            f"there is no stage {unknown[0]!r}", next_step=f"Stages: {', '.join(STAGES)}"
        )
    reports = [_STEPS[stage](book, progress) for stage in STAGES if stage in stages]
    if set(stages) >= {"resolve", "fuse"}:
        note_decisions(book)
    return reports


def remaining_problems(book: Casebook) -> list[Problem]:
    """Return what the stages could not do, from this run and earlier ones, by id."""
    return [problem for problem in book.store.find(PROBLEM) if problem.stage in STAGES]
