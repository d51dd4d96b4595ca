"""The text read from one snapshot, with its publication facts; never edited, only pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec


@dataclass(frozen=True, slots=True)
class Span:
    """Code points start to end (not included) of one document, and their words."""

    document_id: str
    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, document: Document, start: int, end: int) -> Span:
        """Return the span with a copy of its words.

        >>> Span.of(Document("doc-1", "snap-1", "one  TOW was used"), 5, 8).quote
        'TOW'

        Raises:
            ValueError: the document has no text there.
        """
        if not 0 <= start < end <= len(document.text):
            raise ValueError(f"{document.id} has no text at {start}..{end}")
        return cls(document.id, start, end, document.text[start:end])


class SectionKind(StrEnum):
    """What a stretch of text is on its page; only TITLE, BODY and CAPTION are read for claims."""

    TITLE = "title"
    BODY = "body"
    CAPTION = "caption"
    NAVIGATION = "navigation"
    DONATION = "donation"
    LICENCE = "licence"
    SOURCE_LINE = "source-line"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of one kind: code points start to end (not included) of the document's text."""

    kind: SectionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What a reprint says of its original: "[Source: By X, Outlet, 09Jun15]"."""

    start: int
    end: int
    byline: str | None = None
    publisher: str | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True)
class MarkupAnchor:
    """Where in the markup a stretch of text stands: text offset and the node's path."""

    start: int
    end: int
    path: str


class Document(msgspec.Struct, frozen=True):
    """The text of one snapshot and what it says of its own publication.

    Attributes:
        id: `doc-` and a hash of the snapshot's digest (and the record within it).
        snapshot_id: the snapshot whose bytes hold it.
        text: the whole text in reading order; every span counts its code points.
        name: the id the user gave it (JSONL `id`) or the file name; what `doc` shows.
        title, publisher, byline, date_published, language, address: publication facts, None if
            the document does not tell.
        sections: stretches of the text by kind, in order; text outside every section is BODY.
        source_line: what it says of its original, if it is a reprint.
        anchors: map back to the markup, for HTML.
        based_on: addresses of the works that its markup says it is made from.
    """

    id: str
    snapshot_id: str
    text: str
    name: str = ""
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    date_published: date | None = None
    language: str | None = None
    address: str | None = None
    sections: tuple[Section, ...] = ()
    source_line: SourceLine | None = None
    anchors: tuple[MarkupAnchor, ...] = ()
    based_on: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name if it has one, else the id."""
        return self.name or self.id

    @property
    def written(self) -> date | None:
        """The day its words were first published: the source line's date, else its own."""
        original = self.source_line.date if self.source_line else None
        return original or self.date_published
