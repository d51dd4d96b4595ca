"""Written dates in a page's notices, bylines and source lines.

In: a short text. Out: the dates in it, each with where it stands. Refused: dates whose day and
month may be swapped ("09/06/2015"), and days that no calendar holds. Month names come from the
reviewed table; they are not dates of the story, only of its publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from enduse.reference.pages import load_months

_CENTURY_TURN = 70  # "69" is 2069, "70" is 1970, as POSIX reads two-digit years
_FIRST_YEAR = 1900
_LAST_SHORT_YEAR = 99
_MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and the code points it stands in."""

    start: int
    end: int
    day: date


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Return the dates written in the text, in order.

    >>> [str(found.day) for found in find_dates("09Jun15, 9 June 2015, June 9th, 2015")]
    ['2015-06-09', '2015-06-09', '2015-06-09']
    >>> [str(found.day) for found in find_dates("9 июня 2015 г.; 2015-06-09; 09.06.2015")]
    ['2015-06-09', '2015-06-09', '2015-06-09']
    >>> find_dates("09/06/2015, 31 June 2015")
    ()
    """
    if not any(character.isdigit() for character in text):
        return ()
    return tuple(_find(text))


def parse_day(text: str | None) -> date | None:
    """Return the first date in a text that states one, None if it states none.

    >>> parse_day("2015-06-09T10:00:00+02:00"), parse_day("20150609"), parse_day("soon")
    (datetime.date(2015, 6, 9), datetime.date(2015, 6, 9), None)
    """
    if not text:
        return None
    compact = re.fullmatch(r"\s*(\d{4})(\d{2})(\d{2})\s*", text)
    if compact is not None:
        return _day(int(compact[1]), int(compact[2]), int(compact[3]))
    found = find_dates(text[:200])
    return found[0].day if found else None


def _find(text: str) -> Iterator[FoundDate]:
    for match in _pattern().finditer(text):
        day = _read(match)
        if day is not None:
            yield FoundDate(match.start(), match.end(), day)


@cache
def _pattern() -> re.Pattern[str]:
    """Return one pattern for all forms; month names longest first."""
    names = sorted(load_months(), key=lambda name: (-len(name), name))
    month = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    iso = r"(?<!\d)(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d)"
    dotted = r"(?<!\d)(?<!\d\.)(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>\d{4})(?!\d)"
    slashed = r"(?<!\d)(?<!\d/)(?P<d3>\d{1,2})[/-](?P<m3>\d{1,2})[/-](?P<y3>\d{4})(?!\d)"
    tail = r"(?:st|nd|rd|th|er|º|\.|-го)?"
    joined = r"(?:\s*/\s*\w+(?:\s+\w+)?)?"
    day_first = (
        rf"(?<!\d)(?<!\d[.,])(?P<d4>\d{{1,2}}){tail}[\s-]*(?:of\s+|de\s+)?(?P<n4>{month}){joined}"
        rf"(?:[\s,.'’-]*(?:de\s+|del\s+)?(?P<y4>\d{{4}})|(?:-|\s?['’])?(?P<y6>\d{{2}}))(?!\d)"
    )
    month_first = rf"\b(?P<n5>{month})[\s-]+(?P<d5>\d{{1,2}}){tail},?\s+(?P<y5>\d{{4}})(?!\d)"
    return re.compile(f"{iso}|{dotted}|{slashed}|{day_first}|{month_first}", re.IGNORECASE)


def _read(match: re.Match[str]) -> date | None:
    parts = {name: words for name, words in match.groupdict().items() if words is not None}
    form = next(name[1] for name in parts if name.startswith("d"))
    year = _full_year(int(parts.get(f"y{form}") or parts["y6"]))
    day = int(parts[f"d{form}"])
    if f"n{form}" in parts:
        name = " ".join(parts[f"n{form}"].casefold().split())
        return _day(year, load_months().get(name, 0), day)
    month = int(parts[f"m{form}"])
    return _read_slashed(year, month, day) if form == "3" else _day(year, month, day)


def _read_slashed(year: int, second: int, first: int) -> date | None:
    """Return the date if only one of its two numbers can be the month."""
    if first > _MOST_MONTHS or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > _MOST_MONTHS else None


def _full_year(year: int) -> int:
    if year > _LAST_SHORT_YEAR:
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    if year < _FIRST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
