"""The same worlds as casebooks: claims imported, resolved, fused and traced as a user would.

In: a world. Out: the chains of its sightings by `enduse import`, `run` and `trace --as-of`.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from enduse.case.ask import trace_sighting
from enduse.case.casebook import Casebook, create_case
from enduse.case.imports import import_claims
from enduse.case.run import run_stages
from enduse.model.custody import Trace
from worlds.making import DAYS, Case, Report, World
from worlds.telling import day_of, name_of, records


@contextmanager
def casebook(world: World, reports: Sequence[Report]) -> Iterator[Casebook]:
    """Yield a casebook of all that is ever told in the world."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "claims.jsonl"
        with lines.open("w", encoding="utf-8") as file:
            for record in records(world, reports, DAYS * 3):
                file.write(json.dumps(record) + "\n")
        with create_case(Path(folder) / "case") as book:
            problems = import_claims(book, lines).problems
            if problems:
                raise SystemExit(f"not taken: {problems[0]}")
            run_stages(book, ["resolve", "reprints", "fuse"])
            yield book


def ask(book: Casebook, case: Case) -> Trace:
    """Return the trace of the sighting from what was published by its day."""
    day = day_of(case.day)
    return trace_sighting(book, (name_of(case.weapon), name_of(case.holder)), day, day, top=20)
