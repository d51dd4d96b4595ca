"""Limits and permissions of collecting, and what all collectors share.

In: nothing. Out: one frozen value. Refused: nothing; a limit says where a collector stops.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from enduse.model.problem import Problem
from enduse.model.snapshot import Fetched

Clock = Callable[[], datetime]
Found = Iterator[Fetched | Problem]

RECORD_TYPE = "application/vnd.enduse.document+json"
_UNITS = ((1_000_000, "MB"), (1_000, "kB"))
USER_AGENT = "enduse/0.1 (research tool that saves single pages at its user's request)"


@dataclass(frozen=True, slots=True)
class CollectOptions:
    """What a collector may do and where it stops.

    Attributes:
        max_file_bytes: the largest file, line or row taken, in bytes.
        max_download_bytes: the largest body taken from the web, in bytes, after unpacking.
        connect_seconds, read_seconds: the longest wait for a connection and for the next bytes.
        total_seconds: the longest time for one address, all redirects included.
        max_redirects: how many redirects are followed.
        allow_private: whether addresses of this machine and of private networks may be asked.
        user_agent: how the collector names itself to servers.
        case_marker: a folder that holds a file of this name is a casebook, not a document folder.
        version: of the program, kept with what it fetched.
    """

    max_file_bytes: int = 200_000_000
    max_download_bytes: int = 50_000_000
    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    total_seconds: float = 120.0
    max_redirects: int = 5
    allow_private: bool = False
    user_agent: str = USER_AGENT
    case_marker: str = "enduse.toml"
    version: str = "0.1.0"


_NO_TEXT = re.compile("[\udc80-\udcff]")  # how Python holds a path's bytes that are no UTF-8


def spell_address(address: str) -> str:
    r"""Return the address as text that can be kept: bytes that are no UTF-8 stand as in the web.

    >>> spell_address("caf\udce9.txt")
    'caf%E9.txt'
    """
    spelled = _NO_TEXT.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", address)
    return spelled.encode("utf-8", "backslashreplace").decode()


def report(subject: str, message: str, next_step: str = "", place: str = "") -> Problem:
    """Return a problem of this stage."""
    subject, message, next_step = map(spell_address, (subject, message, next_step))
    return Problem("collect", subject, message, place, next_step)


def describe_size(size: int) -> str:
    """Return a size in words.

    >>> describe_size(200_000_000), describe_size(1_500)
    ('200 MB', '2 kB')
    """
    for unit, name in _UNITS:
        if size >= unit:
            return f"{size / unit:.0f} {name}"
    return f"{size} bytes"
