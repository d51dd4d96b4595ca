"""What a page says of its own publication in plain words: bylines, datelines, notices.

In: one line of a page. Out: the author, the day, the publisher that it names. Refused: lines of
running text, for "By Monday the rifles were gone" names nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from enduse.read.dates import find_dates
from enduse.read.marks import compile_phrases
from enduse.reference.pages import PageWord, load_page_words

LONGEST_LINE = 160
"""Characters of the longest line that is read as a byline or for a date."""

_DATE_LINE_WORDS = 8  # words a line may hold beside its date
_DATE_SENTENCE_WORDS = 2  # the same, in a line that ends in a full stop
_NAME_WORDS = 5
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[\w.'’-]+)*")
_EDGE = " \t.,;:،-–—\"'“”[]()"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a page says of its own publication."""

    day: date | None
    publisher: str | None


def parse_byline(line: str) -> str | None:
    """Return the author that a byline names, None if the line is no byline.

    >>> parse_byline("By Ana Roe and Bo Li | 3 Feb 2014"), parse_byline("By road, they left.")
    ('Ana Roe and Bo Li', None)
    """
    if len(line) > LONGEST_LINE:
        return None
    return cut_byline(line.strip())


def cut_byline(words: str) -> str | None:
    """Return the name after a word like "By", None if there is no such word or name."""
    opening = _bylines().match(words)
    if opening is None:
        return None
    rest = words[opening.end() :].strip(_EDGE)
    name = _name_end().split(rest, maxsplit=1)[0].strip(_EDGE)
    return name if is_name(name) else None


def is_name(words: str) -> bool:
    """Return whether the words could be people's names: few, and each in capitals.

    >>> is_name("Ana Roe"), is_name("road they left"), is_name("آنا رو")
    (True, False, True)
    """
    parts = words.split()
    most = _NAME_WORDS * (1 + sum(part.casefold() in _joiners() for part in parts))
    if not parts or len(parts) > most or _NAME.fullmatch(words) is None:
        return False
    return all(_begins_name(part) for part in parts)


def _begins_name(part: str) -> bool:
    """Return whether a word may stand in a name: in capitals, or small as "de" and "al-" are."""
    return not part[0].islower() or part.casefold().partition("-")[0] in _joiners()


def is_dateline(line: str) -> bool:
    """Return whether the line holds a date and little else.

    >>> is_dateline("Beirut, 9 June 2015"), is_dateline("9 June 2015")
    (True, True)
    """
    return parse_dateline(line) is not None


def parse_dateline(line: str) -> date | None:
    """Return the day of a line that holds a date and little else, None of any other."""
    if len(line) > LONGEST_LINE:
        return None
    dates = find_dates(line)
    if not dates:
        return None
    beside = (line[: dates[0].start] + " " + line[dates[0].end :]).split()
    most = _DATE_SENTENCE_WORDS if line.rstrip().endswith(".") else _DATE_LINE_WORDS
    return dates[0].day if len(beside) <= most else None


def parse_notice(line: str) -> Notice | None:
    """Return what an archive says of its own publication, None if the line does not.

    >>> parse_notice("This document has been published on 12Jun15 by the Field Archive. Free.")
    Notice(day=datetime.date(2015, 6, 12), publisher='Field Archive')
    """
    opening = _openings().search(line)
    if opening is None:
        return None
    rest = line[opening.start() : opening.end() + LONGEST_LINE]
    sentence = re.split(r"\.(?:\s|$)", rest, maxsplit=1)[0]
    dates = find_dates(sentence)
    return Notice(dates[0].day if dates else None, _publisher(sentence))


def _publisher(sentence: str) -> str | None:
    by = _by().search(sentence)
    if by is None:
        return None
    named = sentence[by.end() :]
    dates = find_dates(named)
    if dates:
        named = re.sub(r"\s+on\s*$", "", named[: dates[0].start])
    return named.strip(_EDGE) or None


def parse_published(line: str) -> date | None:
    """Return the day that a line like "Published: 9 June 2015" names, None of any other."""
    if len(line) > LONGEST_LINE or _published().match(line.strip()) is None:
        return None
    dates = find_dates(line)
    return dates[0].day if dates and dates[0].start <= _DATE_AT else None


_DATE_AT = 40  # characters between the words and their date


@cache
def _bylines() -> re.Pattern[str]:
    return compile_phrases(_rows("bylines", "byline"))


@cache
def _joiners() -> frozenset[str]:
    return frozenset(row.phrase for row in _rows("bylines", "joiner"))


@cache
def _name_end() -> re.Pattern[str]:
    words = compile_phrases(_rows("bylines", "name-end")).pattern
    return re.compile(rf"\s*[|,;،(/\d]|\s+[-–—]\s+|\s+(?:{words})\s+|\.$")


@cache
def _openings() -> re.Pattern[str]:
    return compile_phrases(_rows("notices", "notice"))


@cache
def _published() -> re.Pattern[str]:
    return compile_phrases(_rows("notices", "published"))


@cache
def _by() -> re.Pattern[str]:
    return compile_phrases(_rows("notices", "published-by"))


def _rows(table: str, sense: str) -> list[PageWord]:
    return [row for row in load_page_words(table) if row.sense == sense]
