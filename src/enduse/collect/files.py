"""One file to its bytes.

In: a path. Out: the file's bytes, with the media type its name suggests; a name that is no UTF-8
is spelled so that it can be read. Refused: what is missing, unreadable, too large, or no regular
file, each with a problem.
"""

from __future__ import annotations

import stat
from mimetypes import MimeTypes
from pathlib import Path

from enduse.collect.options import (
    Clock,
    CollectOptions,
    Found,
    describe_size,
    report,
    spell_address,
)
from enduse.model.problem import Problem
from enduse.model.snapshot import Fetched

_TYPES = MimeTypes()  # the table of Python itself: the same on every machine


def collect_file(address: str, options: CollectOptions, clock: Clock) -> Found:
    """Yield the file, or the problem of not reading it."""
    problem = check_file(address, options.max_file_bytes)
    if problem is not None:
        yield problem
        return
    try:
        with Path(address).open("rb") as stream:
            body = stream.read(options.max_file_bytes + 1)
    except OSError as error:
        yield explain_error(address, error)
        return
    if len(body) > options.max_file_bytes:
        yield refuse_size(address, options.max_file_bytes)
        return
    name = spell_address(address)
    yield Fetched(name, body, guess_type(name), clock(), f"file {options.version}")


def check_file(address: str, largest: int | None) -> Problem | None:
    """Return why the path cannot be read as a file, or None if it can.

    Args:
        address: the path.
        largest: the largest size taken, in bytes; None takes any.
    """
    try:
        found = Path(address).stat()
    except (OSError, ValueError) as error:
        return explain_error(address, error)
    if not stat.S_ISREG(found.st_mode):
        return report(address, "this is a device, pipe or socket, not a file", "Give a file")
    if largest is not None and found.st_size > largest:
        return refuse_size(address, largest)
    return None


def refuse_size(address: str, largest: int) -> Problem:
    """Return the problem of a file that is larger than the limit."""
    return report(
        address,
        f"the file is larger than {describe_size(largest)}",
        "Split it, or raise `max_file_bytes`",
    )


def explain_error(address: str, error: OSError | ValueError) -> Problem:
    """Return the problem that a failed look at a path shows."""
    if isinstance(error, FileNotFoundError):
        return _explain_missing(address)
    if isinstance(error, PermissionError):
        return report(address, "the file may not be read", "Ask for the right to read it")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return report(address, f"the file cannot be read: {reason.lower()}", "Check the path")


def _explain_missing(address: str) -> Problem:
    if Path(address).is_symlink():
        target = Path(address).readlink()
        return report(address, f"the link leads nowhere: {target}", "Mend the link or remove it")
    if address.lower().startswith("www."):
        return report(address, "no such file", f"For a web address write https://{address}")
    return report(address, "no such file or folder", "Check the path")


def guess_type(address: str) -> str:
    """Return the media type that a file name suggests; empty if none.

    >>> guess_type("a/page.HTML"), guess_type("a/notes")
    ('text/html', '')
    """
    return _TYPES.guess_type(Path(address).name, strict=False)[0] or ""
