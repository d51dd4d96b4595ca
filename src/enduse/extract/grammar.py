"""What the modules of clause reading share: the row of chunks they walk, and the clause they make.

In: chunks and tokens of one sentence with the language's cues. Out: plain values. Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from enduse.extract.phrases import Chunk, Phrase
from enduse.extract.tokens import Token
from enduse.reference.cues import Cues

REACH = 40  # chunks to either side: no clause of a real sentence is wider
Preps = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One verb group and its slots.

    Attributes:
        verb: chunk of the verb group; main: token of its main verb.
        passive: whether be + participle (or a bare participle after a noun) makes it so.
        bare: whether it has no subject of its own: infinitive, -ing, reduced relative.
        subject, objects: chunk indices; a list is one slot with several.
        preps: (preposition, chunk indices) after the verb, and before it at the sentence start.
        parent: the clause whose complement it is, -1 if none; `relative` if opened by which/who.
        sure: whether a tree tells its subject, so that nothing nearer is tried.
    """

    verb: int
    main: int
    passive: bool
    bare: bool
    subject: tuple[int, ...] = ()
    objects: tuple[int, ...] = ()
    preps: Preps = ()
    parent: int = -1
    relative: bool = False
    local: dict[int, Preps] = field(default_factory=dict)
    sure: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A sentence's chunks as the walks to both sides see them."""

    chunks: Sequence[Chunk]
    tokens: Sequence[Token]
    cues: Cues

    def tag(self, at: int) -> str:
        """Return the tag of a chunk, a blank outside the row."""
        return self.chunks[at].tag if 0 <= at < len(self.chunks) else " "

    def phrase(self, at: int) -> Phrase | None:
        """Return the phrase of a chunk, None where it is none."""
        return self.chunks[at].phrase if 0 <= at < len(self.chunks) else None

    def word(self, at: int) -> str:
        """Return a chunk's first word in lower case, its inner white space made single."""
        return " ".join(self.tokens[self.chunks[at].first].low.split())

    def lead(self, at: int) -> str:
        """Return the tag of a chunk's first token."""
        return self.tokens[self.chunks[at].first].tag

    def skip(self, at: int, step: int, tags: str) -> int:
        """Return the next position from `at` in steps of `step` whose tag is none of `tags`."""
        while 0 <= at < len(self.chunks) and self.chunks[at].tag in tags:
            at += step
        return at
