"""How firmly a frame is said, whether it is denied, and whether it is done, planned or stopped.

In: a frame in its parsed sentence, the cue tables. Out: certainty, polarity, status and the cues
that decided. Refused: a cue out of the frame's reach, which is its own verb group, the verbs it
depends on, and the words directly around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from enduse.extract.filling import Frame
from enduse.extract.parsed import Parsed
from enduse.model.claim import Certainty, ClaimKind, Cue, Polarity

_LONGEST = 4  # words a cue has
_RISK_REACH = 18  # words before the frame in which "risk of" still covers it


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the words around a frame make of it."""

    certainty: Certainty
    polarity: Polarity
    status: str | None
    cues: tuple[Cue, ...]


def read_attributes(frame: Frame, parsed: Parsed) -> Attributes:
    """Return certainty, polarity and status of a frame, with their cues."""
    region = sorted(set(_region(frame, parsed)))
    found: list[Cue] = []
    certainty = _certainty(frame, parsed, region, found)
    denied = _denied(frame, parsed, region, found)
    status = _status(frame, parsed, region, found)
    if status == "planned" and certainty is Certainty.POSSIBLE and not _hedged(found):
        certainty = Certainty.CERTAIN
    polarity = Polarity.DENIED if denied and status != "stopped" else Polarity.AFFIRMED
    return Attributes(certainty, polarity, status, tuple(found))


def find_hedge(certainty: Certainty, parsed: Parsed, at: int) -> Cue | None:
    """Return the sentence's words that give a certainty, those nearest to a code point."""
    hits = [
        _cue("certainty", hit, parsed)
        for table in ("hedges", "risk")
        for hit in _match(table, parsed, range(len(parsed.tokens)))
        if hit[0] == certainty.value and not _is_other_word(hit, parsed)
    ]
    return min(hits, key=lambda cue: abs(cue.start - at), default=None)


def _hedged(found: list[Cue]) -> bool:
    return any(cue.sense.startswith("certainty:") for cue in found)


def governing_clause(frame: Frame, parsed: Parsed) -> int:
    """Return the clause the frame is of or stands in, -1 if none."""
    return frame.clause if frame.clause >= 0 else clause_at(frame.trigger[0], parsed)


def clause_at(token: int, parsed: Parsed) -> int:
    """Return the clause that a token stands in, else the last one before it, -1 if none."""
    for index, clause in enumerate(parsed.clauses):
        slots = [*clause.subject, *clause.objects, *(i for _, group in clause.preps for i in group)]
        for at in slots:
            chunk = parsed.chunks[at]
            if chunk.first <= token < chunk.last:
                return index
    return _clause_before(token, parsed)


def _clause_before(at: int, parsed: Parsed) -> int:
    """Return the last clause whose verb stands before a token in the same stretch."""
    found = -1
    for index, clause in enumerate(parsed.clauses):
        if clause.main < at:
            between = parsed.tokens[clause.main : at]
            if not any(token.tag in ";S" for token in between):
                found = index
    return found


def _region(frame: Frame, parsed: Parsed) -> Iterator[int]:
    """Yield the tokens in the frame's reach."""
    index = governing_clause(frame, parsed)
    seen: set[int] = set()
    if frame.clause < 0:
        yield from range(max(0, frame.trigger[0] - 4), frame.trigger[1])
    while index >= 0 and index not in seen:
        seen.add(index)
        clause = parsed.clauses[index]
        chunk = parsed.chunks[clause.verb]
        first = chunk.first
        while first > 0 and parsed.tokens[first - 1].tag == "A":
            first -= 1
        if clause.bare and first > 0 and parsed.tokens[first - 1].tag == "I":
            first -= 1  # "without firing"
        last = chunk.last
        last = parsed.chunks[parsed.view.skip(clause.verb + 1, 1, "AJ") - 1].last
        if parsed.tokens[first].tag == "T":
            first = max(0, first - 3)  # "a plan to", "an attempt to"
        yield from range(first, last)
        index = clause.parent


