"""A Parquet table to one fetched document a row.

In: a Parquet file with a column `text` and, if it has them, `id`, `lang`, `title`, `publisher`,
`byline`, `address` and `date_published`. Out: one document a row, its body the row as canonical
JSON, its address `FILE#row=N`, counted from 1. A value that cannot be read is told with its row;
of damaged text the rest is kept. Refused: a table without `text`, a row without text, and any
table where pyarrow is not installed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from enduse.collect.dates import check_date
from enduse.collect.files import check_file
from enduse.collect.options import (
    RECORD_TYPE,
    Clock,
    CollectOptions,
    Found,
    report,
    spell_address,
)
from enduse.model.record import to_json
from enduse.model.snapshot import Fetched

_COLUMNS = ("id", "text", "lang", "title", "publisher", "byline", "address", "date_published")
_BATCH = 256  # rows held at once
_SHOWN = 40  # characters of damaged words that a problem shows


class _Row(NamedTuple):
    """The values of a row by column, and the columns of those that are damaged."""

    values: Mapping[str, Any]
    damaged: tuple[str, ...] = ()


def collect_table(address: str, options: CollectOptions, clock: Clock) -> Found:
    """Yield each row of the table as a document, or its problem."""
    problem = check_file(address, None)
    if problem is not None:
        yield problem
        return
    try:
        from pyarrow import ArrowException, parquet  # noqa: PLC0415 - heavy and optional
    except ImportError:
        yield report(address, "Parquet tables need pyarrow", "Run: pip install 'enduse[parquet]'")
        return
    try:
        with Path(address).open("rb") as stream, parquet.ParquetFile(stream) as table:
            yield from _read_table(table, address, options, clock)
    except (ArrowException, OSError) as error:
        message = f"the table cannot be read: {str(error).splitlines()[0][:200]}"
        yield report(address, message, "Write it again as Parquet or JSON lines")


def _read_table(table: Any, address: str, options: CollectOptions, clock: Clock) -> Found:
    names = [name for name in _COLUMNS if name in table.schema_arrow.names]
    if "text" not in names:
        has = ", ".join(table.schema_arrow.names[:20])
        yield report(address, f"the table has no column `text`; it has: {has}", "Name it `text`")
        return
    for number, row in enumerate(_read_rows(table, names), start=1):
        place = f"row {number}"
        for name in row.damaged:
            step = "Write the table again; the row goes on with what can be read"
            yield report(
                address, f"its `{name}` is damaged: {_show(row.values[name])}", step, place
            )
        if not isinstance(row.values["text"], str) or not row.values["text"].strip():
            yield report(address, "the document has no text", "Fill its `text`", place)
            continue
        known = {name: _plain(value) for name, value in row.values.items() if value is not None}
        yield from check_date(address, place, known.get("date_published"))
        by = f"table {options.version}"
        place = f"{spell_address(address)}#row={number}"
        yield Fetched(place, to_json(known), RECORD_TYPE, clock(), by)


def _read_rows(table: Any, names: list[str]) -> Iterator[_Row]:
    for batch in table.iter_batches(batch_size=_BATCH, columns=names):
        try:
            rows = batch.to_pylist()
        except (ValueError, OverflowError):
            yield from _read_singly(batch)
        else:
            yield from (_Row(row) for row in rows)


def _read_singly(batch: Any) -> Iterator[_Row]:
    """Yield the rows of a batch of which some values cannot be read."""
    names = batch.schema.names
    for at in range(batch.num_rows):
        cells = {name: _read_cell(batch.column(name)[at]) for name in names}
        damaged = tuple(name for name, (_, whole) in cells.items() if not whole)
        yield _Row({name: value for name, (value, _) in cells.items()}, damaged)


def _read_cell(cell: Any) -> tuple[object, bool]:
    """Return the value, and whether it is whole; of damaged words what is left of them."""
    try:
        return cell.as_py(), True
    except (ValueError, OverflowError):
        held = getattr(cell, "value", cell)  # of a column that keeps each word once
        raw = held.as_buffer() if hasattr(held, "as_buffer") else None
        return (None if raw is None else raw.to_pybytes().decode("utf-8", "replace")), False


def _show(value: object) -> str:
    """Return the part of damaged words around the damage."""
    if not isinstance(value, str):
        return "no value"
    at = max(value.find("\ufffd") - _SHOWN // 2, 0)
    return repr(value[at : at + _SHOWN])


def _plain(value: object) -> str:
    return value.isoformat()[:10] if isinstance(value, date) else str(value)
