"""Claims to one table: one row a claim, for a spreadsheet.

In: claims with their documents. Out: RFC 4180 CSV in UTF-8, every cell in quotes, lines ended by
CR LF. Refused: nothing; a cell that a spreadsheet would compute is guarded by an apostrophe.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from enduse.model.claim import Claim, Part
from enduse.model.document import Document
from enduse.publish.escape import guard_cell
from enduse.publish.to_jsonl import claim_record

_PARTIES = tuple(f"{part.value}{field}" for part in Part for field in ("", "_name", "_reference"))
COLUMNS = (
    *("id", "doc", "title", "publisher", "published", "address"),
    *("kind", "mode", "status", "polarity", "certainty", "medium", "attribution"),
    *_PARTIES,
    *("time_text", "time_start", "time_end", "quantity_text", "quantity_min", "quantity_max"),
    *("quote", "start", "end", "score", "extractor", "rule"),
)
"""The columns, in order; docs/reference/exports.md says what each holds."""


class CsvExporter:
    """Writes claims as CSV.

    `mark_encoding` puts a byte order mark before the table, which some spreadsheets need to read
    it as UTF-8.
    """

    name = "csv"
    media_type = "text/csv; charset=utf-8"
    suffix = ".csv"

    def __init__(self, *, mark_encoding: bool = False) -> None:
        self.mark_encoding = mark_encoding

    def write(self, claims: Iterable[tuple[Claim, Document]], stream: BinaryIO) -> None:
        """Write the header and one row a claim."""
        if self.mark_encoding:
            stream.write(codecs.BOM_UTF8)
        stream.write(_line(COLUMNS))
        for claim, document in claims:
            row = make_row(claim, document)
            stream.write(_line([guard_cell(row[column]) for column in COLUMNS]))


def make_row(claim: Claim, document: Document) -> Mapping[str, str]:
    """Return the cells of one claim by column, not yet guarded; an absent value is empty."""
    record = claim_record(claim, document)
    flat = {column: _cell(record.get(column)) for column in COLUMNS}
    for part in Part:
        flat |= _party_cells(part.value, record.get(part.value))
    for field in ("time", "quantity"):
        inner = record.get(field) or {}
        flat |= {f"{field}_{key}": _cell(value) for key, value in inner.items()}
    joined = "; ".join(record["attribution"])
    rule = record["because"]["rule"]
    return flat | {"attribution": joined, "address": _cell(document.address), "rule": rule}


def _party_cells(part: str, role: Mapping[str, Any] | None) -> Mapping[str, str]:
    if role is None:
        return {}
    text = "; ".join([role["text"], *role.get("and", [])])
    return {
        part: text,
        f"{part}_name": _cell(role.get("name")),
        f"{part}_reference": _cell(role.get("reference")),
    }


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _line(cells: Iterable[str]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode("utf-8", "backslashreplace")
