"""A text cut where marks begin and end, so that marks may overlap and every piece has its place.

In: a text and stretches of code points with ids. Out: pieces in order that, joined, are the text;
characters that could turn the direction or hide are pieces of their own, to be shown as signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

_HIDDEN = re.compile(
    "[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x0d\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Code points start to end (not included), marked with an id."""

    start: int
    end: int
    id: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Code points from `start` on that the same marks cover.

    Attributes:
        sign: what stands for a character that is not shown as it is ("U+202E"); else empty.
        marks: ids of the stretches that cover it, outermost first.
        begins: ids of the stretches that begin with it.
    """

    start: int
    text: str
    marks: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    sign: str = ""


def cut_text(text: str, stretches: Iterable[Stretch]) -> tuple[Piece, ...]:
    """Return the pieces of the text.

    >>> [(p.text, p.marks) for p in cut_text("one TOW", [Stretch(0, 7, "a"), Stretch(4, 7, "b")])]
    [('one ', ('a',)), ('TOW', ('a', 'b'))]
    """
    known = [s for s in stretches if 0 <= s.start < s.end <= len(text)]
    ordered = sorted(known, key=lambda s: (s.start, -s.end, s.id))
    edges = sorted({0, len(text), *(s.start for s in ordered), *(s.end for s in ordered)})
    found: list[Piece] = []
    live: list[Stretch] = []
    waiting = iter([*ordered, None])
    following = next(waiting)
    for start, end in pairwise(edges):
        live = [s for s in live if s.end > start]
        begun: list[str] = []
        while following is not None and following.start == start:
            live.append(following)
            begun.append(following.id)
            following = next(waiting)
        marks = tuple(s.id for s in live)
        found += _with_signs(text, start, end, marks, tuple(begun))
    return tuple(found)


def _with_signs(
    text: str, start: int, end: int, marks: tuple[str, ...], begins: tuple[str, ...]
) -> Iterator[Piece]:
    at = start
    for hidden in _HIDDEN.finditer(text, start, end):
        if hidden.start() > at:
            yield Piece(at, text[at : hidden.start()], marks, begins)
            begins = ()
        yield Piece(hidden.start(), "", marks, begins, f"U+{ord(hidden.group()):04X}")
        at, begins = hidden.end(), ()
    if at < end:
        yield Piece(at, text[at:end], marks, begins)
