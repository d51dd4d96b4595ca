"""What a sentence tells of that is no claim: fiction, sport, wishes, conditions, abilities, storms.

In: a parsed sentence, a frame of it. Out: whether the frame carries no claim. Refused: a risk or a
fear, which is a claim that something is possible.
"""

from __future__ import annotations

from enduse.extract.attributes import clause_at, governing_clause
from enduse.extract.filling import Frame
from enduse.extract.grammar import Clause
from enduse.extract.parsed import Parsed
from enduse.model.claim import ARMS_KINDS, ClaimKind, Part

_LONGEST = 3  # words of a listed phrase


def told_realms(parsed: Parsed) -> frozenset[str]:
    """Return the realms that the sentence's words place it in.

    In "fiction" nothing is a claim, in "sport", "farming" and on "exhibit" nothing about arms.
    """
    table = parsed.cues.senses("realms")
    openers = parsed.cues.openers.get("realms", frozenset())
    found = set()
    for i, token in enumerate(parsed.tokens):
        if token.low in openers:
            for size in range(1, _LONGEST + 1):
                found.add(table.get(" ".join(parsed.words(i, i + size)), ""))
    return frozenset(found - {""})


def is_unreal(frame: Frame, parsed: Parsed, realms: frozenset[str]) -> bool:
    """Return whether what the frame says is no claim about the world."""
    if "fiction" in realms or (realms and frame.action.kind in ARMS_KINDS):
        return True
    if _names_reader(frame, parsed):
        return True
    if frame.clause < 0:
        index = governing_clause(frame, parsed)
        supposed = index >= 0 and _opened_by_if(parsed.clauses[index], parsed)
        return supposed or _is_topic(frame, parsed)
    clause = parsed.clauses[frame.clause]
    return (
        _is_wish(clause, parsed)
        or _is_supposed(frame.clause, parsed)
        or _is_ease(clause, parsed)
        or _is_ability(frame, clause, parsed)
    )


def is_unreal_at(at: int, kind: ClaimKind, parsed: Parsed) -> bool:
    """Return whether what is told at a code point of the document is no claim about the world.

    For words that no frame tells of: of fiction or sport, of a wish, of a condition, or of arms
    that a storm or a flood destroyed.
    """
    realms = told_realms(parsed)
    if "fiction" in realms or (realms and kind in ARMS_KINDS):
        return True
    if parsed.tokens and parsed.tokens[0].low in parsed.cues.group("supposing"):
        return True
    token = next((i for i, token in enumerate(parsed.tokens) if token.end > at), 0)
    index = clause_at(token, parsed)
    if index < 0:
        return False
    clause = parsed.clauses[index]
    if kind in ARMS_KINDS and _is_done_by_nature(clause, parsed):
        return True
    return _is_wish(clause, parsed) or _is_supposed(index, parsed)


def _names_reader(frame: Frame, parsed: Parsed) -> bool:
    """Return whether "you" has a part in it, as in instructions and games."""
    fillers = (phrase for phrases in frame.roles.values() for phrase in phrases)
    return any(p.kind == "pronoun" and parsed.tokens[p.head].low == "you" for p in fillers)


def _is_topic(frame: Frame, parsed: Parsed) -> bool:
    """Return whether the noun is what a text or a talk is about: "a lecture on the bombing of"."""
    view = parsed.view
    at = next((i for i, c in enumerate(parsed.chunks) if c.first <= frame.trigger[0] < c.last), 0)
    before = view.phrase(at - 2)
    if view.tag(at - 1) != "I" or before is None:
        return False
    return parsed.tokens[before.head].low in parsed.cues.group("topics")


def _is_done_by_nature(clause: Clause, parsed: Parsed) -> bool:
    """Return whether no one did it: "the storm destroyed", "sunk by a typhoon"."""
    by = [at for word, chunks in clause.preps if word == "by" for at in chunks]
    phrases = [parsed.chunks[at].phrase for at in (by if clause.passive else clause.subject)]
    disasters = parsed.cues.group("disasters")
    return any(one is not None and parsed.tokens[one.head].low in disasters for one in phrases)


def _is_wish(clause: Clause, parsed: Parsed) -> bool:
    """Return whether the clause says what ought to be: "the rebels must lay down their arms"."""
    chunk = parsed.chunks[clause.verb]
    words = parsed.words(chunk.first, chunk.last)
    return bool(set(words) & parsed.cues.group("wishes")) and "have" not in words


def _is_supposed(index: int, parsed: Parsed) -> bool:
    """Return whether the clause is a condition, or what would follow from one."""
    clause = parsed.clauses[index]
    if _opened_by_if(clause, parsed):
        return True
    words = parsed.words(parsed.chunks[clause.verb].first, parsed.chunks[clause.verb].last)
    if "would" in words and any(_opened_by_if(other, parsed) for other in parsed.clauses):
        return True
    parent = parsed.clauses[clause.parent] if clause.parent >= 0 else None
    supposing = parsed.cues.group("supposing")
    return parent is not None and parsed.tokens[parent.main].lemma in supposing


def _is_ease(clause: Clause, parsed: Parsed) -> bool:
    """Return whether it says how easy a thing would be: "it is hard to find rifles"."""
    verb = parsed.chunks[clause.verb].first
    if clause.parent < 0 or parsed.tokens[verb].tag != "T":
        return False
    above = parsed.clauses[clause.parent]
    subject = [parsed.tokens[parsed.chunks[at].first].low for at in above.subject]
    told = [parsed.chunks[at].phrase for at in above.objects]
    plain = all(phrase is not None and phrase.kind == "other" for phrase in told)
    main = parsed.tokens[above.main]
    return subject == ["it"] and plain and main.low in parsed.cues.group("be")


def _opened_by_if(clause: Clause, parsed: Parsed) -> bool:
    first = parsed.chunks[min((clause.verb, *clause.subject))].first
    openers = set(parsed.words(max(0, first - 2), first))
    return bool(openers & parsed.cues.group("conditions"))


def _is_ability(frame: Frame, clause: Clause, parsed: Parsed) -> bool:
    """Return whether it says what a weapon can do: "the missile can hit", "that fires shells"."""
    if frame.action.kind is not ClaimKind.USE or Part.ACTOR in frame.roles:
        return False
    chunk = parsed.chunks[clause.verb]
    if "can" in parsed.words(chunk.first, chunk.last):
        return True
    subject = parsed.chunks[clause.subject[-1]].phrase if clause.subject else None
    present = parsed.tokens[clause.main].tag in "zb" and chunk.last - chunk.first == 1
    weapons = frame.roles.get(Part.WEAPON, ())
    return present and subject is not None and subject.kind == "weapon" and subject not in weapons
