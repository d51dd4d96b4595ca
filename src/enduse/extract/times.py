"""When: the days that a time expression supports.

In: a sentence's text, the day the document was written. Out: date ranges with their place in the
text. Refused: expressions that need a day the document does not tell, clock times, ages.

Relative wordings are worked out against the day of writing ("last December", "two weeks ago") and
never reach past it unless they look ahead.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from enduse.model.dates import DateRange

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHORT = {month[:3]: number for number, month in enumerate(_MONTHS, 1)} | {"sept": 9}
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_M = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|"
    r"aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_N = r"(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few|a few)"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_COUNTS = {"a": 1, "an": 1, "several": 3, "few": 3, "a few": 3} | {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        1,
    )
}
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
_ALL_DAYS = 4000
_CENTURY_TURN = 40  # two-digit years above it are of the last century
_MONTH_DAYS = 31

# fmt: off
# ruff: noqa: E501 - a pattern on one line can be read against its example
_RULES: tuple[tuple[str, str], ...] = (
    ("span_days", rf"(?:between\s+)?(?P<d>\d{{1,2}})\s?[-–]\s?(?P<d2>\d{{1,2}})\s+{_M}\b(?:,?\s+{_YEAR})?"),
    ("span_days", rf"{_M}\s+(?P<d>\d{{1,2}})\s?[-–]\s?(?P<d2>\d{{1,2}})\b(?:,?\s+{_YEAR})?"),
    ("day", rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_M}\b(?:,?\s+(?:of\s+)?{_YEAR})?(?:\s+(?P<yy>\d\d)\b(?!\s*(?:rifle|[a-z]{{4}})))?"),
    ("day", rf"{_M}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?%)(?:,?\s+{_YEAR})?"),
    ("day", r"(?P<d>\d{2})(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?P<yy>\d{2})\b"),
    ("iso", r"(?P<year>(?:19|20)\d\d)-(?P<mm>\d\d)-(?P<d>\d\d)"),
    ("last_month", rf"(?P<rel>last|this|next)\s+{_M}\b(?!\s+\d)"),
    ("month", rf"(?P<part>early|mid|late)?[\s-]*{_M}(?:\s+of)?,?\s+{_YEAR}\b"),
    ("season", rf"(?P<season>winter|spring|summer|autumn|fall)(?:\s+of)?\s+{_YEAR}(?:\s?[-–/]\s?(?P<year2>(?:19|20)?\d\d)\b)?"),
    ("since_year", rf"since\s+{_YEAR}\b"),
    ("bare_month", rf"(?:in|since|during|of|by|until|from|earlier in|late|early)\s+{_M}\b(?!\s+\d)"),
    ("ago", rf"{_N}\s+(?P<unit>day|week|month|year)s?\s+(?:ago|earlier)"),
    ("past", rf"(?:in|over|during|for|within)\s+(?:the\s+)?(?:past|last|previous)\s+(?:{_N}\s+)?(?P<unit>hour|day|week|month|year)s?"),
    ("past_hours", r"(?:past|last|previous)\s+(?P<h>24|48|72)\s+hours"),
    ("last_unit", r"(?P<rel>last|this|next|past)\s+(?P<unit>week|month|year|night|weekend)"),
    ("weekday", rf"(?:(?P<rel>last|this|next)\s+)?(?P<wd>{'|'.join(_WEEKDAYS)})\b(?!\s+(?:to|through))"),
    ("today", r"(?P<when>today|yesterday|tonight|this morning|last night|this afternoon|tomorrow)"),
    ("recent", r"(?:recently|in recent (?:days|weeks|months)|currently|current)"),
    ("soon", r"(?:soon after|shortly after(?:ward|wards)?|shortly thereafter)"),
    ("year", rf"(?:in|during|since|of|by|late|early|the)\s+{_YEAR}\b(?!\s+(?:[a-z]+\s+)?(?:people|civilians|soldiers|troops|rounds|km|feet))"),
    ("year", r"(?:in|during|the|same|this)\s+(?:the\s+)?(?P<half>early|mid|late)?[\s-]*(?P<decade>(?:1[89]|20)\d0)s"),
    ("year_range", r"(?P<year>(?:19|20)\d\d)\s?[-–]\s?(?P<year2>(?:19|20)?\d\d)\b"),
    ("year", rf"(?:the|a|an|same|this|[’']s)\s+(?:[a-z]+\s+)?{_YEAR}(?=\s+[A-Za-z]+)(?!\s+(?:people|civilians|soldiers|troops|rounds|members|others))"),
    ("year", rf"\({_YEAR}\)"),
    ("year", rf"\b{_YEAR}\b(?=\s+(?:[A-Za-z-]+\s+)?(?:bombing|attack|war|invasion|raid|massacre|downing|coup|report|video|conflict|offensive|campaign|operation|uprising))"),
)  # fmt: skip
_COMPILED = tuple((name, re.compile(r"(?<![\w-])" + rule, re.IGNORECASE)) for name, rule in _RULES)
_CENTURIES = ("15", "16", "17", "18", "19", "20")
# Letters of which each match holds one: most rules need not be tried on most sentences.
_KEYS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("span_days", "day", "last_month", "month", "bare_month"), tuple(_SHORT)),
    **dict.fromkeys(("year", "year_range", "since_year", "iso", "season"), _CENTURIES),
    "ago": ("ago", "earlier"),
    "past": ("past", "last", "previous"),
    "past_hours": ("hours",),
    "last_unit": ("week", "month", "year", "night"),
    "weekday": ("day",),
    "today": ("today", "yesterday", "tonight", "tomorrow", "morning", "night", "afternoon"),
    "recent": ("recent", "current"),
    "soon": ("soon", "short"),
}
_NUMBERED = frozenset({"span_days", "day", "month"})
_DIGIT = re.compile(r"\d")
_MONTHLY = frozenset({"span_days", "day", "last_month", "month", "bare_month"})
_MONTH = re.compile(rf"(?:(?<![a-z])|(?<=early)|(?<=mid)|(?<=late)){_M}(?![a-z])")
_ANCHORED = frozenset(
    {"last_month", "bare_month", "ago", "past", "past_hours", "last_unit", "weekday", "today",
     "recent"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeFound:
    """A time expression: code points of the document, the days, and whether it is vague."""

    start: int
    end: int
    days: DateRange
    vague: bool = False
    rule: str = ""


def find_times(
    text: str, span: tuple[int, int], written: date | None, year: int | None = None
) -> tuple[TimeFound, ...]:
    """Return the time expressions of a stretch of text in order, none overlapping.

    Args:
        text: the document's text.
        span: where to look.
        written: the day the document was written, None if it does not tell.
        year: the year that bare days ("May 13") belong to where `written` is None.

    >>> [found.days.words for found in find_times("It fell last December.", (0, 22), date(2015, 6, 9))]
    ['between 1 December 2014 and 31 December 2014']
    """
    found: list[TimeFound] = []
    for rule, pattern in _likely(text, span):
        if rule in _ANCHORED and written is None and year is None:
            continue
        for match in pattern.finditer(text, *span):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            days = _resolve(rule, match, written, year)
            if days is not None:
                vague = rule in ("recent", "soon")
                words = replace(days, text=match.group())
                found.append(TimeFound(match.start(), match.end(), words, vague, rule))
    return tuple(_since(text, sorted(found, key=lambda one: one.start), written))


def _likely(text: str, span: tuple[int, int]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the rules whose letters the stretch holds."""
    low = text[span[0] : span[1]].casefold()
    here = {rule for rule, keys in _KEYS.items() if any(key in low for key in keys)}
    if here & _NUMBERED and not _DIGIT.search(low):
        here -= _NUMBERED
    if here & _MONTHLY and not _MONTH.search(low):
        here -= _MONTHLY
    return (entry for entry in _COMPILED if entry[0] in here)


