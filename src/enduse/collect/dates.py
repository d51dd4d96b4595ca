"""Whether a given day of publication can be read.

In: the `date_published` of a line or row. Out: nothing, or the problem that names it and its
place; the document goes on without it. Refused: numbers, and words that are not like 2015-06-09.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from enduse.collect.options import report
from enduse.model.problem import Problem

_MOST_SHOWN = 40  # characters of the value that a problem shows


def check_date(address: str, place: str, given: object) -> Iterator[Problem]:
    """Yield the problem of a day that the reader will not understand.

    >>> [found.place for found in check_date("a.jsonl", "line 1", 20150609)]
    ['line 1']
    >>> list(check_date("a.jsonl", "line 1", "2015-06-09T08:00:00Z"))
    []
    """
    if given is None or given == "":
        return
    if isinstance(given, str):
        try:
            date.fromisoformat(given.strip()[:10])
        except ValueError:
            pass
        else:
            return
    message = f"the date of publication is no date: {_show(given)}"
    yield report(address, message, "Write it as 2015-06-09; the document goes on without it", place)


def _show(given: object) -> str:
    return repr(given[:_MOST_SHOWN] if isinstance(given, str) else given)[: _MOST_SHOWN + 2]
