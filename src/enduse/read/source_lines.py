"""What a reprint says of its original.

In: one line of a page. Out: the author, publisher and day of the original that it names. Refused:
lines that do not open with one of the reviewed phrases, or name nothing.
"""

from __future__ import annotations

import re
from functools import cache

from enduse.model.document import SourceLine
from enduse.read.dates import FoundDate, find_dates
from enduse.read.marks import compile_phrases
from enduse.read.notices import cut_byline, is_name
from enduse.reference.pages import PageWord, load_page_words

_LONGEST = 400
_OPENERS = "[({<"
_CLOSERS = "])}>"
_COMMAS = re.compile(r"\s*[,،;|]\s*|\s+[–—-]\s+|\s*\.\s+(?=By\b)")
_EDGE = " \t.,;:،-–—\"'“”"
_LONGEST_NAME = 120


def find_source_line(line: str, start: int, *, bracketed: bool) -> SourceLine | None:
    """Return what the line says of its original, None if it says nothing.

    Args:
        line: the words of one line.
        start: where the line begins in its document.
        bracketed: True asks for brackets round the line or a date in it, for lines that may stand
            in the midst of a text; False takes any, for lines at its edges.

    >>> found = find_source_line("[Source: By Ana Roe, The Gazette, 03Feb14]", 0, bracketed=True)
    >>> found.byline, found.publisher, found.date.isoformat()
    ('Ana Roe', 'The Gazette', '2014-02-03')
    """
    words = line.strip()
    if len(words) > _LONGEST or not words:
        return None
    brackets = words[0] in _OPENERS and words.rstrip(".")[-1:] in _CLOSERS
    inner = words.lstrip(_OPENERS).rstrip(_CLOSERS + ".") if brackets else words
    opening = _openings().match(inner)
    if opening is None:
        return None
    rest = inner[opening.end() :].strip(_EDGE)
    dates = find_dates(rest)
    if bracketed and not brackets and not dates:
        return None
    return _parse(rest, dates, start, start + len(line))


def _parse(rest: str, dates: tuple[FoundDate, ...], start: int, end: int) -> SourceLine | None:
    day = dates[-1].day if dates else None
    named = _cut_links(rest[: dates[-1].start]) if dates else rest
    named = _stops().split(named, maxsplit=1)[0]
    byline, publisher = _share_parts([part for part in _COMMAS.split(named) if part.strip(_EDGE)])
    if byline is None and publisher is None:
        return None
    return SourceLine(start, end, byline, publisher, day)


def _share_parts(parts: list[str]) -> tuple[str | None, str | None]:
    """Return (byline, publisher) of the comma-parted names of a source line."""
    names = [part.strip(_EDGE) for part in parts]
    names = [name for name in names if name and len(name) <= _LONGEST_NAME]
    byline = None
    if names and (cut := cut_byline(names[0])) is not None:
        byline, names = cut, names[1:]
    elif len(names) > 1 and is_name(names[0]) and not _outlet_weight(names[0]):
        byline, names = names[0], names[1:]
    if not names:
        return byline, None
    heaviest = max(range(len(names)), key=lambda place: (_outlet_weight(names[place]), place))
    if _outlet_weight(names[heaviest]) == 0:
        heaviest = 0  # a lone outlet is named first, its town after it
    return byline, names[heaviest]


def _outlet_weight(name: str) -> int:
    """Return how much a name looks like an outlet's: a word of the trade, and an article."""
    article = _articles().match(name) is not None
    return 2 * (_outlets().search(name) is not None) + article


def _cut_links(words: str) -> str:
    """Return the words without those that lead over to the date ("on", "le")."""
    words = words.rstrip(_EDGE)
    while (found := _links().search(words)) is not None:
        words = words[: found.start()].rstrip(_EDGE)
    return words


@cache
def _openings() -> re.Pattern[str]:
    return compile_phrases(_rows("source-line"))


@cache
def _stops() -> re.Pattern[str]:
    return compile_phrases(_rows("stop"))


@cache
def _links() -> re.Pattern[str]:
    return re.compile(f"(?:^|\\s)(?:{compile_phrases(_rows('link')).pattern})$", re.IGNORECASE)


@cache
def _outlets() -> re.Pattern[str]:
    return compile_phrases(_rows("outlet", "outlets"))


@cache
def _articles() -> re.Pattern[str]:
    return compile_phrases(_rows("article", "outlets"))


def _rows(sense: str, table: str = "source_lines") -> list[PageWord]:
    return [row for row in load_page_words(table) if row.sense == sense]
