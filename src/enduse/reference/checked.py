"""What a check of the data saw, and how it says what is wrong.

In: nothing. Out: `Checked`, filled by the parts of the check, and `make_problem`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from enduse.model.problem import Problem


@dataclass(slots=True)
class Checked:
    """What a check saw.

    Attributes:
        files, entries: read from `weapons/` and `actors/`.
        unreviewed: entry files that no person has reviewed.
        rows: of the tables.
        cues: rows of cue tables whose sentences were read.
        missed: rows that `cues/known_failures.tsv` lists and that fail as it says.
        unread: rows of cue tables that have no sentence an engine could read.
        problems: everything that breaks the rules.
    """

    files: int = 0
    entries: int = 0
    unreviewed: int = 0
    rows: int = 0
    cues: int = 0
    missed: int = 0
    unread: int = 0
    problems: list[Problem] = field(default_factory=list)


def make_problem(path: Path, message: str, next_step: str, place: str = "") -> Problem:
    """Return the problem of a file of the data."""
    return Problem("reference", str(path), message, place, next_step)
