"""A file of JSON lines to one fetched document a line.

In: a file or stream that holds one JSON object a line, each with a `text`. Out: one document a
line, its body the line's exact bytes, its address `FILE#line=N`; memory does not grow with the
file. Refused: a line that is not JSON, has no text, or is too long, each with its number; empty
lines are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import msgspec

from enduse.collect.dates import check_date
from enduse.collect.files import check_file, explain_error
from enduse.collect.options import (
    RECORD_TYPE,
    Clock,
    CollectOptions,
    Found,
    describe_size,
    report,
    spell_address,
)
from enduse.model.problem import Problem
from enduse.model.snapshot import Fetched

_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 20


class _Shape(msgspec.Struct):
    """What a line must hold; other fields are the reader's."""

    text: str | None = None
    date_published: object = None
    quote: object = None


_DECODER = msgspec.json.Decoder(_Shape)


def collect_line_file(address: str, options: CollectOptions, clock: Clock) -> Found:
    """Yield each line of the file as a document, or the problem of not reading it."""
    problem = check_file(address, None)
    if problem is not None:
        yield problem
        return
    try:
        with Path(address).open("rb") as stream:
            yield from collect_lines(stream, address, options, clock)
    except OSError as error:
        yield explain_error(address, error)


def collect_lines(stream: BinaryIO, address: str, options: CollectOptions, clock: Clock) -> Found:
    """Yield each line of a stream as a document, or its problem.

    Args:
        stream: bytes, read line by line; the caller closes it.
        address: what the lines' addresses start with: a file's path, or "-" for standard input.
        options: the limit for one line.
        clock: gives the time of fetching, in UTC.
    """
    found = False
    for number, line in _read_lines(stream, options.max_file_bytes):
        found = True
        yield from _take_line(address, number, line, options, clock)
    if not found:
        yield report_empty(address)


def collect_some_lines(
    body: bytes, address: str, first: int, options: CollectOptions, clock: Clock
) -> Found:
    """Yield each of some lines of a larger file as `collect_lines` does.

    Args:
        body: whole lines.
        address: of the file.
        first: the number of the first line.
        options: the limit for one line.
        clock: gives the time of fetching, in UTC.
    """
    for number, line in _read_lines(BytesIO(body), options.max_file_bytes):
        yield from _take_line(address, first + number - 1, line, options, clock)


def report_empty(address: str) -> Problem:
    """Return the problem of a file that holds no line."""
    return report(address, "no line holds anything", "Give one JSON object a line")


def _take_line(
    address: str, number: int, line: bytes | None, options: CollectOptions, clock: Clock
) -> Found:
    if line is None:
        size = describe_size(options.max_file_bytes)
        yield _line_problem(address, number, f"the line is longer than {size}", "Split it")
        return
    shape = _decode_line(address, number, line)
    if isinstance(shape, Problem):
        yield shape
        return
    yield from check_date(address, f"line {number}", shape.date_published)
    by = f"lines {options.version}"
    yield Fetched(f"{spell_address(address)}#line={number}", line, RECORD_TYPE, clock(), by)


def _read_lines(stream: BinaryIO, longest: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield (number, line without its end), None for a line that is too long."""
    number = 0
    while line := stream.readline(longest + 2):
        number += 1
        body = line.rstrip(b"\r\n")
        if len(body) > longest:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
            yield number, None
        elif body.strip():
            yield number, body


def _decode_line(address: str, number: int, line: bytes) -> _Shape | Problem:
    try:
        shape = _DECODER.decode(line.removeprefix(_BOM))
    except msgspec.ValidationError as error:
        step = "Give one JSON object a line, with the document's words as `text`"
        return _line_problem(address, number, f"the line is no document: {_words(error)}", step)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"the line is not JSON: {_words(error)}"
        return _line_problem(address, number, message, "Mend the line")
    if shape.text is None or not shape.text.strip():
        return _line_problem(address, number, *_no_text(shape))
    return shape


def _no_text(shape: _Shape) -> tuple[str, str]:
    if shape.quote is not None:
        return "the line holds a claim, not a document", "Use `enduse import` for claims"
    return "the document has no text", "Give its words as `text`"


def _line_problem(address: str, number: int, message: str, next_step: str) -> Problem:
    return report(address, message, next_step, f"line {number}")


def _words(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error).removeprefix("JSON is malformed: ")
