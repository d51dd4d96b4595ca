"""Where and when a frame happened, from the prepositions around it and what was said before.

In: a frame in its parsed sentence, the ledger. Out: a place role, a date range. Refused: a place
that is only someone's name, a time later than the document unless it is planned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enduse.extract.entities import Ledger, Party
from enduse.extract.filling import Frame
from enduse.extract.names import Named
from enduse.extract.parsed import Parsed, is_country
from enduse.extract.phrases import Phrase
from enduse.extract.spans import span_of
from enduse.model.claim import Part, Role
from enduse.model.mention import EntityKind

_SHORTEST = 3  # letters of a place's name
_BROAD = frozenset({"state", "country", "continent"})
_AREAS = frozenset({"region", "province", "area"})


def find_place(frame: Frame, weapon: Phrase | None, parsed: Parsed) -> Role | None:
    """Return the most specific named place of a frame, None if none is named."""
    own = _own_preps(frame, weapon)
    for preps in (own, frame.preps, _target_place(frame), _sentence_preps(parsed)):
        role = _best(list(_places(preps, parsed)), frame, parsed)
        if role is not None:
            return role
    return None


def _target_place(frame: Frame) -> Sequence[tuple[str, tuple[Phrase, ...]]]:
    """Return the place that was hit: where it happened ("bombed the outskirts of Tabir")."""
    hit = tuple(phrase for phrase in frame.roles.get(Part.TARGET, ()) if phrase.kind == "place")
    return [("at", hit)] if hit else []


def _own_preps(frame: Frame, weapon: Phrase | None) -> Sequence[tuple[str, tuple[Phrase, ...]]]:
    return frame.local.get(weapon.first, ()) if weapon is not None else ()


def _sentence_preps(parsed: Parsed) -> list[tuple[str, tuple[Phrase, ...]]]:
    found: list[tuple[str, tuple[Phrase, ...]]] = []
    for at, chunk in enumerate(parsed.chunks[:-1]):
        phrase = parsed.chunks[at + 1].phrase
        if chunk.tag == "I" and phrase is not None:
            found.append((" ".join(parsed.tokens[chunk.first].low.split()), (phrase,)))
    return found


def _places(preps: Sequence[tuple[str, tuple[Phrase, ...]]], parsed: Parsed) -> Iterator[Phrase]:
    for at, (word, phrases) in enumerate(preps):
        if word not in parsed.cues.group("where") and word != "of":
            continue
        nexts = preps[at + 1] if at + 1 < len(preps) else ("", ())
        if word != "of" and nexts[0] == "of" and _is_common(phrases, parsed):
            yield from (p for p in nexts[1] if _is_place(p, parsed, "in"))
            continue
        for phrase in phrases:
            if _is_place(phrase, parsed, word):
                yield phrase


def _is_common(phrases: tuple[Phrase, ...], parsed: Parsed) -> bool:
    """Return whether the phrases are common words for places: "the towns of"."""
    return bool(phrases) and all(
        phrase.kind == "place"
        and phrase.named is None
        and not any(
            parsed.tokens[i].tag == "P" and parsed.tokens[i].mention < 0
            for i in range(*phrase.core)
        )
        for phrase in phrases
    )


def _is_place(phrase: Phrase, parsed: Parsed, word: str) -> bool:
    if phrase.kind == "time":
        return False
    named = phrase.named
    if named is not None:
        placed = named.kind is EntityKind.PLACE or named.also_place or is_country(named)
        if word == "between" and is_country(named):
            return False
        return (placed and word != "of") or (word == "of" and phrase.sense == "place")
    if phrase.kind == "place":
        return any(parsed.tokens[i].tag == "P" for i in range(*phrase.core)) and word != "of"
    return (
        phrase.kind == "name"
        and word in parsed.cues.group("named_where")
        and phrase.determiner == ""
        and _is_written_name(phrase, parsed)
    )


def _is_written_name(phrase: Phrase, parsed: Parsed) -> bool:
    first, head = parsed.tokens[phrase.core[0]], parsed.tokens[phrase.head]
    return first.text[:1].isupper() and len(head.text) >= _SHORTEST


def _best(phrases: list[Phrase], frame: Frame, parsed: Parsed) -> Role | None:
    """Return the narrowest place, of equal ones the nearest to the frame's words."""
    at = frame.trigger[0]
    best = min(phrases, key=lambda phrase: (_breadth(phrase), abs(phrase.first - at)), default=None)
    return place_role(best, parsed) if best is not None else None


def _breadth(phrase: Phrase) -> int:
    return _named_breadth(phrase.named)


def place_role(phrase: Phrase, parsed: Parsed) -> Role:
    """Return the place role of a phrase."""
    start, end = span_of(phrase, parsed)
    named = phrase.named
    text = parsed.text[start - parsed.start : end - parsed.start]
    return Role(
        Part.PLACE,
        text,
        start,
        end,
        named.entity if named else None,
        named.label if named else None,
    )


def carried_place(ledger: Ledger, parsed: Parsed, reach: int) -> Role | None:
    """Return the narrowest place of the last sentence that names one, None if none is near."""
    nearest = -1
    found: list[Party] = []
    for party in reversed(ledger.parties):
        if parsed.index - party.sentence > reach or party.sentence < nearest:
            break
        if party.sort == "place" and party.sentence < parsed.index:
            nearest = party.sentence
            found.insert(0, party)
    best = min(found, key=_party_breadth, default=None)
    return _party_place(best) if best is not None else None


def _party_breadth(party: Party) -> int:
    return _named_breadth(party.named)


def _named_breadth(named: Named | None) -> int:
    """Return 0 for a spot or a town, 1 for a part of a state, 2 for a state or more."""
    if named is None:
        return 0
    if is_country(named) or named.category in _BROAD:
        return 2
    return 1 if named.category in _AREAS else 0


def _party_place(party: Party) -> Role:
    named = party.named
    return Role(
        Part.PLACE, party.text, party.start, party.end, named.entity if named else None,
        named.label if named else None,
    )  # fmt: skip
