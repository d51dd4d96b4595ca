"""Claims in a noun phrase or between two: "US-made", "X, an ally of Y", "Taliban commander Z".

In: a parsed sentence, the tie words. Out: frames of origin, affiliation and supply. Refused: a
form with one end unnamed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from enduse.extract.filling import Frame, make_action
from enduse.extract.parsed import Parsed, is_country
from enduse.extract.phrases import Phrase, read_phrase
from enduse.extract.ties import find_tie_frames, make_frame, names_actor
from enduse.model.claim import ClaimKind, Part
from enduse.reference.cues import Cues


def find_prenoun_frames(parsed: Parsed, cues: Cues) -> Iterator[Frame]:
    """Yield the frames of compound modifiers, national origin, appositions and titles."""
    for _, phrase in parsed.phrases():
        yield from _compounds(parsed, phrase, cues)
        yield from _national(parsed, phrase, cues)
    yield from find_tie_frames(parsed, cues)


def _compounds(parsed: Parsed, phrase: Phrase, cues: Cues) -> Iterator[Frame]:
    """Yield what "X-made", "X-backed", "X backed" before a noun say."""
    table = cues.senses("prenouns")
    for i in range(phrase.first, phrase.head):
        low = parsed.tokens[i].low
        stem, _, tail = low.rpartition("-")
        if stem and tail in table:
            modifier = read_phrase(parsed.tokens, (i, i + 1), parsed.names, cues)
            yield from _compound(parsed, phrase, table[tail], (i, modifier))
        elif low == "backed" and i > phrase.first and parsed.tokens[i - 1].tag in "PN":
            modifier = read_phrase(parsed.tokens, (i - 1, i), parsed.names, cues)
            if modifier.named is not None:
                yield from _compound(parsed, phrase, table[low], (i, modifier))
        elif low.startswith("pro-") and len(low) > len("pro-x"):
            modifier = read_phrase(parsed.tokens, (i, i + 1), parsed.names, cues)
            if _names_rest(parsed, phrase, i):
                yield from _compound(parsed, phrase, "ally", (i, modifier))


def _compound(
    parsed: Parsed, phrase: Phrase, sense: str, modifier: tuple[int, Phrase]
) -> Iterator[Frame]:
    at, maker = modifier
    maker = replace(maker, kind="compound")
    thing = _without(phrase, at)
    if sense == "origin" and _is_weapon(phrase):
        action = make_action("made", ClaimKind.ORIGIN, None)
        yield make_frame(parsed, action, (at, at + 1), {Part.WEAPON: thing, Part.ACTOR: maker})
    elif sense == "supply" and _is_weapon(phrase):
        action = make_action("supplied", ClaimKind.TRANSFER, "supply")
        yield make_frame(parsed, action, (at, at + 1), {Part.WEAPON: thing, Part.FROM: maker})
    elif sense == "held" and _is_weapon(phrase):
        action = make_action("held", ClaimKind.POSSESSION, None)
        yield make_frame(parsed, action, (at, at + 1), {Part.WEAPON: thing, Part.ACTOR: maker})
    elif sense == "fired" and _is_weapon(phrase):
        action = make_action("fired", ClaimKind.USE, None)
        yield make_frame(parsed, action, (at, at + 1), {Part.WEAPON: thing, Part.ACTOR: maker})
    elif sense in ("backed", "ally", "command", "branch") and phrase.kind in (
        "group",
        "people",
        "name",
        "speaker",
    ):
        subject = _apposed_subject(parsed, phrase) or phrase
        if sense != "command" and subject is phrase and not _names_rest(parsed, phrase, at):
            return
        if sense == "command" and maker.named is None:
            return
        action = make_action(f"{sense}-form", ClaimKind.AFFILIATION, sense)
        parts = {Part.ACTOR: thing if subject is phrase else subject, Part.OTHER: maker}
        if sense == "command":
            parts = {Part.ACTOR: maker, Part.OTHER: thing}
        yield make_frame(parsed, action, (at, at + 1), parts)


def _names_rest(parsed: Parsed, phrase: Phrase, at: int) -> bool:
    """Return whether a name follows the compound: "US-backed Contras", not "US-backed rebels"."""
    return any(parsed.tokens[i].tag == "P" for i in range(at + 1, phrase.last))


def _without(phrase: Phrase, at: int) -> Phrase:
    return phrase if at < phrase.core[0] else replace(phrase, core=(at + 1, phrase.core[1]))


def _is_weapon(phrase: Phrase) -> bool:
    return phrase.kind in ("weapon", "craft")


def _apposed_subject(parsed: Parsed, phrase: Phrase) -> Phrase | None:
    """Return the name before "X, an al Qaeda-linked group", None if there is none."""
    if phrase.determiner not in ("a", "an", "the"):
        return None
    at = next(i for i, chunk in enumerate(parsed.chunks) if chunk.first == phrase.first)
    if at > 1 and parsed.chunks[at - 1].tag == ",":
        before = parsed.chunks[at - 2].phrase
        if before is not None and names_actor(before, parsed):
            return before
    return None


def _national(parsed: Parsed, phrase: Phrase, cues: Cues) -> Iterator[Frame]:
    """Yield the origin of "the Russian AK-47": a state's adjective before a named model."""
    if phrase.kind != "weapon" or phrase.named is None or phrase.owner_words is not None:
        return
    owner = phrase.owner
    if owner is None or not is_country(owner) or phrase.quantity is not None:
        return
    token = next((i for i in range(*phrase.core) if parsed.tokens[i].start == owner.start), -1)
    if token < 0 or "-" in parsed.tokens[token].text:
        return
    designation = any(c.isdigit() or c.isupper() for c in phrase.named.text)
    if (
        not designation
        or phrase.sense == "craft"
        or parsed.tokens[token].low == phrase.named.text.lower()
    ):
        return
    maker = read_phrase(parsed.tokens, (token, token + 1), parsed.names, cues)
    action = make_action("national", ClaimKind.ORIGIN, None)
    thing = replace(phrase, core=(token + 1, phrase.core[1]))
    yield make_frame(parsed, action, (token, token + 1), {Part.WEAPON: thing, Part.ACTOR: maker})
