"""Ties between actors told by a noun: "X, an ally of Y", "Y commander X", "X is a member of Y".

In: a parsed sentence, the tie words. Out: frames of affiliation. Refused: a tie with one end
unnamed, and a post in a state, a firm or a newspaper, which is a job and no tie.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from enduse.extract.filling import Frame, make_action
from enduse.extract.owners import owner_phrase
from enduse.extract.parsed import Parsed, is_country
from enduse.extract.phrases import Phrase, read_phrase, singular
from enduse.model.claim import ClaimKind, Part
from enduse.model.mention import EntityKind
from enduse.reference.actions import Action
from enduse.reference.cues import Cues

_REACH = 6  # chunks between "Y's leader" and the name in apposition
_EMPLOYERS = frozenset(
    {"media", "company", "ministry", "monitor", "international-organisation", "archive",
     "humanitarian-organisation"}
)  # fmt: skip
_ARMED = frozenset({"armed-group", "militia", "criminal-group", "political-party"})


def find_tie_frames(parsed: Parsed, cues: Cues) -> Iterator[Frame]:
    """Yield the frames of titles, appositions, copulas, "as a member of" and linking nouns."""
    for at, phrase in parsed.phrases():
        yield from _title(parsed, phrase, cues)
        yield from _apposition(parsed, at, phrase, cues)
        yield from _belonging(parsed, at, phrase)
        yield from _as_role(parsed, at, phrase, cues)
        yield from _linked(parsed, at, phrase, cues)
    yield from _copulas(parsed, cues)


def make_frame(
    parsed: Parsed, action: Action, trigger: tuple[int, int], roles: Mapping[Part, Phrase]
) -> Frame:
    """Return a frame of phrases that no clause holds."""
    filled = {part: (phrase,) for part, phrase in roles.items()}
    return Frame(action, parsed.index, trigger, -1, filled, (), {}, action.id)


def names_actor(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether the phrase names a group or a person."""
    if phrase.kind not in ("group", "people", "name", "speaker"):
        return False
    return phrase.named is not None or parsed.tokens[phrase.head].tag == "P"


def _tie_noun(parsed: Parsed, phrase: Phrase, cues: Cues) -> str:
    low = parsed.tokens[phrase.head].low
    listed = cues.table("heads").get(low)
    if listed is not None and listed.sense == "weapon":
        return ""  # "their arms" are no branches
    return cues.senses("ties").get(singular(low), "")


def _title(parsed: Parsed, phrase: Phrase, cues: Cues) -> Iterator[Frame]:
    """Yield "Northern Brigade commander Karo": organisation, tie noun, name in one phrase."""
    table = cues.senses("ties")
    for i in range(phrase.core[0] + 1, phrase.head):
        sense = table.get(parsed.tokens[i].low)
        names = all(parsed.tokens[k].tag in "PK" for k in range(i + 1, phrase.head + 1))
        if not sense or not names or (parsed.tokens[i].tag == "P" and not parsed.capitals):
            continue
        organ = read_phrase(parsed.tokens, (phrase.core[0], i), parsed.names, cues)
        person = read_phrase(parsed.tokens, (i + 1, phrase.last), parsed.names, cues)
        if is_country(organ.named) or parsed.tokens[organ.head].tag != "P" or _employs(organ):
            continue
        if organ.named is not None and organ.named.kind is not EntityKind.ACTOR:
            continue
        action = make_action(f"title-{sense}", ClaimKind.AFFILIATION, sense)
        yield make_frame(parsed, action, (i, i + 1), {Part.ACTOR: person, Part.OTHER: organ})
        return


def _apposition(parsed: Parsed, at: int, phrase: Phrase, cues: Cues) -> Iterator[Frame]:
    """Yield "X, a member of Y" and "X, Y's branch", in either order."""
    sense = _tie_noun(parsed, phrase, cues) or _follower_sense(parsed, at, phrase)
    if not sense or at < 1:
        return
    other = _tie_other(parsed, at, phrase, cues)
    if other is None:
        return
    subject = None
    if parsed.chunks[at - 1].tag in ",-" and at > 1:
        subject = parsed.chunks[_over_age(parsed, at - 2)].phrase
    if (subject is None or not names_actor(subject, parsed)) and _after_comma(parsed, at):
        subject = _after_comma(parsed, at)
    if subject is None or not names_actor(subject, parsed) or subject is other:
        return
    yield _tie_frame(parsed, phrase, sense, (subject, other))


def _over_age(parsed: Parsed, at: int) -> int:
    """Return the chunk before an age between commas: "Karo, 21, a member"."""
    phrase = parsed.chunks[at].phrase
    number = phrase is not None and parsed.tokens[phrase.head].tag == "Q"
    return at - 2 if number and at > 1 and parsed.chunks[at - 1].tag == "," else at


def _follower_sense(parsed: Parsed, at: int, phrase: Phrase) -> str:
    """Return "member" for any person "of" an armed group: "X, the bomb maker of the Front"."""
    if phrase.kind != "people" or parsed.tokens[phrase.head].tag == "P":
        return ""
    after = _group_after(parsed, at)
    return "member" if after is not None and _is_armed(after) else ""


def _is_armed(phrase: Phrase) -> bool:
    return phrase.named is not None and phrase.named.category in _ARMED


def _group_after(parsed: Parsed, at: int) -> Phrase | None:
    """Return the group of "of Y" right after a chunk."""
    view = parsed.view
    if view.tag(at + 1) != "I" or view.word(at + 1) != "of":
        return None
    after = view.phrase(at + 2)
    return after if after is not None and after.kind == "group" else None


