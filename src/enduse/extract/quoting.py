"""Speech that spans sentences: quoted passages and the turns of a transcript, and whose they are.

In: a document's text, its claims, the verbs of saying found in it. Out: the claims with their
speakers. Refused: quoted words too short to say anything ("so-called" marks), and a quotation
beside which nobody speaks.

A quotation belongs to the speaker named right after it, else right before it, else to whom the
quotation before it belongs when nothing but that speaker's tag stands between the two.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from enduse.extract.speakers import Said
from enduse.model.claim import Claim, Speaker
from enduse.model.interchange import with_id
from enduse.reference.cues import Cues

_SHORTEST, _LONGEST = 25, 4000  # code points of a quotation that can carry a claim
_TAG = 160  # code points between a quotation and its speaker
_STOP = re.compile(r"[.!?][\s\"”]+(?=[A-Z])|\n\s*\n")
_TURN = re.compile(r"(?<![A-Z0-9,][ \n])\[(?P<name>[A-Z][A-Z.'’ -]{2,30})\](?=\s)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one person's words, as code points of the document."""

    start: int
    end: int
    speaker: Speaker


def find_stretches(text: str, said: Sequence[Said], cues: Cues) -> list[Stretch]:
    """Return the quotations and turns whose speaker is known, in order."""
    found = [*_turns(text, cues)]
    spoken = sorted(
        (one.speaker for one in said if one.sense in ("says", "accuses", "denies")),
        key=lambda speaker: speaker.start or 0,
    )
    before: Stretch | None = None
    for start, end in find_quotes(text):
        speaker = _speaker_of(text, (start, end), spoken)
        if speaker is None and before is not None and _goes_on(text, before, start):
            speaker = before.speaker
        if speaker is not None:
            before = Stretch(start, end, speaker)
            found.append(before)
    return sorted(found, key=lambda one: one.start)


def add_speakers(claims: Sequence[Claim], stretches: Sequence[Stretch]) -> list[Claim]:
    """Return the claims, those inside a stretch with its speaker as the last of theirs."""
    return [_with_speaker(claim, stretches) for claim in claims]


def _with_speaker(claim: Claim, stretches: Sequence[Stretch]) -> Claim:
    span = claim.span
    if span is None:
        return claim
    middle = (span.start + span.end) // 2
    for one in stretches:
        known = {speaker.text for speaker in claim.attribution}
        if one.start <= middle < one.end and one.speaker.text not in known:
            claim = with_id(replace(claim, attribution=(*claim.attribution, one.speaker)))
    return claim


def find_quotes(text: str) -> Iterator[tuple[int, int]]:
    """Yield the quoted passages of a text, marks not included.

    >>> [("He said: “They fired nine rockets at us.”"[a:b]) for a, b in find_quotes(
    ...     "He said: “They fired nine rockets at us.”")]
    ['They fired nine rockets at us.']
    """
    opened = -1
    for mark in re.finditer(r"[\"“”]+|``|''|\n\s*\n", text):
        sign = mark.group()
        if sign[0] == "\n":
            opened = -1
        elif _opens(text, mark, opened):
            opened = mark.end()
        elif opened >= 0:
            if _SHORTEST <= mark.start() - opened <= _LONGEST:
                yield opened, mark.start()
            opened = -1


def _opens(text: str, mark: re.Match[str], opened: int) -> bool:
    """Return whether a mark opens: by its form, by the blanks around it, else in turn."""
    if "“" in mark.group() or "”" in mark.group():
        return "“" in mark.group()
    blank_before = mark.start() == 0 or text[mark.start() - 1] in " \n([—-"
    blank_after = mark.end() >= len(text) or text[mark.end()] in " \n.,;"
    if blank_before and not blank_after:
        return True
    return blank_before == blank_after and opened < 0


def _speaker_of(text: str, quote: tuple[int, int], spoken: Sequence[Speaker]) -> Speaker | None:
    """Return who is named right after a quotation, else right before it."""
    starts = [speaker.start or 0 for speaker in spoken]
    at = bisect_right(starts, quote[1])
    if at < len(spoken) and _touches(text, quote[1], starts[at]):
        return spoken[at]
    before = bisect_right(starts, quote[0]) - 1
    if before >= 0 and _touches(text, spoken[before].end or 0, quote[0]):
        return spoken[before]
    return None


def _touches(text: str, first: int, last: int) -> bool:
    between = text[first:last]
    return len(between) <= _TAG and _STOP.search(between.lstrip('"”')) is None


def _goes_on(text: str, before: Stretch, start: int) -> bool:
    """Return whether only the speaker's tag stands between a quotation and the next."""
    return start - before.end <= _TAG and "\n\n" not in text[before.end : start]


def _turns(text: str, cues: Cues) -> Iterator[Stretch]:
    """Yield the turns of a transcript: "[KARO] THE ARMY FIRED ROCKETS."."""
    marks = list(_TURN.finditer(text))
    for at, mark in enumerate(marks):
        words = set(mark["name"].lower().split())
        if words & cues.group("turn_marks"):
            continue
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        yield Stretch(
            mark.end(), end, Speaker(mark["name"], mark.start("name"), mark.end("name"), cue="turn")
        )
