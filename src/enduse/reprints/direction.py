"""Two documents that share text to which is the copy, and what tells so.

In: two documents and how much of each stands in the other. Out: copy, original and the reason in
words; or no direction. Looked at in this order: a source line that names the other, markup that
says it is based on the other, the days of writing and publishing, a text that names the other's
publisher or author, quotation marks in one text only, containment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enduse.model.document import Document
from enduse.text.addresses import names_page
from enduse.text.bylines import is_telling, names_agree, names_within

CONTAINED = 0.8
NOT_CONTAINED = 0.6
BASED_ON = "its markup says that it is based on the other"
QUOTED_WORDS = "it quotes the words, the other does not"


@dataclass(frozen=True, slots=True)
class Direction:
    """Whether the left document is the copy, and why; `left_copies` is None if nothing tells."""

    left_copies: bool | None
    because: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """How two texts hold what they share, left first.

    Attributes:
        shares: part of each text that stands in the other, 0 to 1.
        quoted: whether each sets all of it in quotation marks.
    """

    shares: tuple[float, float]
    quoted: tuple[bool, bool] = (False, False)


def find_direction(left: Document, right: Document, overlap: Overlap) -> Direction:
    """Return which document is the copy.

    Args:
        left: one document.
        right: the other.
        overlap: how each holds what they share.

    >>> old = Document("a", "s", "text", date_published=date(2020, 1, 2))
    >>> new = Document("b", "s", "text", date_published=date(2020, 1, 9))
    >>> find_direction(old, new, Overlap((1.0, 1.0)))
    Direction(left_copies=False, because='published 9 January 2020, the other 2 January 2020')
    """
    for left_says, right_says in (
        (_source_line_says(left, right), _source_line_says(right, left)),
        (_markup_says(left, right), _markup_says(right, left)),
        (_dates_say(left, right), _dates_say(right, left)),
        (_text_says(left, right), _text_says(right, left)),
        tuple(QUOTED_WORDS if quoted else "" for quoted in overlap.quoted),
        (_containment_says(*overlap.shares), _containment_says(*reversed(overlap.shares))),
    ):
        if bool(left_says) != bool(right_says):
            return Direction(bool(left_says), left_says or right_says)
    return Direction(None, "nothing tells which came first")


def _source_line_says(copy: Document, original: Document) -> str:
    line = copy.source_line
    if line is None:
        return ""
    if line.publisher and original.publisher and names_agree(line.publisher, original.publisher):
        return f"its source line names {original.publisher}"
    if line.byline and original.byline and names_agree(line.byline, original.byline):
        return f"its source line names {original.byline}"
    return ""


def _markup_says(copy: Document, original: Document) -> str:
    return BASED_ON if names_page(copy.based_on, original.address) else ""


def _dates_say(copy: Document, original: Document) -> str:
    if _key(copy) is None or _key(original) is None:
        return ""
    if copy.written != original.written and copy.written and original.written:
        later = copy.written > original.written
        return _dates_words(copy.written, original.written) if later else ""
    if copy.date_published and original.date_published:
        later = copy.date_published > original.date_published
        return _dates_words(copy.date_published, original.date_published) if later else ""
    return ""


def _key(document: Document) -> date | None:
    return document.written or document.date_published


def _dates_words(later: date, earlier: date) -> str:
    return f"published {_day(later)}, the other {_day(earlier)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _text_says(copy: Document, original: Document) -> str:
    for name in (original.publisher, original.byline):
        if name and is_telling(name) and names_within(name, copy.text):
            same = copy.publisher and names_agree(name, copy.publisher)
            by_same = copy.byline and names_agree(name, copy.byline)
            if not same and not by_same:
                return f"its text names {name}"
    return ""


def _containment_says(share: float, other_share: float) -> str:
    if share >= CONTAINED and other_share <= NOT_CONTAINED:
        return "its text is contained in the other"
    return ""
