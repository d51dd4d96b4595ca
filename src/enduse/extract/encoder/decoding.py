"""Drafts of claims from the chances the heads give.

In: a window, the states of its words. Out: drafts with spans in code points and a chance each.
Refused: what stays under the least chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enduse.extract.encoder.heads import Floats, Heads
from enduse.extract.encoder.labels import (
    ANCHOR_OF,
    ANCHORS,
    CERTAINTY,
    FRAMES,
    MEDIA,
    POLARITY,
    ROLES,
    STATUS,
)
from enduse.extract.encoder.windows import Window
from enduse.model.claim import ClaimKind, Part

LEAST_ANCHOR = 0.08
LEAST = 0.05
LEAST_ROLE = 0.12
Anchor = tuple[Part, int, int, float]  # its role, first word, last word (not included), chance
Numbers = NDArray[np.int64]
_ONE = frozenset({"place", "time", "quantity"})


@dataclass(frozen=True, slots=True)
class Filler:
    """Words that fill a role: where they stand, and how likely it is."""

    start: int
    end: int
    chance: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as the encoder sees it.

    Attributes:
        kind, mode: the frame; for control the mode is its status.
        anchor: the words it turns on.
        sentence: the number of their sentence.
        roles: the fillers of each role, likeliest first.
        status, certainty, polarity, medium: the likeliest of each.
        chance: how likely the claim is told at all, not calibrated.
    """

    kind: ClaimKind
    mode: str
    anchor: Filler
    part: Part
    sentence: int
    roles: Mapping[str, tuple[Filler, ...]]
    status: str
    certainty: str
    polarity: str
    medium: str
    chance: float


def decode(window: Window, words: Floats, heads: Heads, least: float = LEAST) -> Iterator[Draft]:
    """Yield the drafts whose anchors stand in the window's own sentences.

    Args:
        window: the words.
        words: their states, W x H.
        heads: the layers above.
        least: the least chance of a draft.
    """
    found = list(_anchors(window, heads.anchors(words)))
    if not found:
        return
    frames = heads.frames(heads.states(words, _spans_of(found)))
    chosen = [
        (found[a], f, float(found[a][3] * frames[a, f]))
        for a, f in zip(*np.nonzero(frames >= least), strict=True)
        if found[a][3] * frames[a, f] >= least and _turns_on(FRAMES[f][0], found[a][0])
    ]
    told = list(dict.fromkeys(anchor for anchor, _, _ in chosen))
    if not told:
        return
    spans = _spans_of(told)
    states = heads.states(words, spans)
    roles = heads.roles(words, np.array(window.sentences), spans, states)
    for anchor, f, chance in chosen:
        a = told.index(anchor)
        yield _draft(window, anchor, roles[a], (int(f), chance), heads.details(states[a], int(f)))


def _spans_of(anchors: Sequence[Anchor]) -> Numbers:
    return np.array([[first, last] for _, first, last, _ in anchors])


def _turns_on(kind: ClaimKind, part: Part) -> bool:
    return ANCHOR_OF[kind] is part


def _anchors(window: Window, chances: Floats) -> Iterator[Anchor]:
    for number, part in enumerate(ANCHORS):
        for first, last, chance in find_spans(chances[:, number], LEAST_ANCHOR, window.sentences):
            if first >= window.owned:
                yield part, first, last, chance


def find_spans(
    chances: Floats, least: float, sentences: Sequence[int]
) -> Iterator[tuple[int, int, float]]:
    """Yield spans [first, last) that begin where the chance of a first word is high enough."""
    begins = (chances[:, 1] >= least) & (chances[:, 1] >= chances[:, 2])
    done = 0
    for at in map(int, np.flatnonzero(begins)):
        if at < done:
            continue
        needed = min(0.5, 0.5 * chances[at, 1] + 0.1)
        last = at + 1
        while (
            last < len(chances)
            and sentences[last] == sentences[at]
            and _goes_on(chances[last], needed)
        ):
            last += 1
        yield at, last, float(chances[at, 1])
        done = last


def _goes_on(word: Floats, needed: float) -> bool:
    return bool(word[2] >= word[1] and word[2] > needed)


def _draft(
    window: Window,
    anchor: Anchor,
    chances: Floats,
    frame: tuple[int, float],
    details: tuple[Floats, Floats, Floats, Floats],
) -> Draft:
    part, first, last, chance = anchor
    kind, mode = FRAMES[frame[0]]
    roles: dict[str, tuple[Filler, ...]] = {}
    for number, (of, role) in enumerate(ROLES):
        if of is None or of is kind:
            fillers = [
                _filler(window, one)
                for one in find_spans(chances[:, number], LEAST_ROLE, window.sentences)
            ]
            fillers.sort(key=lambda filler: -filler.chance)
            if fillers:
                roles[role] = tuple(fillers[:1] if role in _ONE else fillers)
    status, certainty, polarity, medium = (int(np.argmax(one)) for one in details)
    return Draft(
        kind,
        mode,
        _filler(window, (first, last, chance)),
        part,
        window.sentences[first],
        roles,
        STATUS[status],
        CERTAINTY[certainty],
        POLARITY[polarity],
        MEDIA[medium],
        frame[1],
    )


def _filler(window: Window, span: tuple[int, int, float]) -> Filler:
    first, last, chance = span
    return Filler(window.words[first].start, window.words[last - 1].end, chance)
