"""What the command line prints: records to standard output, everything else to standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from enduse.errors import EnduseError, MisuseError
from enduse.model.problem import Problem

Progress = Callable[[str, int, int | None], None]


def say(words: str) -> None:
    """Print a message to standard error."""
    print(words, file=sys.stderr)  # noqa: T201 - this module prints


def print_text(words: str) -> None:
    """Print a result to standard output."""
    print(words)  # noqa: T201 - this module prints


def print_json(value: object) -> None:
    """Print a value as one line of JSON to standard output."""
    write_record(sys.stdout.buffer, value)
    sys.stdout.buffer.flush()


def report_error(error: EnduseError) -> int:
    """Print an error and return its exit code."""
    say(f"enduse: {error}")
    return error.exit_code


def report_problems(problems: Iterable[Problem], shown: int = 20) -> int:
    """Print the problems, the first ones in full, and return how many there are."""
    total = 0
    for problem in problems:
        total += 1
        if total <= shown:
            say(f"problem: {problem.words}")
    if total > shown:
        say(f"… and {total - shown} more problems; enduse show CASE problems lists them")
    return total


@contextmanager
def opened_output(path: Path | None) -> Iterator[BinaryIO]:
    """Give the stream to write to: the file, whole or not at all, or standard output.

    Raises:
        MisuseError: the file cannot be written.
    """
    if path is None or str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if path.is_dir():
        raise MisuseError("it is a folder", str(path), "Name a file with -o")
    real = Path(os.path.realpath(path))
    whole = real.is_file() or not real.exists()  # no device, no pipe
    part = real.with_name(f".{real.name}.part") if whole else real
    try:
        stream = part.open("wb")
    except OSError as error:
        raise MisuseError(
            f"cannot be written ({error.strerror})", str(path), "Name another file with -o"
        ) from error
    try:
        with stream:
            yield stream
    except BaseException:
        if whole:
            part.unlink(missing_ok=True)
        raise
    if whole:
        part.replace(real)


def write_record(stream: BinaryIO, record: object) -> None:
    """Write one record as a line of JSON: UTF-8, or ASCII where standard output is not UTF-8."""
    line = msgspec.json.encode(record)
    if stream is sys.stdout.buffer and sys.stdout.encoding.lower() not in {"utf-8", "utf8"}:
        line = json.dumps(json.loads(line)).encode("ascii")
    stream.write(line + b"\n")


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Give a function that shows how far each stage is, on standard error, if it is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield show
