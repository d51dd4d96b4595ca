"""Casualties told as states and counts: "six soldiers are dead", "12 dead", "suffered injuries".

In: a parsed sentence, the toll words. Out: frames of casualties. Refused: a state without a person
or a count beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from enduse.extract.filling import Frame, make_action
from enduse.extract.parsed import Parsed
from enduse.extract.phrases import Phrase, singular
from enduse.model.claim import ClaimKind, Part

_PEOPLE = frozenset({"group", "people", "name", "pronoun"})


def find_toll_frames(parsed: Parsed) -> Iterator[Frame]:
    """Yield the casualties that a sentence tells by adjectives and counts."""
    yield from _states(parsed)
    yield from _counts(parsed)
    yield from _injuries(parsed)


def _frame(parsed: Parsed, mode: str, at: int, victim: Phrase) -> Frame:
    action = make_action(f"toll-{mode}", ClaimKind.CASUALTIES, mode)
    return Frame(
        action, parsed.index, (at, at + 1), _clause_at(parsed, at), {Part.VICTIM: (victim,)},
        (), {}, action.id,
    )  # fmt: skip


def _clause_at(parsed: Parsed, at: int) -> int:
    """Return the last clause whose verb stands before a token, for hedges and denials."""
    before = [i for i, clause in enumerate(parsed.clauses) if clause.main < at]
    return before[-1] if before else -1


def _states(parsed: Parsed) -> Iterator[Frame]:
    """Yield "six are feared dead", "left 12 dead", "12 dead in blast"."""
    view, table = parsed.view, parsed.cues.senses("tolls")
    for at, chunk in enumerate(parsed.chunks):
        mode = table.get(parsed.tokens[chunk.first].low)
        if mode is None or chunk.tag not in "JVA" or chunk.last - chunk.first > 1:
            continue
        before = view.skip(at - 1, -1, "AY")
        victim = view.phrase(before)
        if view.tag(before) == "V":
            clause = next(c for c in parsed.clauses if c.verb == before)
            victim = view.phrase(clause.subject[-1]) if clause.subject else None
        if victim is not None and chunk.tag != "V" and _counts_people(victim, parsed):
            yield _frame(parsed, mode, chunk.first, victim)


def _counts_people(phrase: Phrase, parsed: Parsed) -> bool:
    return phrase.kind in _PEOPLE or parsed.tokens[phrase.head].tag == "Q"


def _counts(parsed: Parsed) -> Iterator[Frame]:
    """Yield "two casualties", "no military casualties"."""
    nouns = parsed.cues.senses("toll_nouns")
    for _, phrase in parsed.phrases():
        low = singular(parsed.tokens[phrase.head].low)
        counted = phrase.quantity is not None or phrase.determiner == "no"
        if low in nouns and counted:
            yield _frame(parsed, nouns[low], phrase.head, phrase)


def _injuries(parsed: Parsed) -> Iterator[Frame]:
    """Yield "suffered injuries", "took four prisoners"."""
    suffered, harms = parsed.cues.group("suffer"), parsed.cues.group("harms")
    for clause in parsed.clauses:
        lemma = parsed.tokens[clause.main].lemma
        objects = [p for i in clause.objects if (p := parsed.chunks[i].phrase) is not None]
        for phrase in objects:
            low = singular(parsed.tokens[phrase.head].low)
            if lemma in suffered and low in harms and clause.subject:
                victim = parsed.chunks[clause.subject[-1]].phrase
                fatal = any(t.low == "fatal" for t in parsed.tokens[phrase.first : phrase.last])
                if victim is not None and _counts_people(victim, parsed):
                    yield _frame(parsed, "killed" if fatal else "wounded", clause.main, victim)
            elif lemma in parsed.cues.group("taking") and low in parsed.cues.group("captives"):
                yield _frame(parsed, "captured", clause.main, phrase)
