"""Dates as the inclusive interval of days that the words support, never more precise than that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days start to end, both included; an open end is None. `text` is the wording it rests on."""

    start: date | None
    end: date | None
    text: str = ""

    def overlaps(self, other: DateRange) -> bool:
        """Return whether a day may lie in both.

        >>> may = DateRange(date(2015, 5, 1), date(2015, 5, 31))
        >>> may.overlaps(DateRange(date(2015, 5, 31), None))
        True
        """
        starts = max(self.start or date.min, other.start or date.min)
        ends = min(self.end or date.max, other.end or date.max)
        return starts <= ends

    @property
    def earliest(self) -> date:
        """The first day it can be; `date.min` where open."""
        return self.start or date.min

    @property
    def latest(self) -> date:
        """The last day it can be; `date.max` where open."""
        return self.end or date.max

    @property
    def words(self) -> str:
        """The interval in words, as a dossier prints it.

        >>> DateRange(date(2015, 5, 13), date(2015, 6, 9)).words
        'between 13 May 2015 and 9 June 2015'
        >>> DateRange(date(2015, 6, 9), date(2015, 6, 9)).words
        '9 June 2015'
        """
        if self.start is None and self.end is None:
            return "at an unknown time"
        if self.start is None or self.end is None:
            return f"after {_day(self.start)}" if self.start else f"before {_day(self.end)}"
        if self.start == self.end:
            return _day(self.start)
        return f"between {_day(self.start)} and {_day(self.end)}"


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day} {day:%B %Y}"
