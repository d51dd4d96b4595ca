"""Which of the encoder's anchors can come to anything, told before their roles are decoded.

In: the grammar's claims; an anchor with its chance. Out: what the claim it would become could be
used for. Refused: an anchor that is not sure and bears out no claim of the grammar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from enduse.extract.encoder.agreeing import NEAR, SIGN, SURE, mode_of, names_of
from enduse.extract.encoder.decoding import Need
from enduse.extract.encoder.labels import ANCHOR_OF
from enduse.model.claim import Claim, ClaimKind

_CELL = 2048  # code points of text whose claims are kept together
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim of the grammar: where it and its core role stand, and the names of that role."""

    mode: str
    start: int
    end: int
    core: Stretch | None
    names: set[str]


class Signs:
    """The grammar's claims so far, to look up which of them an anchor may bear out."""

    def __init__(self) -> None:
        """Begin with no claim."""
        self._cells: dict[tuple[ClaimKind, int], list[_Told]] = {}

    def add(self, claims: Iterable[Claim]) -> None:
        """Take what the grammar tells."""
        for claim in claims:
            role = claim.role(ANCHOR_OF[claim.kind])
            if role is None or claim.span is None:
                continue
            start, end = claim.span.start, claim.span.end
            core = None if role.start is None or role.end is None else (role.start, role.end)
            told = _Told(mode_of(claim), start, end, core, names_of(role.text, role.also))
            for cell in _cells(start, end):
                self._cells.setdefault((claim.kind, cell), []).append(told)

    def need(
        self,
        frame: tuple[ClaimKind, str],
        chance: float,
        words: tuple[int, int, str],
        near: Stretch,
    ) -> Need:
        """Return what a claim could be used for.

        Args:
            frame: what it tells, and in which mode.
            chance: how likely it is told.
            words: where the words stand that it turns on, and the words.
            near: the sentence, in which its other roles stand, wherever that is.
        """
        score = round(chance, 4)  # as the claim's score will be
        kind, mode = frame
        if score >= SURE:
            return Need.ROLES
        alike = [told.mode for told in self._alike(kind, words, near)] if score >= SIGN else []
        return Need.ROLES if mode in alike else Need.SIGN if alike else Need.NOTHING

    def _alike(
        self, kind: ClaimKind, words: tuple[int, int, str], near: Stretch
    ) -> Iterator[_Told]:
        """Yield the claims of the kind near by that turn on the same words or names."""
        start, end, text = words
        first, last = near[0] - NEAR, near[1] + NEAR
        names = names_of(text)
        for cell in _cells(first, last):
            for told in self._cells.get((kind, cell), ()):
                close = told.start <= last and first <= told.end
                if close and (_meet(told.core, (start, end)) or not names.isdisjoint(told.names)):
                    yield told


def _meet(one: Stretch | None, other: Stretch) -> bool:
    return one is not None and one[0] < other[1] and other[0] < one[1]


def _cells(start: int, end: int) -> range:
    return range(start // _CELL, end // _CELL + 1)
