"""On whose word: speakers of a sentence, how far their word reaches, and the medium.

In: a parsed sentence, the speech cues, the ledger. Out: speakers nearest first with the offsets
they cover. Refused: a subject that cannot speak (a weapon, a place that is no state).

Reported speech is found by verbs of saying with their subject, by "according to", by showing
("published a video of"), and by a speaker named in the sentence before for quoted words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from enduse.extract.complements import has_verb_after
from enduse.extract.entities import Ledger, resolve_party
from enduse.extract.parsed import Parsed, is_country
from enduse.extract.phrases import Phrase
from enduse.extract.spans import span_of
from enduse.model.claim import Speaker
from enduse.reference.cues import Cues

_SHOWN = frozenset({"video", "photo", "inspection", "interview"})
_LED = 3  # words: fewer before a verb of saying are its subject, fewer after it a mere tail


@dataclass(frozen=True, slots=True)
class Said:
    """A speaker, the code points their word covers, and what kind of saying it is."""

    speaker: Speaker
    start: int
    end: int
    sense: str
    clause: int = -1
    own: tuple[int, int] = (-1, -1)  # from the speaker to the verb: the author's words on them

    def covers(self, at: int) -> bool:
        """Return whether the words at an offset are the speaker's."""
        return self.start <= at < self.end and not self.own[0] <= at < self.own[1]


def find_speakers(parsed: Parsed, ledger: Ledger, cues: Cues) -> list[Said]:
    """Return the sentence's speakers, nearest to the words they cover first."""
    found = [*_by_verbs(parsed, ledger, cues), *_by_preposition(parsed, ledger)]
    return sorted(found, key=lambda said: (said.end - said.start, said.start))


def carry_speech(parsed: Parsed, last: tuple[Parsed, list[Said]] | None) -> list[Said]:
    """Return whose word goes on from the sentence before: "In addition, ...", "It had been ..."."""
    if last is None or not parsed.tokens or parsed.paragraph != last[0].paragraph:
        return []
    opening = " ".join(parsed.tokens[0].low.split()) in parsed.cues.group("continuing")
    before = any(
        parsed.tokens[parsed.chunks[clause.verb].first].low == "had"
        for clause in parsed.clauses[:1]
        if clause.subject and parsed.tokens[clause.main].tag == "n"
    )
    if not (opening or (before and parsed.index - last[0].index == 1)):
        return []
    return [replace(one, start=parsed.start, end=parsed.end, clause=-1, own=(-1, -1))
            for one in last[1] if one.sense == "says"]  # fmt: skip


def _by_verbs(parsed: Parsed, ledger: Ledger, cues: Cues) -> Iterator[Said]:
    table = cues.senses("speech")
    for index, clause in enumerate(parsed.clauses):
        lemma = parsed.tokens[clause.main].lemma
        after = " ".join(parsed.words(clause.main + 1, clause.main + 2))
        sense = table.get(f"{lemma} {after}") or table.get(lemma)
        if sense is None or (sense == "shows" and not _shows_medium(parsed, index, cues)):
            continue
        at = clause.subject[-1] if clause.subject else -1
        if clause.passive:
            at = next((g[0] for word, g in clause.preps if word == "by" and g), -1)
        if _inverted(parsed, index, at):
            at = clause.objects[0]
        phrase = parsed.chunks[at].phrase if at >= 0 else None
        if phrase is None:
            continue
        speaker = make_speaker(phrase, parsed, ledger, parsed.tokens[clause.main].text)
        if speaker is None:
            continue
        start, end = _reach(parsed, index, at)
        yield Said(speaker, start, end, sense, index, _own(parsed, index, at))


def _inverted(parsed: Parsed, index: int, at: int) -> bool:
    """Return whether the speaker stands after the verb: "...," said Karo."""
    clause = parsed.clauses[index]
    if clause.passive or not clause.objects or clause.objects[0] != clause.verb + 1:
        return False
    if has_verb_after(clause.objects[0], parsed.view):
        return False
    before, after = parsed.view.tag(clause.verb - 1), parsed.view.tag(clause.objects[0] + 1)
    told = parsed.tokens[clause.main].lemma in parsed.cues.group("hearers")
    return at < 0 or before == '"' or (before == "," and after in " .," and not told)


