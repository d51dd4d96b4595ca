"""Claims in a noun phrase or between two: "US-made", "X, an ally of Y", "Taliban commander Z".

In: a parsed sentence, the tie words. Out: frames of origin, affiliation and supply. Refused: a
form with one end unnamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from enduse.extract.filling import Frame, make_action
from enduse.extract.parsed import Parsed, is_country
from enduse.extract.phrases import Phrase, read_phrase, singular
from enduse.model.claim import ClaimKind, Part
from enduse.model.mention import EntityKind
from enduse.reference.actions import Action
from enduse.reference.cues import Cues

_REACH = 6  # chunks between "Y's leader" and the name in apposition


def find_prenoun_frames(parsed: Parsed, cues: Cues) -> Iterator[Frame]:
    """Yield the frames of compound modifiers, national origin, appositions and titles."""
    for at, phrase in parsed.phrases():
        yield from _compounds(parsed, phrase, cues)
        yield from _national(parsed, phrase, cues)
        yield from _title(parsed, phrase, cues)
        yield from _apposition(parsed, at, phrase, cues)
    yield from _copulas(parsed, cues)


def _frame(
    parsed: Parsed, action: Action, trigger: tuple[int, int], roles: Mapping[Part, Phrase]
) -> Frame:
    filled = {part: (phrase,) for part, phrase in roles.items()}
    return Frame(action, parsed.index, trigger, -1, filled, (), {}, action.id)


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
            yield from _compound(parsed, phrase, "ally", (i, modifier))


def _compound(
    parsed: Parsed, phrase: Phrase, sense: str, modifier: tuple[int, Phrase]
) -> Iterator[Frame]:
    at, maker = modifier
    maker = replace(maker, kind="compound")
    thing = _without(phrase, at)
    if sense == "origin" and _is_weapon(phrase):
        action = make_action("made", ClaimKind.ORIGIN, None)
        yield _frame(parsed, action, (at, at + 1), {Part.WEAPON: thing, Part.ACTOR: maker})
    elif sense == "supply" and _is_weapon(phrase):
        action = make_action("supplied", ClaimKind.TRANSFER, "supply")
        yield _frame(parsed, action, (at, at + 1), {Part.WEAPON: thing, Part.FROM: maker})
    elif sense == "held" and _is_weapon(phrase):
        action = make_action("held", ClaimKind.POSSESSION, None)
        yield _frame(parsed, action, (at, at + 1), {Part.WEAPON: thing, Part.ACTOR: maker})
    elif sense == "fired" and _is_weapon(phrase):
        action = make_action("fired", ClaimKind.USE, None)
        yield _frame(parsed, action, (at, at + 1), {Part.WEAPON: thing, Part.ACTOR: maker})
    elif sense in ("backed", "ally", "command", "branch") and phrase.kind in (
        "group",
        "people",
        "name",
        "speaker",
    ):
        subject = _apposed_subject(parsed, phrase) or phrase
        if sense != "command" and subject is phrase and not _names_rest(parsed, phrase, at):
            return
        action = make_action(f"{sense}-form", ClaimKind.AFFILIATION, sense)
        parts = {Part.ACTOR: thing if subject is phrase else subject, Part.OTHER: maker}
        if sense == "command":
            parts = {Part.ACTOR: maker, Part.OTHER: thing}
        yield _frame(parsed, action, (at, at + 1), parts)


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
        if before is not None and _names_actor(before, parsed):
            return before
    return None


def _names_actor(phrase: Phrase, parsed: Parsed) -> bool:
    if phrase.kind not in ("group", "people", "name", "speaker"):
        return False
    return phrase.named is not None or parsed.tokens[phrase.head].tag == "P"


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
    yield _frame(parsed, action, (token, token + 1), {Part.WEAPON: thing, Part.ACTOR: maker})


def _tie_noun(parsed: Parsed, phrase: Phrase, cues: Cues) -> str:
    low = singular(parsed.tokens[phrase.head].low)
    return cues.senses("ties").get(low, "")


def _title(parsed: Parsed, phrase: Phrase, cues: Cues) -> Iterator[Frame]:
    """Yield "Northern Brigade commander Karo": organisation, tie noun, name in one phrase."""
    table = cues.senses("ties")
    for i in range(phrase.core[0] + 1, phrase.head):
        sense = table.get(parsed.tokens[i].low)
        if not sense or parsed.tokens[phrase.head].tag != "P" or parsed.tokens[i].tag == "P":
            continue
        organ = read_phrase(parsed.tokens, (phrase.core[0], i), parsed.names, cues)
        person = read_phrase(parsed.tokens, (i + 1, phrase.last), parsed.names, cues)
        if is_country(organ.named) or parsed.tokens[organ.head].tag != "P":
            continue
        if organ.named is not None and organ.named.kind is not EntityKind.ACTOR:
            continue
        action = make_action(f"title-{sense}", ClaimKind.AFFILIATION, sense)
        yield _frame(parsed, action, (i, i + 1), {Part.ACTOR: person, Part.OTHER: organ})
        return


def _apposition(parsed: Parsed, at: int, phrase: Phrase, cues: Cues) -> Iterator[Frame]:
    """Yield "X, a member of Y" and "X, Y's branch", in either order."""
    sense = _tie_noun(parsed, phrase, cues)
    if not sense or at < 1:
        return
    other = _tie_other(parsed, at, phrase, cues)
    if other is None:
        return
    subject = None
    if parsed.chunks[at - 1].tag in ",-" and at > 1:
        subject = parsed.chunks[at - 2].phrase
    if (subject is None or not _names_actor(subject, parsed)) and _after_comma(parsed, at):
        subject = _after_comma(parsed, at)
    if subject is None or not _names_actor(subject, parsed) or subject is other:
        return
    yield _tie_frame(parsed, phrase, sense, (subject, other))


def _after_comma(parsed: Parsed, at: int) -> Phrase | None:
    """Return the name after "Y's leader, X"."""
    j = at + 1
    while j < len(parsed.chunks) and parsed.chunks[j].tag in "IN" and j - at < _REACH:
        j += 1
    if j + 1 < len(parsed.chunks) and parsed.chunks[j].tag == ",":
        return parsed.chunks[j + 1].phrase
    return None


def _tie_frame(parsed: Parsed, phrase: Phrase, sense: str, ends: tuple[Phrase, Phrase]) -> Frame:
    action = make_action(f"tie-{sense}", ClaimKind.AFFILIATION, sense)
    trigger = (phrase.head, phrase.head + 1)
    return _frame(parsed, action, trigger, {Part.ACTOR: ends[0], Part.OTHER: ends[1]})


def _tie_other(parsed: Parsed, at: int, phrase: Phrase, cues: Cues) -> Phrase | None:
    """Return the other end: "of Y" after the noun, "Y's" or "Y" before it."""
    if phrase.owner_words is not None:
        owner = read_phrase(parsed.tokens, phrase.owner_words, parsed.names, cues)
        return owner if owner.kind != "pronoun" and _organ(owner) else None
    inner = phrase.head + 1
    if inner < phrase.last and parsed.tokens[inner].low == "of":
        other = read_phrase(parsed.tokens, (inner + 1, phrase.last), parsed.names, cues)
        return other if _organ(other) else None
    for j in (at + 1,):
        if j + 1 < len(parsed.chunks) and parsed.chunks[j].tag == "I":
            word = parsed.tokens[parsed.chunks[j].first].low
            after = parsed.chunks[j + 1].phrase
            if word in ("of", "to", "for", "in", "with") and after is not None and _organ(after):
                return after
    if phrase.owner is not None and not is_country(phrase.owner):
        span = [
            i
            for i in range(phrase.core[0], phrase.head)
            if phrase.owner.start <= parsed.tokens[i].start < phrase.owner.end
        ]
        if span and "-" not in parsed.tokens[span[-1]].text[-8:]:
            return read_phrase(parsed.tokens, (span[0], span[-1] + 1), parsed.names, cues)
    return None


def _organ(phrase: Phrase) -> bool:
    return phrase.kind in ("group", "name", "speaker") and not is_country(phrase.named)


def _copulas(parsed: Parsed, cues: Cues) -> Iterator[Frame]:
    """Yield "X is a member of Y", "X considers itself to be the branch of Y"."""
    for index, clause in enumerate(parsed.clauses):
        main = parsed.tokens[clause.main]
        if not {main.lemma, main.low} & cues.group("copulas"):
            continue
        for at in clause.objects:
            phrase = parsed.chunks[at].phrase
            sense = _tie_noun(parsed, phrase, cues) if phrase else ""
            subject = parsed.chunks[clause.subject[0]].phrase if clause.subject else None
            if phrase is None or not sense or subject is None:
                continue
            other = _tie_other(parsed, at, phrase, cues)
            if other is not None and subject.kind in ("group", "people", "name", "pronoun"):
                yield replace(_tie_frame(parsed, phrase, sense, (subject, other)), clause=index)
