"""The text of a page, built up as a browser would show it.

In: pieces of text and breaks between them, in document order. Out: one text, in which only the
white space between blocks is ours, with its blocks. Refused: nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from enduse.model.document import SectionKind

_SPACES = re.compile(r"[ \t\n\r\f]+")  # the white space that markup folds; no other is touched
CELL, LINE, BLOCK = 1, 2, 3
_BREAKS = {CELL: "\t", LINE: "\n", BLOCK: "\n\n"}


@dataclass(slots=True)
class Stretch:
    """A block as it is built: where it stands, what it is, how much of it is link."""

    start: int
    end: int
    kind: SectionKind | None
    weak: int
    path: str
    linked: int = 0


@dataclass(slots=True)
class TextBuilder:
    """Joins pieces to a text.

    Attributes:
        stretches: the blocks so far; a line break begins a new one, a table cell does not.
    """

    stretches: list[Stretch] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _pending: int = BLOCK
    _space: bool = False

    def break_at(self, level: int) -> None:
        """Note that what follows stands in a new cell, line or block."""
        self._pending = max(self._pending, level)

    def break_line(self) -> None:
        """Note a line break; the second in a row parts two blocks."""
        self._pending = BLOCK if self._pending >= LINE else LINE

    @property
    def begins_stretch(self) -> bool:
        """Whether the next words begin a new block."""
        return self._pending >= LINE

    def begin(self, kind: SectionKind | None, weak: int, path: str) -> None:
        """Begin the block that the next words stand in."""
        start = self._length + (len(_BREAKS[self._pending]) if self._length else 0)
        self.stretches.append(Stretch(start, start, kind, weak, path))

    def add(self, words: str, *, linked: bool) -> None:
        """Add words to the block that was begun last, their white space folded.

        Args:
            words: the piece; not blank.
            linked: whether the words stand in a link.
        """
        if "\n" in words or "  " in words or "\t" in words or "\f" in words:
            words = _SPACES.sub(" ", words)
        if self._pending:
            lead = _BREAKS[self._pending] if self._length else ""
            self._pending = 0
        else:
            lead = " " if self._space or words[0] == " " else ""
        self._space = words[-1] == " "
        self._append(lead + words.strip(" "), linked=linked)

    def add_kept(self, words: str, *, linked: bool) -> None:
        """Add words to the block that was begun last, their white space as it is."""
        lead = " " if self._space else ""
        if self._pending:
            lead = _BREAKS[self._pending] if self._length else ""
            self._pending = 0
        self._space = False
        self._append(lead + words, linked=linked)

    def _append(self, piece: str, *, linked: bool) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
        block = self.stretches[-1]
        block.end = self._length
        if linked:
            block.linked += len(piece)

    def add_space(self) -> None:
        """Note white space between words."""
        self._space = True

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)