def _shows_medium(parsed: Parsed, index: int, cues: Cues) -> bool:
    clause = parsed.clauses[index]
    medium = cues.table("medium")
    if parsed.tokens[clause.main].lemma in cues.group("showing"):
        return True
    words = {parsed.tokens[p.head].low for i in clause.objects if (p := parsed.chunks[i].phrase)}
    return any(word in medium for word in words)


def _reach(parsed: Parsed, index: int, at: int) -> tuple[int, int]:
    """Return the offsets a verb of saying covers: what follows it, or what stands before it."""
    clause = parsed.clauses[index]
    first = min(parsed.chunks[at].first, parsed.chunks[clause.verb].first)
    last = parsed.chunks[clause.verb].last
    after = parsed.tokens[last:]
    tail = sum(1 for token in after if token.tag not in '.,")')
    comma_before = first > 0 and parsed.tokens[first - 1].tag in ',"'
    trailing = first > _LED and comma_before and not _clause_follows(parsed, index)
    if trailing or (first > 2 * _LED and tail <= _LED):
        return parsed.start, parsed.end
    return parsed.tokens[first].start, _turning(parsed, last)


def _own(parsed: Parsed, index: int, at: int) -> tuple[int, int]:
    """Return the offsets from the speaker's phrase to the verb, or the other way round."""
    one, two = parsed.chunks[at], parsed.chunks[parsed.clauses[index].verb]
    first, last = min(one.first, two.first), max(one.last, two.last)
    return parsed.tokens[first].start, parsed.tokens[last - 1].end


def _turning(parsed: Parsed, first: int) -> int:
    """Return where the author's own word sets in again: ", but the agency found ..."."""
    for i in range(first + 1, len(parsed.tokens)):
        token = parsed.tokens[i]
        turns = token.low in parsed.cues.group("turning") and parsed.tokens[i - 1].tag in ',"'
        if turns and not is_quoted(parsed, token.start):
            return token.start
    return parsed.end


def is_quoted(parsed: Parsed, at: int) -> bool:
    """Return whether an offset stands inside a quotation of the sentence."""
    marks = [t for t in parsed.tokens if t.tag == '"' and t.start < at]
    return len(marks) % 2 == 1


def _clause_follows(parsed: Parsed, index: int) -> bool:
    """Return whether a further finite clause stands after the verb of saying."""
    return any(not other.bare and not other.relative for other in parsed.clauses[index + 1 :])


def _by_preposition(parsed: Parsed, ledger: Ledger) -> Iterator[Said]:
    for at, chunk in enumerate(parsed.chunks[:-1]):
        low = " ".join(parsed.tokens[chunk.first].low.split())
        phrase = parsed.chunks[at + 1].phrase
        if chunk.tag != "I" or low not in parsed.cues.group("sources") or phrase is None:
            continue
        speaker = make_speaker(phrase, parsed, ledger, low)
        if speaker is not None:
            yield Said(speaker, parsed.start, parsed.end, "says")


def make_speaker(phrase: Phrase, parsed: Parsed, ledger: Ledger, cue: str) -> Speaker | None:
    """Return the phrase as a speaker, None if it cannot speak."""
    if phrase.kind in ("weapon", "craft", "strike", "attack", "time"):
        return None
    if phrase.kind == "place" and not is_country(phrase.named):
        return None
    party, _ = resolve_party(phrase, parsed, ledger)
    start, end = parsed.tokens[phrase.first].start, parsed.tokens[phrase.last - 1].end
    if party is not None:
        named = party.named
        return Speaker(
            party.text, start, end, named.entity if named else None,
            named.label if named else None, cue,
        )  # fmt: skip
    if phrase.kind == "pronoun":
        return None
    named = phrase.named
    start, end = span_of(phrase, parsed)
    text = parsed.text[start - parsed.start : end - parsed.start]
    return Speaker(
        text, start, end, named.entity if named else None, named.label if named else None, cue
    )


def find_medium(parsed: Parsed, cues: Cues, *, said: bool) -> str | None:
    """Return the medium named in the sentence before or around the claim's words, None if none."""
    table, openers = cues.senses("medium"), cues.openers.get("medium", frozenset())
    for i in range(len(parsed.tokens)):
        if parsed.tokens[i].low not in openers:
            continue
        for size in (2, 1):
            words = " ".join(parsed.words(i, i + size))
            medium = table.get(words)
            if medium and parsed.tokens[i].tag in "NP" and (said or medium in _SHOWN):
                return medium
    return None
