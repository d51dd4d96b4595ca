"""The finding that one document copies another, with the aligned spans."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How a text stands to another; the first three are told from the words themselves."""

    REPRINT = "reprint"
    EXCERPT = "excerpt"
    SHARED = "shared"
    BASED_ON = "based-on"
    QUOTES = "quotes"
    SAME_AUTHOR = "same-author"
    SAME_PRIMARY = "same-primary"
    SAME_PUBLISHER = "same-publisher"
    SHARED_ERRORS = "shared-errors"
    UNKNOWN_ORIGIN = "unknown-origin"


@dataclass(frozen=True, slots=True)
class AlignedSpan:
    """The same words in two texts: code points in the copy and in the original."""

    copy_start: int
    copy_end: int
    of_start: int
    of_end: int


@dataclass(frozen=True, slots=True)
class Reprint:
    """One document's text standing in another.

    Attributes:
        copy, of: document ids; `copy` is the later or derived one where `directed`.
        share: part of the copy's text that stands in the other, 0 to 1.
        because: what tells so, in words ("source line names The Long War Journal").
    """

    id: str
    copy: str
    of: str
    relation: Relation
    share: float
    spans: tuple[AlignedSpan, ...] = ()
    directed: bool = True
    because: str = ""
