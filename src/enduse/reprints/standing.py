"""What an index of fingerprints holds between two uses."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from enduse.reprints.collection import Text
from enduse.reprints.join import Numbers
from enduse.reprints.runs import Run


class Member(NamedTuple):
    """A document of an index; members sort in order of writing.

    Attributes:
        day: the day of writing as a number, the last of all days where undated.
        id: the document's.
        size: how many fingerprints it has.
    """

    day: int
    id: str
    size: int

    @classmethod
    def of(cls, text: Text) -> Member:
        """Return the text as a member."""
        day = text.document.written or date.max
        return cls(day.toordinal(), text.document.id, len(text.prints))


class IndexState(NamedTuple):
    """All that an index needs to go on, beside the documents.

    Attributes:
        members: the documents by their numbers.
        runs: their fingerprints, longest run first.
        pairs: the pairs that were ever worth aligning, packed and sorted (see `pairs`).
    """

    members: tuple[Member, ...]
    runs: tuple[Run, ...]
    pairs: Numbers