def _since(text: str, found: list[TimeFound], written: date | None) -> Iterator[TimeFound]:
    """Reach from a day after "since" to the day of writing."""
    for one in found:
        before = text[max(0, one.start - 6) : one.start].lower()
        if before.endswith("since ") and written is not None and one.days.start:
            days = DateRange(one.days.start, max(written, one.days.start), "since " + one.days.text)
            yield replace(one, days=days)
        else:
            yield one


def _resolve(  # noqa: PLR0911 - one rule a line
    rule: str, match: re.Match[str], written: date | None, year: int | None
) -> DateRange | None:
    try:
        if rule in ("day", "span_days", "iso"):
            return _resolve_day(match, written, year)
        if rule in ("month", "last_month", "bare_month"):
            return _resolve_month(match, written, year)
        if rule == "season":
            return _resolve_season(match)
        if _group(match, "decade"):
            return _resolve_decade(match)
        if rule in ("year", "year_range", "since_year"):
            return _resolve_year(match, written if rule == "since_year" else None)
        return _resolve_relative(rule, match, written) if written else None
    except (ValueError, OverflowError):
        return None


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _month_number(match: re.Match[str]) -> int:
    name = (_group(match, "month") or "").lower().rstrip(".")
    return _SHORT.get(name[:4] if name.startswith("sept") else name[:3], 0)


