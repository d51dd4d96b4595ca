"""Drafts of claims from the chances the heads give.

In: a window, the states of its words. Out: drafts with spans in code points and a chance each.
Refused: what stays under the least chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

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
LEAST_PARTY = 0.3  # the speaker is one, too
LEAST_SETTING = 0.12  # place, amount
LEAST_TIME = 0.05
LEAST_LEFT_OUT = 0.15  # of a party that is nearly one, which makes the claim less sure
Anchor = tuple[Part, int, int, float]  # its role, first word, last word (not included), chance
Numbers = NDArray[np.int64]
_ONE = frozenset({"place", "time", "quantity"})
_LEAST_BY_ROLE = {"place": LEAST_SETTING, "quantity": LEAST_SETTING, "time": LEAST_TIME}
_LEAST_OF = [_LEAST_BY_ROLE.get(role, LEAST_PARTY) for _, role in ROLES]


@dataclass(frozen=True, slots=True)
class Filler:
    """Words that fill a role: where they stand, and how likely it is."""

    start: int
    end: int
    chance: float


Filled = Mapping[str, tuple[Filler, ...]]


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
        left_out: the likeliest words of parties that nothing fills, where they come near it.
    """

    kind: ClaimKind
    mode: str
    anchor: Filler
    part: Part
    sentence: int
    roles: Filled
    status: str
    certainty: str
    polarity: str
    medium: str
    chance: float
    left_out: Mapping[str, Filler] = field(default_factory=dict)


class Need(IntEnum):
    """What a draft is needed for."""

    NOTHING = 0
    SIGN = 1  # that it is there; its roles are not read
    ROLES = 2


@dataclass(frozen=True, slots=True)
class Sign:
    """What is known of a draft before its roles are decoded; see Draft."""

    kind: ClaimKind
    mode: str
    sentence: int
    anchor: Filler
    chance: float


def decode(
    window: Window, words: Floats, heads: Heads, need: Callable[[Sign], Need]
) -> Iterator[Draft]:
    """Yield the drafts whose anchors stand in the window's own sentences.

    Args:
        window: the words.
        words: their states, W x H.
        heads: the layers above.
        need: what a draft can be used for; one that only counts as a sign comes without roles.
    """
    found = list(_anchors(window, heads.anchors(words)))
    if not found:
        return
    frames = heads.frames(heads.states(words, _spans_of(found)))
    full: list[tuple[Sign, Anchor, int]] = []
    for a, f in zip(*(at.tolist() for at in np.nonzero(frames >= LEAST)), strict=True):
        anchor = found[a]
        chance = float(anchor[3] * frames[a, f])
        if chance < LEAST or not _turns_on(FRAMES[f][0], anchor[0]):
            continue
        sign = _sign(window, anchor, f, chance)
        needed = need(sign)
        if needed is Need.ROLES:
            full.append((sign, anchor, f))
        elif needed is Need.SIGN:
            yield _draft(sign, anchor[0], ({}, {}), (0, 0, 0, 0))
    if full:
        yield from _with_roles(window, words, heads, full)


def _with_roles(
    window: Window, words: Floats, heads: Heads, found: Sequence[tuple[Sign, Anchor, int]]
) -> Iterator[Draft]:
    spans = _spans_of([anchor for _, anchor, _ in found])
    frames = np.array([f for _, _, f in found])
    chances = heads.roles(words, np.array(window.sentences), spans, frames)
    details = np.stack(heads.details(heads.states(words, spans), frames), 1).tolist()
    for (sign, anchor, _), filled, labels in zip(found, chances, details, strict=True):
        yield _draft(sign, anchor[0], _fillers(window, filled, sign.kind), labels)


def _draft(
    sign: Sign, part: Part, fillers: tuple[Filled, Mapping[str, Filler]], labels: Sequence[int]
) -> Draft:
    roles, left_out = fillers
    named = (STATUS, CERTAINTY, POLARITY, MEDIA)
    status, certainty, polarity, medium = (
        names[label] for names, label in zip(named, labels, strict=True)
    )
    return Draft(
        sign.kind, sign.mode, sign.anchor, part, sign.sentence, roles,
        status, certainty, polarity, medium, sign.chance, left_out,
    )  # fmt: skip


def _spans_of(anchors: Sequence[Anchor]) -> Numbers:
    return np.array([[first, last] for _, first, last, _ in anchors])


def _sign(window: Window, anchor: Anchor, frame: int, chance: float) -> Sign:
    _, first, last, likely = anchor
    words = _filler(window, (first, last, likely))
    return Sign(*FRAMES[frame], window.sentences[first], words, chance)


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
    begins = np.flatnonzero((chances[:, 1] >= least) & (chances[:, 1] >= chances[:, 2])).tolist()
    if begins:
        yield from _extend(begins, chances[:, 1].tolist(), chances[:, 2].tolist(), sentences)


def _extend(
    begins: Sequence[int], first: Sequence[float], inside: Sequence[float], sentences: Sequence[int]
) -> Iterator[tuple[int, int, float]]:
    """Yield the spans from words that may begin one, by the chances of first and inside words."""
    done = 0
    for at in begins:
        if at < done:
            continue
        needed = min(0.5, 0.5 * first[at] + 0.1)
        last = at + 1
        while (
            last < len(first)
            and sentences[last] == sentences[at]
            and inside[last] >= first[last]
            and inside[last] > needed
        ):
            last += 1
        yield at, last, first[at]
        done = last


def _fillers(window: Window, chances: Floats, kind: ClaimKind) -> tuple[Filled, dict[str, Filler]]:
    """Return the fillers of each role of a claim, likeliest first, and what nearly fills others."""
    roles: dict[str, tuple[Filler, ...]] = {}
    left_out: dict[str, Filler] = {}
    for number, (of, role) in enumerate(ROLES):
        if of is None or of is kind:
            least = min(_LEAST_OF[number], LEAST_LEFT_OUT)
            spans = find_spans(chances[:, number], least, window.sentences)
            found = sorted((_filler(window, span) for span in spans), key=lambda one: -one.chance)
            kept = [one for one in found if one.chance >= _LEAST_OF[number]]
            if kept:
                roles[role] = tuple(kept[:1] if role in _ONE else kept)
            elif found:
                left_out[role] = found[0]
    return roles, left_out


def _filler(window: Window, span: tuple[int, int, float]) -> Filler:
    first, last, chance = span
    return Filler(window.words[first].start, window.words[last - 1].end, chance)
