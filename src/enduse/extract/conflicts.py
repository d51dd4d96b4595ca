"""Who fights whom, who is tied to whom, and what was claimed so far in a document.

In: parsed sentences and claims in reading order. Out: the context that later sentences are read in.
Refused: nothing; a fight with one side unnamed keeps the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from enduse.extract.entities import Ledger, keys_of
from enduse.extract.fitting import ACTORS
from enduse.extract.grammar import Clause
from enduse.extract.parsed import Parsed
from enduse.extract.phrases import Phrase, singular
from enduse.extract.roles import make_role
from enduse.model.claim import Claim, ClaimKind, Part, Role

_NEAR = 3  # sentences


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sides that a sentence sets against each other."""

    sentence: int
    paragraph: int
    one: Role | None
    other: Role | None


@dataclass(slots=True)
class Context:
    """What the sentences so far tell beyond names: conflicts and claims. One document long."""

    conflicts: list[Conflict] = field(default_factory=list)
    claims: list[tuple[int, int, Claim]] = field(default_factory=list)

    def recent(self, parsed: Parsed, reach: int = _NEAR) -> Iterator[Claim]:
        """Yield the claims of the sentences just before and of this one, latest first."""
        for sentence, _, claim in reversed(self.claims):
            if parsed.index - sentence > reach:
                return
            yield claim


def note_ties(ledger: Ledger, claims: Sequence[Claim]) -> None:
    """Keep who was tied to whom, for descriptions such as "the al Qaeda branch"."""
    for claim in claims:
        actor, other = claim.role(Part.ACTOR), claim.role(Part.OTHER)
        if claim.kind is not ClaimKind.AFFILIATION or actor is None or other is None:
            continue
        party = next((p for p in reversed(ledger.parties) if p.text == actor.text), None)
        if party is not None and other.reference is not None and claim.mode in ("branch", "member"):
            ledger.ties.append((other.reference, party))


def note_conflicts(context: Context, parsed: Parsed, ledger: Ledger) -> None:
    """Add the conflicts that a sentence names, and who fights "us"."""
    for clause in parsed.clauses:
        _note_foes(clause, parsed, ledger)
        if parsed.tokens[clause.main].lemma not in parsed.cues.group("fights"):
            continue
        groups = [
            clause.objects,
            *(g for w, g in clause.preps if w in ("with", "against", "on", "by")),
        ]
        one = side_role(clause.subject, parsed, ledger)
        other = next((s for g in groups if (s := side_role(g, parsed, ledger)) is not None), None)
        if one is not None or other is not None:
            if clause.passive:
                one, other = other, one
            context.conflicts.append(Conflict(parsed.index, parsed.paragraph, one, other))
    for at, phrase in parsed.phrases():
        if singular(parsed.tokens[phrase.head].low) in parsed.cues.group("fight_nouns"):
            _note_noun(context, at, parsed, ledger)


def _note_foes(clause: Clause, parsed: Parsed, ledger: Ledger) -> None:
    """Keep whom "we" fight or harm, and who fights "us": none of them is the one who speaks."""
    harms = parsed.cues.group("fights") | parsed.cues.group("harming")
    if parsed.tokens[clause.main].lemma not in harms:
        return
    ends = [p for i in clause.subject if (p := parsed.chunks[i].phrase)]
    others = [*clause.objects, *(i for w, g in clause.preps if w in _AGAINST for i in g)]
    far = [p for i in others if (p := parsed.chunks[i].phrase)]
    for side, other in ((ends, far), (far, ends)):
        if any(_is_first_person(phrase, parsed) for phrase in side):
            parties = [phrase for phrase in other if phrase.kind in _FIGHTERS]
            ledger.foes |= {name for phrase in parties for name in keys_of(phrase, parsed)}


_FIGHTERS = frozenset({"group", "people", "name"})
_AGAINST = ("with", "against", "on", "by", "from")


def _is_first_person(phrase: Phrase, parsed: Parsed) -> bool:
    return parsed.tokens[phrase.head].low in ("we", "us") or phrase.determiner == "our"


def _note_noun(context: Context, at: int, parsed: Parsed, ledger: Ledger) -> None:
    other = None
    nexts = parsed.chunks[at + 1 : at + 3]
    if len(nexts) == len("ab") and nexts[0].tag == "I" and nexts[1].phrase is not None:
        word = parsed.tokens[nexts[0].first].low
        if word in ("with", "against", "on"):
            other = side_role((at + 2,), parsed, ledger)
    if other is not None:
        context.conflicts.append(Conflict(parsed.index, parsed.paragraph, None, other))


def side_role(group: Sequence[int], parsed: Parsed, ledger: Ledger) -> Role | None:
    """Return the first party among the phrases of a slot as a role, None if it names none."""
    phrases = [p for i in group if (p := parsed.chunks[i].phrase) and p.kind in ACTORS]
    if not phrases:
        return None
    role, _ = make_role(Part.FROM, phrases[:1], parsed, ledger)
    return role
