"""Casualties told as states and counts: "six soldiers are dead", "12 dead", "suffered injuries".

In: a parsed sentence, the toll words. Out: frames of casualties. Refused: a state without a person
or a count beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from enduse.extract.filling import Frame, make_action
from enduse.extract.parsed import Parsed
from enduse.extract.phrases import Phrase, read_phrase, singular
from enduse.model.claim import ClaimKind, Part

_PEOPLE = frozenset({"group", "people", "name", "pronoun"})


def find_toll_frames(parsed: Parsed) -> Iterator[Frame]:
    """Yield the casualties that a sentence tells by adjectives and counts."""
    yield from _states(parsed)
    yield from _before_noun(parsed)
    yield from _counts(parsed)
    yield from _injuries(parsed)
    yield from _totals(parsed)
    yield from _among(parsed)
    yield from _included(parsed)


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
        before = view.skip(at - 1, -1, "AYJ")
        victim = view.phrase(before)
        if view.tag(before) == "V":
            clause = next(c for c in parsed.clauses if c.verb == before)
            told = clause.subject if not clause.objects else ()  # "shot dead three women"
            says = parsed.tokens[clause.main].lemma in parsed.cues.senses("speech")
            told = () if says and not clause.passive else told  # "Karo said the dead"
            victim = view.phrase(told[-1]) if told else None
            for phrase in (p for i in told[:-1] if (p := view.phrase(i))):
                if chunk.tag != "V" and _counts_people(phrase, parsed):
                    yield _frame(parsed, mode, chunk.first, phrase)
        if victim is not None and chunk.tag != "V" and _counts_people(victim, parsed):
            yield _frame(parsed, mode, chunk.first, victim)


def _before_noun(parsed: Parsed) -> Iterator[Frame]:
    """Yield "30 dead clerks", "more than 300 wounded soldiers"."""
    table = parsed.cues.senses("tolls")
    for _, phrase in parsed.phrases():
        modes = [table.get(t.low) for t in parsed.tokens[phrase.first : phrase.head]]
        mode = next((mode for mode in modes if mode), None)
        if mode and phrase.quantity is not None and phrase.kind in ("people", "group"):
            yield _frame(parsed, mode, phrase.head, phrase)


def _counts_people(phrase: Phrase, parsed: Parsed) -> bool:
    return phrase.kind in _PEOPLE or parsed.tokens[phrase.head].tag == "Q"


def _counts(parsed: Parsed) -> Iterator[Frame]:
    """Yield "two casualties", "no military casualties", "more civilian deaths"."""
    nouns = parsed.cues.senses("toll_nouns")
    suffered = [phrase for _, _, phrase in _suffered(parsed)]
    for _, phrase in parsed.phrases():
        low = singular(parsed.tokens[phrase.head].low)
        if low not in nouns or phrase in suffered:
            continue
        whose = _whose(parsed, phrase)
        if whose is not None or phrase.quantity is not None or phrase.determiner == "no":
            yield _frame(parsed, nouns[low], phrase.head, whose or phrase)


def _whose(parsed: Parsed, phrase: Phrase) -> Phrase | None:
    """Return the people named before a noun of harm: "civilian casualties"."""
    first = phrase.core[0]
    if first >= phrase.head:
        return None
    people = read_phrase(parsed.tokens, (first, phrase.head), parsed.names, parsed.cues)
    others = parsed.tokens[people.head].low in parsed.cues.group("others")  # "other casualties"
    if others or people.kind not in ("people", "group"):
        return None
    return replace(people, quantity=phrase.quantity)


def _totals(parsed: Parsed) -> Iterator[Frame]:
    """Yield "brought the number of soldiers killed to 301", "the death toll rose to 45"."""
    view, totals = parsed.view, parsed.cues.senses("totals")
    for at, phrase in parsed.phrases():
        words = " ".join(parsed.words(phrase.first, phrase.head + 1))
        mode = next((sense for total, sense in totals.items() if total in words), None)
        if mode is None or ("toll" not in words and not _harm_near(parsed, at)):
            continue
        for k in range(at + 1, len(parsed.chunks) - 1):
            number = view.phrase(k + 1)
            if view.tag(k) == "I" and view.word(k) in ("to", "at") and _is_number(number, parsed):
                victim = replace(phrase, quantity=number.quantity) if number else phrase
                whose = _whose_total(phrase, parsed)
                yield _frame(parsed, mode, phrase.head, victim if whose else number or phrase)
                break


def _is_number(phrase: Phrase | None, parsed: Parsed) -> bool:
    """Return whether it counts, alone or with the people counted: "28", "28 civilians"."""
    if phrase is None:
        return False
    counted = phrase.quantity is not None and phrase.kind in _PEOPLE
    return counted or parsed.tokens[phrase.head].tag == "Q"


def _whose_total(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether the count names who was harmed: "the number of soldiers"."""
    return phrase.kind in _PEOPLE and parsed.tokens[phrase.head].tag in "NP"