def _year_of(match: re.Match[str]) -> int | None:
    if _group(match, "year"):
        return int(match["year"])
    if _group(match, "yy"):
        short = int(match["yy"])
        return 1900 + short if short > _CENTURY_TURN else 2000 + short
    return None


def _resolve_day(match: re.Match[str], written: date | None, year: int | None) -> DateRange | None:
    month = int(match["mm"]) if _group(match, "mm") else _month_number(match)
    day = int(match["d"])
    given = _year_of(match)
    if given is None and written is None and year is None:
        return None
    first = date(given or (written.year if written else year or 1), month, day)
    if given is None and written is not None and (first - written).days > _MONTH_DAYS:
        first = first.replace(year=first.year - 1)
    last = first.replace(day=int(match["d2"])) if _group(match, "d2") else first
    return DateRange(first, last)


def _resolve_month(
    match: re.Match[str], written: date | None, year: int | None
) -> DateRange | None:
    month = _month_number(match)
    given = _year_of(match)
    if given is None:
        given = written.year if written else year
        if given is None:
            return None
        relative = (_group(match, "rel") or "").lower()
        if relative == "next" and written and month <= written.month:
            given += 1
        elif (
            written
            and relative != "next"
            and (month > written.month or (relative == "last" and month == written.month))
        ):
            given -= 1
    last = monthrange(given, month)[1]
    parts = {"early": (1, 10), "mid": (10, 20), "late": (20, last)}
    first, last = parts.get((_group(match, "part") or "").lower(), (1, last))
    ends = date(given, month, last)
    if written is not None and (given, month) == (written.year, written.month):
        ends = min(ends, written)
    return DateRange(date(given, month, first), ends)


def _resolve_year(match: re.Match[str], until: date | None) -> DateRange:
    first = int(match["year"])
    last = first
    if _group(match, "year2"):
        tail = match["year2"]
        last = int(tail) if len(tail) > len("99") else first // 100 * 100 + int(tail)
    return DateRange(date(first, 1, 1), until or date(last, 12, 31))


_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