def _belonging(parsed: Parsed, at: int, phrase: Phrase) -> Iterator[Frame]:
    """Yield "Karo of the Northern Front", "the Tabir Brigade of the Northern Front"."""
    inner = next(
        (i for i in range(phrase.head + 1, phrase.last - 1) if parsed.tokens[i].low == "of"), -1
    )
    if inner > 0 and phrase.kind == "group":
        unit = replace(phrase, last=inner, core=(phrase.core[0], inner), named=None)
        whole = read_phrase(parsed.tokens, (inner + 1, phrase.last), parsed.names, parsed.cues)
    else:
        unit, after = phrase, _group_after(parsed, at)
        if after is None:
            return
        whole = after
    named = parsed.tokens[unit.head].tag == "P" and parsed.tokens[whole.head].tag == "P"
    if not named or is_country(whole.named) or _employs(whole) or whole.kind == "place":
        return
    low = singular(parsed.tokens[unit.head].low)
    if low in parsed.cues.group("units") and whole.kind == "group":
        yield _tie_frame(parsed, unit, "branch", (unit, whole))
    elif unit.kind == "name" and whole.kind == "group" and _is_person(unit, parsed):
        yield _tie_frame(parsed, unit, "member", (unit, whole))


def _is_person(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether a name opens with a first name or a title."""
    words = [parsed.tokens[i].low for i in range(*phrase.core)]
    known = parsed.cues.given_names | parsed.cues.group("titles")
    return phrase.named is None and any(word in known for word in words[:-1])


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
    return make_frame(parsed, action, trigger, {Part.ACTOR: ends[0], Part.OTHER: ends[1]})


def _tie_other(parsed: Parsed, at: int, phrase: Phrase, cues: Cues) -> Phrase | None:
    """Return the other end: "of Y" after the noun, "Y's", "its" or "Y" before it."""
    owner = owner_phrase(parsed, phrase)
    if phrase.owner_words is not None or (owner is not None and owner.kind == "pronoun"):
        return owner if owner is not None and (_organ(owner) or owner.kind == "pronoun") else None
    inner = phrase.head + 1
    if inner < phrase.last and parsed.tokens[inner].low == "of":
        other = read_phrase(parsed.tokens, (inner + 1, phrase.last), parsed.names, cues)
        return other if _organ(other) else None
    view = parsed.view
    after = view.phrase(at + 2) if view.tag(at + 1) == "I" else None
    linked = view.tag(at + 1) == "I" and view.word(at + 1) in cues.group("tying")
    if linked and after is not None and _organ(after):
        return after
    return _name_before(parsed, phrase, cues)


def _name_before(parsed: Parsed, phrase: Phrase, cues: Cues) -> Phrase | None:
    """Return the organisation named before a tie noun: "the Northern Front operations chief"."""
    last = next(
        (i for i in range(phrase.head - 1, phrase.core[0] - 1, -1) if parsed.tokens[i].tag == "P"),
        -1,
    )
    first = last
    while first > phrase.core[0] and parsed.tokens[first - 1].tag == "P":
        first -= 1
    if last < 0 or "-" in parsed.tokens[last].text[-8:]:
        return None
    organ = read_phrase(parsed.tokens, (first, last + 1), parsed.names, cues)
    people = organ.named is not None and organ.named.category == "population"
    placed = organ.named is not None and organ.named.kind is EntityKind.PLACE
    return None if people or placed or is_country(organ.named) or _employs(organ) else organ


def _organ(phrase: Phrase) -> bool:
    return (
        phrase.kind in ("group", "name", "speaker")
        and not is_country(phrase.named)
        and not _employs(phrase)
    )


def _employs(phrase: Phrase) -> bool:
    return phrase.named is not None and phrase.named.category in _EMPLOYERS


def _as_role(parsed: Parsed, at: int, phrase: Phrase, cues: Cues) -> Iterator[Frame]:
    """Yield "described Karo as a member of Y", "Karo served as commander of Y"."""
    sense = _tie_noun(parsed, phrase, cues)
    view = parsed.view
    if not sense or view.tag(at - 1) != "I" or view.word(at - 1) != "as":
        return
    other = _tie_other(parsed, at, phrase, cues)
    index = next(
        (i for i in range(len(parsed.clauses) - 1, -1, -1) if parsed.clauses[i].verb < at), -1
    )
    if other is None or index < 0:
        return
    clause = parsed.clauses[index]
    group = clause.objects if clause.objects and not clause.passive else clause.subject
    actor = view.phrase(group[0]) if group else None
    if actor is not None and actor.kind in ("name", "people", "group", "pronoun"):
        yield replace(_tie_frame(parsed, phrase, sense, (actor, other)), clause=index)


def _linked(parsed: Parsed, at: int, phrase: Phrase, cues: Cues) -> Iterator[Frame]:
    """Yield "X has an alliance with Y", "in close cooperation with Y": the clause's subject."""
    low, links = parsed.tokens[phrase.head].low, cues.senses("links")
    sense = links.get(low) or links.get(singular(low))
    view = parsed.view
    if sense is None or view.tag(at + 1) != "I" or view.word(at + 1) not in ("with", "to"):
        return
    other = view.phrase(at + 2)
    if other is None or other.kind not in ("group", "name", "place", "people"):
        return
    if other.kind == "place" and not is_country(other.named):
        return
    clause = next((c for c in reversed(parsed.clauses) if c.verb < at), None)
    clause = clause or (parsed.clauses[0] if parsed.clauses else None)
    actor = view.phrase(clause.subject[-1]) if clause is not None and clause.subject else None
    if actor is not None and actor.kind in ("group", "name", "pronoun"):
        yield _tie_frame(parsed, phrase, sense, (actor, other))


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