def _harm_near(parsed: Parsed, at: int) -> bool:
    """Return whether a word of harm follows the count: "soldiers killed"."""
    last = parsed.chunks[at].last
    tolls = parsed.cues.senses("tolls")
    return any(t.low in tolls or t.lemma in ("kill", "die") for t in parsed.tokens[last : last + 3])


def _among(parsed: Parsed) -> Iterator[Frame]:
    """Yield "a sergeant is among the dead"."""
    tolls = {**parsed.cues.senses("tolls"), **parsed.cues.senses("toll_nouns")}
    for clause in parsed.clauses:
        for word, group in clause.preps if clause.subject else ():
            phrase = parsed.chunks[group[0]].phrase if group else None
            mode = tolls.get(singular(parsed.tokens[phrase.head].low)) if phrase else None
            victim = parsed.chunks[clause.subject[0]].phrase
            if word == "among" and mode and victim is not None:
                yield _frame(parsed, mode, clause.main, victim)


def _included(parsed: Parsed) -> Iterator[Frame]:
    """Yield "other fatalities included two Tarnians and one Kelian"."""
    nouns = parsed.cues.senses("toll_nouns")
    for clause in parsed.clauses:
        if parsed.tokens[clause.main].lemma not in parsed.cues.group("including"):
            continue
        toll = parsed.chunks[clause.subject[-1]].phrase if clause.subject else None
        mode = nouns.get(singular(parsed.tokens[toll.head].low)) if toll else None
        for at in clause.objects if mode else ():
            victim = parsed.chunks[at].phrase
            if mode and victim is not None and _counts_people(victim, parsed):
                yield _frame(parsed, mode, clause.main, victim)


def _injuries(parsed: Parsed) -> Iterator[Frame]:
    """Yield "suffered injuries", "sustained 12 casualties", "took four prisoners"."""
    nouns = parsed.cues.senses("toll_nouns")
    for at, victim, phrase in _suffered(parsed):
        low = singular(parsed.tokens[phrase.head].low)
        fatal = any(t.low == "fatal" for t in parsed.tokens[phrase.first : phrase.last])
        mode = nouns.get(low, "killed" if fatal else "wounded")
        counted = replace(victim, quantity=phrase.quantity) if low in nouns else victim
        yield _frame(parsed, mode, at, counted)
    for clause in parsed.clauses:
        lemma = parsed.tokens[clause.main].lemma
        for phrase in (p for i in clause.objects if (p := parsed.chunks[i].phrase)):
            if _takes(lemma, phrase, parsed):
                yield _frame(parsed, "captured", clause.main, phrase)


def _suffered(parsed: Parsed) -> Iterator[tuple[int, Phrase, Phrase]]:
    """Yield the verb, who and what of "suffered losses", "were treated for wounds"."""
    suffer, harms = parsed.cues.group("suffer"), parsed.cues.group("harms")
    for clause in parsed.clauses:
        lemma = parsed.tokens[clause.main].lemma
        tended = clause.passive and lemma in parsed.cues.group("tending")
        if not tended and (clause.passive or lemma not in suffer):
            continue
        link = "for" if tended else "from"  # "treated for wounds", "suffers from wounds"
        behind = [at for word, group in clause.preps if word == link for at in group]
        victims = [p for at in clause.subject if (p := parsed.chunks[at].phrase) is not None]
        for phrase in (p for at in (*clause.objects, *behind) if (p := parsed.chunks[at].phrase)):
            if singular(parsed.tokens[phrase.head].low) in harms:
                yield from (
                    (clause.main, one, phrase) for one in victims if _counts_people(one, parsed)
                )


def _takes(lemma: str, phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether prisoners are taken; "held hostage" says it of somebody else."""
    low = parsed.tokens[phrase.head].low
    told = phrase.quantity is not None or bool(phrase.determiner) or low != singular(low)
    captives = singular(low) in parsed.cues.group("captives")
    return told and captives and lemma in parsed.cues.group("taking")
