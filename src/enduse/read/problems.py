"""What readers say when they cannot read.

In: a snapshot and what is wrong with it. Out: a problem under the snapshot's address. Refused:
nothing.
"""

from __future__ import annotations

from enduse.model.problem import Problem
from enduse.model.snapshot import Snapshot


def report(snapshot: Snapshot, message: str, next_step: str, place: str = "") -> Problem:
    """Return a problem of this stage about the snapshot's address."""
    return Problem("read", snapshot.address, message, place, next_step)
