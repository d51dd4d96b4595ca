"""What a page says of its own publication, gathered from its lines.

In: a text with its layout, and the day it was fetched. Out: title, publisher, byline, day of
publication and source line, each None if the page does not tell. Refused: days after the fetch,
and days that only an address holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from enduse.model.document import SectionKind, SourceLine
from enduse.read.blocks import Block
from enduse.read.layout import Layout, iterate_kind
from enduse.read.marks import menu_parts
from enduse.read.notices import (
    LONGEST_LINE,
    Notice,
    parse_byline,
    parse_dateline,
    parse_notice,
    parse_published,
)
from enduse.read.source_lines import find_source_line

_NEAR_TITLE = 8  # blocks after the title in which a byline or date is looked for
_TIME_ZONES = timedelta(days=1)  # a day may have begun elsewhere before it did at UTC


class Facts(msgspec.Struct, frozen=True):
    """Publication facts of a page; None, or nothing, where it does not tell."""

    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    date_published: date | None = None
    language: str | None = None
    address: str | None = None
    name: str | None = None
    based_on: tuple[str, ...] = ()

    def over(self, other: Facts) -> Facts:
        """Return these facts, with the other's where these tell nothing.

        >>> Facts(title="A").over(Facts(title="B", byline="Ana Roe")).byline
        'Ana Roe'
        """
        if other is NO_FACTS:
            return self
        return Facts(
            self.title or other.title,
            self.publisher or other.publisher,
            self.byline or other.byline,
            self.date_published or other.date_published,
            self.language or other.language,
            self.address or other.address,
            self.name or other.name,
            self.based_on or other.based_on,
        )


NO_FACTS = Facts()
_T = TypeVar("_T")


def gather_facts(text: str, layout: Layout, fetched: date) -> Facts:
    """Return the facts that the page's visible words give.

    Args:
        text: the document's text.
        layout: the kinds of its blocks.
        fetched: the day it was fetched; later days are refused.
    """
    notice = _find_notice(text, layout)
    head = [_words(text, block) for block in _head(layout) if _short(block)]
    days = (
        notice.day,
        _first(parse_published(line) for line in head),
        _first(parse_dateline(line) for line in head),
        _first(parse_published(line) for line in _tail_lines(text, layout)),
    )
    return Facts(
        title=None if layout.title is None else _words(text, layout.blocks[layout.title]),
        publisher=_name_publisher(text, layout, notice.publisher),
        byline=_first(parse_byline(line) for line in head),
        date_published=_first(day for day in days if is_past(day, fetched)),
    )


def is_past(day: date | None, fetched: date) -> bool:
    """Return whether the day may have been the day of publication of what was fetched then."""
    return day is not None and day <= fetched + _TIME_ZONES


def drop_future(facts: Facts, fetched: date) -> Facts:
    """Return the facts without a day of publication that comes after the fetch."""
    day = facts.date_published
    return facts if day is None or is_past(day, fetched) else replace(facts, date_published=None)


def choose_source_line(text: str, layout: Layout, fetched: date) -> SourceLine | None:
    """Return what the page says of its original: the last line that names a day, else the last."""
    found = [
        line
        for block in iterate_kind(layout, SectionKind.SOURCE_LINE)
        if (line := find_source_line(_words(text, block), block.start, bracketed=False))
    ]
    dated = [line for line in found if is_past(line.date, fetched)]
    if dated:
        return dated[-1]
    if not found:
        return None
    line = found[-1]
    return SourceLine(line.start, line.end, line.byline, line.publisher)


def _find_notice(text: str, layout: Layout) -> Notice:
    """Return the archive's own notice, looked for where no story is told."""
    for index, block in enumerate(layout.blocks):
        if layout.kinds[index] is SectionKind.LICENCE or layout.near_edge(index):
            notice = parse_notice(_words(text, block))
            if notice is not None:
                return notice
    return Notice(None, None)


def _head(layout: Layout) -> Sequence[Block]:
    """Return the blocks where a byline or date of the page stands: round title and first prose."""
    title = -1 if layout.title is None else layout.title
    first = len(layout.blocks) if layout.first is None else layout.first
    return layout.blocks[: max(min(first, title + _NEAR_TITLE), title + 3) + 1]


def _tail_lines(text: str, layout: Layout) -> Iterator[str]:
    if layout.last is not None:
        for block in layout.blocks[layout.last + 1 :]:
            if _short(block):
                yield _words(text, block)


def _short(block: Block) -> bool:
    """Return whether the block is no longer than a byline or a line with a date may be."""
    return block.end - block.start <= LONGEST_LINE


def _name_publisher(text: str, layout: Layout, named: str | None) -> str | None:
    """Return the notice's publisher; of joint ones, the one whose name heads the page."""
    if named is None:
        return None
    for block in iterate_kind(layout, SectionKind.NAVIGATION):
        for label in menu_parts(_words(text, block)):
            if named.casefold().startswith(label.casefold() + " "):
                return label
    return named


def _words(text: str, block: Block) -> str:
    return text[block.start : block.end]


def _first(found: Iterator[_T | None]) -> _T | None:
    return next((item for item in found if item is not None), None)
