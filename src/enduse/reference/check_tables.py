"""What is asked of the tables of the data, and of the schemas that editors read.

In: the folder of the data. Out: problems. With `fix`, tables are written in canonical form and
schemas anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from enduse.errors import DataError
from enduse.model.problem import Problem
from enduse.reference.checked import Checked, make_problem
from enduse.reference.forms import canonical_table
from enduse.reference.shape import SHAPES, make_schema
from enduse.reference.sources import read_table

KEYS: dict[str, Sequence[str]] = {
    "ambiguous.tsv": ("name",),
    "articles.tsv": ("article",),
    "categories.tsv": ("kind", "category"),
    "codes.tsv": ("kind", "code", "value"),
    "folding.tsv": ("letter",),
    "places/countries.tsv": ("id",),
    "places/supplement.tsv": ("id",),
}
"""The columns that no two rows of a table may share."""


def check_schemas(data: Path, *, fix: bool) -> Iterator[Problem]:
    """Yield the schemas that are not those of the shapes in force."""
    folder = data / "schema"
    for name in SHAPES if folder.is_dir() else ():
        path = folder / f"{name}.schema.json"
        fresh = json.dumps(make_schema(name), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        if path.exists() and path.read_text(encoding="utf-8") == fresh:
            continue
        if fix:
            path.write_text(fresh, encoding="utf-8")
        else:
            yield make_problem(path, "the schema is stale", "Run: enduse reference check --fix")


def check_tables(data: Path, report: Checked, *, fix: bool) -> Iterator[Problem]:
    """Yield what is wrong with the tables: form, count of fields, rows given twice."""
    for path in sorted(data.rglob("*.tsv")):
        yield from _check_form(path, fix=fix)
        try:
            rows = list(read_table(path))
        except DataError as error:
            yield make_problem(path, error.message, error.next_step, error.place)
            continue
        report.rows += len(rows)
        keys = KEYS.get(path.relative_to(data).as_posix(), ())
        counts = Counter(tuple(row[key] for key in keys) for row in rows if keys)
        for key, count in counts.items():
            if count > 1:
                message = f"{', '.join(key)} stands in {count} rows"
                yield make_problem(path, message, "Keep one of them")


def _check_form(path: Path, *, fix: bool) -> Iterator[Problem]:
    raw = path.read_bytes()
    text = raw.decode("utf-8", "replace")
    clean = canonical_table(text)
    if clean.encode() == raw:
        return
    if fix and "\ufffd" not in text:
        path.write_bytes(clean.encode())
    else:
        yield make_problem(
            path, "the table is not in canonical form", "Run: enduse reference check --fix"
        )