def _resolve_season(match: re.Match[str]) -> DateRange:
    """Return the months of a northern season; winter runs into the year after."""
    year, season = int(match["year"]), match["season"].lower()
    if season == "winter":
        return DateRange(date(year, 12, 1), date(year + 1, 3, 1) - timedelta(days=1))
    first, last = _SEASONS[season]
    return DateRange(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _resolve_decade(match: re.Match[str]) -> DateRange:
    """Return a decade or the part of it that "early", "mid" or "late" names."""
    first = int(match["decade"])
    parts = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
    low, high = parts.get((match["half"] or "").lower(), (0, 9))
    return DateRange(date(first + low, 1, 1), date(first + high, 12, 31))


def _resolve_relative(  # noqa: PLR0911 - one wording a line
    rule: str, match: re.Match[str], written: date
) -> DateRange | None:
    if rule == "ago":
        return _resolve_ago(match, written)
    if rule in ("past", "past_hours"):
        size = _count(match) * _UNITS.get((_group(match, "unit") or "day").lower(), 1)
        if rule == "past_hours":
            size = int(match["h"]) // 24
        return DateRange(written - timedelta(days=min(size, _ALL_DAYS)), written)
    if rule == "last_unit":
        return _resolve_unit(match, written)
    if rule == "weekday":
        return _resolve_weekday(match, written)
    if rule == "today":
        word = match["when"].lower()
        shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
        day = written + timedelta(days=shift)
        return DateRange(day, day)
    if rule == "recent":
        return DateRange(_month_before(written), written)
    return None


def _month_before(day: date) -> date:
    """Return the first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _count(match: re.Match[str]) -> int:
    word = (_group(match, "n") or "one").lower()
    return int(word) if word.isdigit() else _COUNTS.get(word, 1)


def _resolve_ago(match: re.Match[str], written: date) -> DateRange:
    unit = match["unit"].lower()
    centre = written - timedelta(days=_count(match) * _UNITS[unit])
    slack = {"day": 0, "week": 4, "month": 15, "year": 182}[unit]
    if unit == "year":
        return DateRange(date(centre.year, 1, 1), date(centre.year, 12, 31))
    around = timedelta(days=slack)
    return DateRange(centre - around, min(centre + around, written))


def _resolve_unit(match: re.Match[str], written: date) -> DateRange | None:
    relative, unit = match["rel"].lower(), match["unit"].lower()
    if unit in ("night", "weekend"):
        return DateRange(written - timedelta(days=1 if unit == "night" else 7), written)
    if unit == "week":
        start = written - timedelta(days=written.weekday())
        shift = {"last": -7, "past": -7, "this": 0, "next": 7}[relative]
        first = start + timedelta(days=shift)
        return DateRange(
            first,
            min(first + timedelta(days=6), written) if shift <= 0 else first + timedelta(days=6),
        )
    if unit == "month":
        first = _month_before(written) if relative in ("last", "past") else written.replace(day=1)
        return DateRange(
            first, min(written, first.replace(day=monthrange(first.year, first.month)[1]))
        )
    year = written.year + {"last": -1, "past": -1, "next": 1}.get(relative, 0)
    last = date(year, 12, 31)
    return DateRange(date(year, 1, 1), min(last, written) if year == written.year else last)


def _resolve_weekday(match: re.Match[str], written: date) -> DateRange:
    back = (written.weekday() - _WEEKDAYS.index(match["wd"].lower())) % 7
    if (_group(match, "rel") or "").lower() == "next":
        back = back - 7 if back else -7
    day = written - timedelta(days=back)
    return DateRange(day, day)


_DATELINE = re.compile(
    rf"^[^\n]{{0,60}}?,\s+(?P<d>\d{{1,2}})\s+{_M}\s+(?:{_YEAR}|(?P<yy>\d\d))\b", re.IGNORECASE
)


def read_dateline(text: str) -> date | None:
    """Return the day in an agency dateline at the head of a text, None if it has none.

    >>> read_dateline("TABIR, 31 MAY 89 (AGENCY) -- [TEXT] Troops").isoformat()
    '1989-05-31'
    """
    match = _DATELINE.match(text)
    if match is None:
        return None
    try:
        return date(_year_of(match) or 1, _month_number(match), int(match["d"]))
    except ValueError:
        return None
