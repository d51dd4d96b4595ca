"""A text with its blocks and given facts to a document.

In: what a reader found: text, blocks, facts. Out: the document, with sections, source line and
language. Refused: nothing; readers refuse before they come here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import msgspec

from enduse.model.document import Document, MarkupAnchor, SectionKind
from enduse.model.problem import Problem
from enduse.model.record import make_id
from enduse.model.snapshot import Snapshot
from enduse.read.blocks import Block
from enduse.read.facts import NO_FACTS, Facts, choose_source_line, gather_facts
from enduse.read.language import choose_language, normalise_code
from enduse.read.layout import Layout, join_sections, lay_out

_LINE = re.compile(r"#(?:line|row)=\d+$")
_SAMPLE_BLOCKS = 40  # body blocks from which the language is told


class Reading(msgspec.Struct, frozen=True):
    """What a reader took from the bytes.

    Attributes:
        text: the whole text in reading order.
        blocks: the stretches it is laid out in.
        given: facts that markup, metadata or a record state; they go before the text's own words.
        anchors: map back to markup or pages.
        key: the record within the snapshot, empty if the snapshot holds one document.
        fallback: facts that count only where nothing else tells.
        problems: what in the bytes could not be read, while the text could.
    """

    text: str
    blocks: Sequence[Block]
    given: Facts = NO_FACTS
    anchors: tuple[MarkupAnchor, ...] = ()
    key: str = ""
    fallback: Facts = NO_FACTS
    problems: tuple[Problem, ...] = ()


def compose_document(reading: Reading, snapshot: Snapshot, *, identify: bool = True) -> Document:
    """Return the document of a reading; the same reading and snapshot give the same document.

    With `identify` off, the language is left at what is stated.
    """
    fetched = snapshot.fetched_at.date()
    title = reading.given.title or reading.fallback.title
    layout = lay_out(reading.text, reading.blocks, title)
    facts = reading.given.over(gather_facts(reading.text, layout, fetched)).over(reading.fallback)
    return Document(
        id=make_id("doc", snapshot.digest, reading.key),
        snapshot_id=snapshot.id,
        text=reading.text,
        name=facts.name or name_address(snapshot.address),
        title=facts.title,
        publisher=facts.publisher,
        byline=facts.byline,
        date_published=facts.date_published,
        language=choose_language(sample_body(reading.text, layout), facts.language)
        if identify
        else normalise_code(facts.language),
        address=facts.address or _page_address(snapshot.address),
        sections=join_sections(layout),
        source_line=choose_source_line(reading.text, layout, fetched),
        anchors=reading.anchors,
        based_on=facts.based_on,
    )


def name_address(address: str) -> str:
    """Return the last part of an address, by which people know a file.

    >>> name_address("notes/page.html"), name_address("https://example.org/a/b%20c.html?x=1")
    ('page.html', 'b c.html')
    >>> name_address("data/all.jsonl#line=3"), name_address("https://example.org/")
    ('all.jsonl#line=3', 'example.org')
    """
    if web_address(address) is None:
        return address.replace("\\", "/").rstrip("/").rpartition("/")[2] or address
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    last = unquote(PurePosixPath(parts.path).name, errors="replace")
    return (last or parts.hostname or address) + (f"#{parts.fragment}" if parts.fragment else "")


def web_address(address: str | None) -> str | None:
    """Return the address if it is one of the web, None if it is a file's.

    >>> web_address("https://example.org/a#line=2"), web_address("a.txt")
    ('https://example.org/a', None)
    """
    if address is None or not address.lower().startswith(("http://", "https://")):
        return None
    return address.partition("#")[0]


def _page_address(address: str) -> str | None:
    """Return the web address of a page; a line or row of a file on the web has none of its own."""
    return None if _LINE.search(address) else web_address(address)


def sample_body(text: str, layout: Layout) -> str:
    """Return the first blocks of body text, or of any text where there is no body."""
    told = (None, SectionKind.TITLE, SectionKind.CAPTION)
    pairs = zip(layout.blocks, layout.kinds, strict=True)
    body = [block for block, kind in pairs if kind in told]
    blocks = [block for block in body if block.prose] or body or list(layout.blocks)
    return "\n".join(text[block.start : block.end] for block in blocks[:_SAMPLE_BLOCKS])


def parse_iso_day(value: object) -> date | None:
    """Return the day of an ISO date or time, None of anything else.

    >>> parse_iso_day("2015-06-12T08:00:00Z"), parse_iso_day("June")
    (datetime.date(2015, 6, 12), None)
    """
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None
