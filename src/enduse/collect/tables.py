"""A Parquet table to one fetched document a row.

In: a Parquet file with a column `text` and, if it has them, `id`, `lang`, `title`, `publisher`,
`byline`, `address` and `date_published`. Out: one document a row, its body the row as canonical
JSON, its address `FILE#row=N`, counted from 1. Refused: a table without `text`, a row without
text, and any table where pyarrow is not installed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from enduse.collect.files import check_file
from enduse.collect.options import RECORD_TYPE, Clock, CollectOptions, Found, report
from enduse.model.record import to_json
from enduse.model.snapshot import Fetched

_COLUMNS = ("id", "text", "lang", "title", "publisher", "byline", "address", "date_published")
_BATCH = 256  # rows held at once


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
        with parquet.ParquetFile(address) as table:
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
        if not isinstance(row["text"], str) or not row["text"].strip():
            yield report(address, "the document has no text", "Fill its `text`", f"row {number}")
            continue
        body = to_json({name: _plain(value) for name, value in row.items() if value is not None})
        by = f"table {options.version}"
        yield Fetched(f"{address}#row={number}", body, RECORD_TYPE, clock(), by)


def _read_rows(table: Any, names: list[str]) -> Iterator[Mapping[str, Any]]:
    for batch in table.iter_batches(batch_size=_BATCH, columns=names):
        yield from batch.to_pylist()


def _plain(value: object) -> str:
    return value.isoformat()[:10] if isinstance(value, date) else str(value)
