"""One address to what it holds, by the collector that fits it.

In: a path or a web address, as the user gave it. Out: what was fetched, and problems, in order.
Refused: an address that no collector understands, with a problem that says which ones there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from enduse.collect.files import collect_file
from enduse.collect.folders import walk_folder
from enduse.collect.lines import collect_line_file
from enduse.collect.options import Clock, CollectOptions, Found, report
from enduse.collect.tables import collect_table
from enduse.collect.web import collect_web

Collect = Callable[[str, CollectOptions, Clock], Found]

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+)://")
_LINE_ENDINGS = frozenset({".jsonl", ".ndjson"})
_TABLE_ENDINGS = frozenset({".parquet"})


def collect(address: str, options: CollectOptions, clock: Clock) -> Found:
    """Yield what the address holds, or the problem of not getting it; nothing is raised.

    Args:
        address: a path to a file or folder, or an http or https address.
        options: limits and permissions.
        clock: gives the time of fetching, in UTC.
    """
    return COLLECTORS[choose_collector(address)](address, options, clock)


def choose_collector(address: str) -> str:
    """Return the name of the built-in collector that fits the address.

    >>> choose_collector("https://example.org/page"), choose_collector("notes.jsonl")
    ('web', 'lines')
    """
    scheme = _SCHEME.match(address)
    if scheme is not None:
        return "web" if scheme[1].lower() in ("http", "https") else "unknown"
    return _choose_for_path(address)


def _choose_for_path(address: str) -> str:
    try:
        path = Path(address)
        if path.is_dir():
            return "folder"
    except (OSError, ValueError):
        return "file"
    ending = path.suffix.lower()
    if ending in _LINE_ENDINGS:
        return "lines"
    return "table" if ending in _TABLE_ENDINGS else "file"


def _collect_folder(address: str, options: CollectOptions, clock: Clock) -> Found:
    for path in walk_folder(address, options):
        if isinstance(path, str):
            yield from COLLECTORS[_choose_for_path(path)](path, options, clock)
        else:
            yield path


def _refuse(address: str, _options: CollectOptions, _clock: Clock) -> Found:
    yield report(
        address,
        "addresses of this kind are not collected",
        "Give a file, a folder, or an address that starts with http:// or https://",
    )


COLLECTORS: Mapping[str, Collect] = MappingProxyType(
    {
        "file": collect_file,
        "folder": _collect_folder,
        "lines": collect_line_file,
        "table": collect_table,
        "web": collect_web,
        "unknown": _refuse,
    }
)
