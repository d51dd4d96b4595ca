"""A publishable account in which every sentence cites the quotes it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Citation:
    """One quote behind a sentence, with its document, digest, speakers and hedge.

    Attributes:
        number: its number in the dossier, from 1.
        claim_id, document_id: what it cites.
        document_label: title or name of the document, for print.
        publisher, published, address: publication facts of the document.
        digest: SHA-256 of the bytes the document was read from.
        quote: the exact words; start and end are code points in the document's text.
        speakers: on whose word, nearest first.
        hedge: the words that weaken it, empty if it is stated flatly.
        language: of the quote, for its direction.
        copies: labels of documents that repeat it and do not count again.
        polarity: affirmed or denied.
        about: what the claim says, in short ("transfer, supply: A to B").
        reviewed: whether a person has accepted the claim.
    """

    number: int
    claim_id: str
    document_id: str
    document_label: str
    publisher: str | None
    published: date | None
    address: str | None
    digest: str
    quote: str
    start: int | None
    end: int | None
    speakers: tuple[str, ...]
    hedge: str
    certainty: str
    language: str | None
    copies: tuple[str, ...] = ()
    polarity: str = "affirmed"
    about: str = ""
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the dossier, and the numbers of the citations it rests on."""

    id: str
    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under headings; `caption` says what it shows.

    `citations` holds, for each row, the numbers of the citations it rests on; it may be empty.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    citations: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DossierSection:
    """A heading, its sentences and its tables.

    Attributes:
        key: what the section is ("answer", "chain", "planned"), for its anchor and its look.
        level: 2 for a section, 3 for one within the section before.
        picture: an SVG made by the program that shows what its table says; empty if none.
    """

    heading: str
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[Table, ...] = ()
    key: str = ""
    level: int = 2
    picture: str = ""


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """Something that happened, with its place made coarse enough to publish.

    Attributes:
        place: the coarsened name.
        cell: west, south, east and north of the grid cell in degrees; None where the place is
            coarser than a town and a cell would pretend to precision.
        words: what happened, as a sentence.
        start, end: the days between which it happened.
        certainty: how firmly it is told.
        citations: numbers of the quotes behind it.
    """

    place: str
    cell: tuple[float, float, float, float] | None
    words: str
    start: date | None
    end: date | None
    certainty: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole account of one sighting.

    Attributes:
        standard: the evidence standard, stated at the outset.
        likelihood_words: (word, low, high) for each word of the scale used.
        notes: standing sentences: no wrongdoing implied for lawful links, machine help, review.
        picture: an SVG of the custody chains, made by the program; empty if none.
        trace_id: the trace it tells.
        warnings: what a reader must know before the first line: review, one-sided evidence.
        prepared: the day it was composed, None if not given.
        places: what happened where, coarsened, for maps.
    """

    id: str
    title: str
    as_of: date | None
    standard: tuple[str, ...]
    likelihood_words: tuple[tuple[str, float, float], ...]
    sections: tuple[DossierSection, ...]
    citations: tuple[Citation, ...]
    notes: tuple[str, ...] = ()
    picture: str = ""
    trace_id: str = ""
    warnings: tuple[str, ...] = ()
    prepared: date | None = None
    places: tuple[PlaceMark, ...] = ()