def _match(
    name: str, parsed: Parsed, region: Iterable[int], shortest: int = 1
) -> Iterator[tuple[str, int, int]]:
    """Yield (sense, first token, last token) of a table's phrases that start in the region."""
    table, openers = parsed.cues.senses(name), parsed.cues.openers.get(name, frozenset())
    for i in region:
        if parsed.tokens[i].low.partition(" ")[0] not in openers:
            continue
        for size in range(_LONGEST, shortest - 1, -1):
            words = " ".join(" ".join(parsed.words(i, i + size)).split())
            if size <= len(parsed.tokens) - i and words in table:
                yield table[words], i, i + size
                break


def _cue(kind: str, hit: tuple[str, int, int], parsed: Parsed) -> Cue:
    sense, first, last = hit
    start, end = parsed.tokens[first].start, parsed.tokens[last - 1].end
    return Cue(
        f"{kind}:{sense}", start, end, parsed.text[start - parsed.start : end - parsed.start]
    )


def _certainty(frame: Frame, parsed: Parsed, region: list[int], found: list[Cue]) -> Certainty:
    opening = [*_sentence_opening(parsed), *region]
    hits = [*_match("hedges", parsed, sorted(set(opening)))]
    hits += [*_match("risk", parsed, _before(frame, parsed))]
    hits += [*_match("hedges", parsed, range(frame.trigger[0]), shortest=3)]
    hits = [hit for hit in hits if not _is_other_word(hit, parsed)]
    if not hits:
        return Certainty.CERTAIN
    worst = max(hits, key=lambda hit: Certainty(hit[0]).rank)
    found.append(_cue("certainty", worst, parsed))
    return Certainty(worst[0])


def _is_other_word(hit: tuple[str, int, int], parsed: Parsed) -> bool:
    """Return whether the word is no hedge here: the month, a noun, someone's own saying."""
    token = parsed.tokens[hit[1]]
    if token.low in ("may", "might", "could"):
        return token.tag != "M"
    active = hit[2] - hit[1] == 1 and token.tag == "d" and parsed.tokens[hit[1] - 1].tag in "NPR"
    return active and token.low in ("alleged", "suspected", "feared", "believed", "thought")


def _sentence_opening(parsed: Parsed) -> list[int]:
    """Return the first words, where "perhaps" and "it is possible that" stand."""
    first = parsed.clauses[0].main if parsed.clauses else 0
    return list(range(min(6, first + 1)))


def _before(frame: Frame, parsed: Parsed) -> list[int]:
    """Return the tokens before the frame up to the last full break, for "risk of"."""
    first = frame.trigger[0]
    at = first
    while at > 0 and parsed.tokens[at - 1].tag not in ";." and first - at < _RISK_REACH:
        at -= 1
    return list(range(at, first))


def _denied(frame: Frame, parsed: Parsed, region: list[int], found: list[Cue]) -> bool:
    hits = [h for h in _match("negation", parsed, region) if not _only(h, parsed)]
    hits += [h for h in _match("negation", parsed, _determiners(frame)) if not _only(h, parsed)]
    if hits:
        found.append(_cue("polarity", hits[0], parsed))
    return len(hits) % 2 == 1


def _only(hit: tuple[str, int, int], parsed: Parsed) -> bool:
    after = parsed.words(hit[2], hit[2] + 1)
    return after in (("only",), ("doubt",), ("longer",), ("less",), ("fewer",), ("guilty",))


def _determiners(frame: Frame) -> list[int]:
    """Return the first words of the fillers, where "no" and "neither" stand."""
    return sorted({p.first for phrases in frame.roles.values() for p in phrases})


def _status(frame: Frame, parsed: Parsed, region: list[int], found: list[Cue]) -> str | None:
    if frame.action.kind is not ClaimKind.TRANSFER:
        return frame.action.status
    near = sorted({*region, *_around(frame)})
    for table in ("stopped", "plans"):
        hits = [h for h in _match(table, parsed, near) if h[1] != frame.trigger[0]]
        if hits:
            found.append(_cue("status", hits[0], parsed))
            return hits[0][0]
    return frame.action.status or "done"


def _around(frame: Frame) -> range:
    """Return a noun frame's neighbours ("proposed sale", "embargo on"), nothing for a verb."""
    if frame.clause >= 0:
        return range(0)
    return range(max(0, frame.trigger[0] - 5), frame.trigger[1])
