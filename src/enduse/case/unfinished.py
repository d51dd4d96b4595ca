"""Long work that was asked for and has not ended: noted in the casebook until it has.

In: a casebook's folder and what was asked. Out: the work that a killed process left, so that a
person can go on with it. One small file for each work, under `jobs/`, so that a note never waits
for the database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from enduse.model.record import from_json, make_id, to_json

_FOLDER, _BEGUN, _LEFT = "jobs", ".begun.json", ".left.json"
Action = Literal["run", "add", "ask", "prepare", "write", "drift"]
"""What may be asked for; a note of anything else is damaged."""

_ID = re.compile(r"work-[0-9a-f]{20}")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Work that was asked for.

    Attributes:
        what: in words.
        action: which of the long actions it is.
        fields: what was asked of it, by name.
    """

    id: str
    what: str
    action: Action
    fields: dict[str, str]


def note_begun(folder: Path, what: str, action: Action, fields: Mapping[str, str]) -> Unfinished:
    """Note that the work is asked for; what an earlier process left of the same is taken up."""
    work = Unfinished(make_id("work", action, dict(fields)), what, action, dict(fields))
    (folder / _FOLDER).mkdir(exist_ok=True)
    (folder / _FOLDER / (work.id + _BEGUN)).write_bytes(to_json(work))
    (folder / _FOLDER / (work.id + _LEFT)).unlink(missing_ok=True)
    return work


def note_ended(folder: Path, work_id: str) -> None:
    """Forget the work: it is done, failed or cancelled, or nobody wants it any more."""
    if _ID.fullmatch(work_id):
        for ending in (_BEGUN, _LEFT):
            (folder / _FOLDER / (work_id + ending)).unlink(missing_ok=True)


def note_restart(folder: Path) -> None:
    """Note that what was begun is now left, for the process that did it is gone."""
    for path in (folder / _FOLDER).glob("*" + _BEGUN):
        path.replace(path.with_name(path.name.removesuffix(_BEGUN) + _LEFT))


def list_unfinished(folder: Path) -> tuple[Unfinished, ...]:
    """Return the work that an earlier process left, by id; a damaged note is passed over."""
    found = []
    for path in sorted((folder / _FOLDER).glob("*" + _LEFT)):
        try:
            found.append(from_json(Unfinished, path.read_bytes()))
        except (OSError, msgspec.DecodeError):  # also of another shape
            continue
    return tuple(found)
