"""When a frame happened: the time expression of its sentence that belongs to it, else one before.

In: a frame of a parsed sentence, the document's text and day. Out: a date range, or None. Refused:
the day of the report ("said on Monday"), a day later than the document unless it is planned, and
carrying a time over to a state or a tie, which a moment does not bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from enduse.extract.filling import Frame
from enduse.extract.parsed import Clock, Parsed
from enduse.extract.times import TimeFound, find_times
from enduse.model.claim import ClaimKind
from enduse.model.dates import DateRange

_BREAK, _VAGUE = 20, 1000  # letters that a clause break and a vague wording count for
_LOOK_BACK = 2000  # code points: about ten sentences
_WIDEST = 366  # days: a wider span is a background, not an occasion
_EVENTS = frozenset(
    {ClaimKind.USE, ClaimKind.CASUALTIES, ClaimKind.LOSS, ClaimKind.CONTROL, ClaimKind.TRANSFER}
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the document tells of time: its text and its day."""

    text: str
    clock: Clock


def find_time(
    frame: Frame, parsed: Parsed, calendar: Calendar, *, planned: bool
) -> DateRange | None:
    """Return the days of a frame: of its own sentence, else of the sentences just before."""
    own = [time for time in parsed.times if time.days.start and not _reports(time, frame, parsed)]
    found = _nearest(own, frame, parsed)
    if found is None and not own and not planned:
        found = _carried(frame, parsed, calendar)
    return clip_days(found, calendar.clock.written, planned=planned) if found else None


def _nearest(times: Sequence[TimeFound], frame: Frame, parsed: Parsed) -> DateRange | None:
    """Return the days nearest to the verb, narrowed to a day that they hold."""
    at = parsed.tokens[frame.trigger[0]].start
    best = min(times, key=lambda time: _distance(time, at, parsed), default=None)
    if best is None:
        return None
    inside = [time for time in times if _holds(best.days, time.days)]
    return min(inside, key=lambda time: _length(time.days), default=best).days


def _holds(wide: DateRange, narrow: DateRange) -> bool:
    if not (wide.start and wide.end and narrow.start and narrow.end):
        return False
    return wide.start <= narrow.start and narrow.end <= wide.end


def _length(days: DateRange) -> int:
    return (days.end - days.start).days if days.start and days.end else _WIDEST + 1


def _distance(time: TimeFound, at: int, parsed: Parsed) -> int:
    vague = _VAGUE if time.vague else 0
    low, high = sorted((time.start, at))
    marks = sum(
        _BREAK for token in parsed.tokens if low < token.start < high and token.tag in ";SW"
    )
    return high - low + marks + vague


def _reports(time: TimeFound, frame: Frame, parsed: Parsed) -> bool:
    """Return whether the time stands right after a verb of saying that the frame depends on."""
    speech = parsed.cues.senses("speech")
    for index, clause in enumerate(parsed.clauses):
        if index == frame.clause or parsed.tokens[clause.main].lemma not in speech:
            continue
        between = [t for t in parsed.tokens[clause.main + 1 :] if t.start < time.start]
        after = parsed.tokens[clause.main].start < time.start
        if after and all(token.low == "on" for token in between):
            return True
    return False


def _carried(frame: Frame, parsed: Parsed, calendar: Calendar) -> DateRange | None:
    """Return the last occasion told a few sentences back at most."""
    if frame.action.kind not in _EVENTS or _is_general(frame, parsed):
        return None
    first = max(0, parsed.start - _LOOK_BACK)
    clock = calendar.clock
    year = clock.year_at(parsed.start)
    times = _find_times(calendar.text, (first, parsed.start), clock.written, year)
    told = [time for time in times if not time.vague and _length(time.days) <= _WIDEST]
    return told[-1].days if told else None


_find_times = lru_cache(maxsize=32)(find_times)  # a sentence's claims look back alike


def _is_general(frame: Frame, parsed: Parsed) -> bool:
    """Return whether the verb is in the present: a habit or a state, no past occasion."""
    if frame.clause < 0:
        return False
    group = parsed.chunks[parsed.clauses[frame.clause].verb]
    first = parsed.tokens[group.first]
    return first.tag in "zM" or first.low in ("has", "have", "is", "are")


def clip_days(days: DateRange, written: date | None, *, planned: bool) -> DateRange | None:
    """Return the days up to the day of writing, None if they begin later; all, if planned."""
    if written is None or planned:
        return days
    if days.start and days.start > written:
        return None
    if days.end and days.end > written:
        return DateRange(days.start, written, days.text)
    return days
