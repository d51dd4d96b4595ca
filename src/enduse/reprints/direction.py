"""Two documents that share text to which is the copy, and what tells so.

In: two documents and how much of each stands in the other. Out: copy, original and the reason in
words; or no direction. Looked at in this order: a source line that names the other, the days of
writing and publishing, a text that names the other's publisher or author, containment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enduse.model.document import Document

CONTAINED = 0.8
NOT_CONTAINED = 0.6
NAME_PARTS_APART = ","


@dataclass(frozen=True, slots=True)
class Direction:
    """Whether the left document is the copy, and why; `left_copies` is None if nothing tells."""

    left_copies: bool | None
    because: str


def find_direction(left: Document, right: Document, shares: tuple[float, float]) -> Direction:
    """Return which document is the copy.

    Args:
        left: one document.
        right: the other.
        shares: part of the left text that stands in the right, and the other way round.

    >>> old = Document("a", "s", "text", date_published=date(2020, 1, 2))
    >>> new = Document("b", "s", "text", date_published=date(2020, 1, 9))
    >>> find_direction(old, new, (1.0, 1.0))
    Direction(left_copies=False, because='published 9 January 2020, the other 2 January 2020')
    """
    for left_says, right_says in (
        (_source_line_says(left, right), _source_line_says(right, left)),
        (_dates_say(left, right), _dates_say(right, left)),
        (_text_says(left, right), _text_says(right, left)),
        (_containment_says(*shares), _containment_says(*reversed(shares))),
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


def names_agree(one: str, other: str) -> bool:
    """Return whether one name holds the other, by whole words and without case.

    A name of one word agrees only with the same name, or with a part set off by commas.

    >>> names_agree("Threat Desk, The Harbour Journal", "Harbour Journal")
    True
    >>> names_agree("The Times", "New Times of Basra")
    False
    """
    if _parts(one) & _parts(other):
        return True
    return (_telling(one) and _within(one, other)) or (_telling(other) and _within(other, one))


def _parts(name: str) -> set[str]:
    parts = (" ".join(_name_words(part)) for part in name.split(NAME_PARTS_APART))
    return {part for part in parts if part}


def _telling(name: str) -> bool:
    return len(_name_words(name)) > 1


def _name_words(name: str) -> list[str]:
    return [word for word in _fold(name).split() if word != "the"]


def _within(name: str, text: str) -> bool:
    words = " ".join(_name_words(name))
    return bool(words) and f" {words} " in f" {_fold(text)} "


def _fold(text: str) -> str:
    kept = "".join(char if char.isalnum() else " " for char in text.casefold())
    return " ".join(kept.split())


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
        if name and _telling(name) and _within(name, copy.text):
            same = copy.publisher and names_agree(name, copy.publisher)
            by_same = copy.byline and names_agree(name, copy.byline)
            if not same and not by_same:
                return f"its text names {name}"
    return ""


def _containment_says(share: float, other_share: float) -> str:
    if share >= CONTAINED and other_share <= NOT_CONTAINED:
        return "its text is contained in the other"
    return ""
