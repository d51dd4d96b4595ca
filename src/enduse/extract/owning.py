"""Who says that it was they: "the Front claimed responsibility for the bombing" of a sentence back.

In: a sentence, the ledger, the claims told so far. Out: claims of use with their actor filled.
Refused: a denial, and a deed that the sentence itself introduces ("for another bombing").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from enduse.extract.conflicts import Context, side_role
from enduse.extract.entities import Ledger
from enduse.extract.grammar import Clause
from enduse.extract.parsed import Parsed
from enduse.extract.phrases import Phrase
from enduse.model.claim import Claim, ClaimKind, Part, Role
from enduse.model.interchange import with_id

_BACK = 3  # sentences


def own_up(parsed: Parsed, ledger: Ledger, context: Context) -> Iterator[tuple[Claim, Claim]]:
    """Yield each use without an actor that the sentence's party takes upon itself, old and new."""
    owner = _owner(parsed, ledger)
    for sentence, _, claim in context.claims if owner is not None else ():
        near = 0 <= parsed.index - sentence <= _BACK
        if owner is None or not near or claim.kind is not ClaimKind.USE or claim.role(Part.ACTOR):
            continue
        told = (Part.ACTOR.value, owner.text, "who claimed responsibility")
        because = replace(claim.because, resolved=(*claim.because.resolved, told))
        filled = {role.part: role for role in (*claim.roles, owner)}
        roles = tuple(filled[part] for part in Part if part in filled)
        yield claim, with_id(replace(claim, roles=roles, because=because))


def _owner(parsed: Parsed, ledger: Ledger) -> Role | None:
    """Return who claims responsibility for what was told before, None if nobody."""
    for clause in parsed.clauses:
        if _takes_blame(clause, parsed):
            role = side_role(clause.subject, parsed, ledger)
            return replace(role, part=Part.ACTOR) if role else None
    return None


def _takes_blame(clause: Clause, parsed: Parsed) -> bool:
    cues = parsed.cues
    if parsed.tokens[clause.main].lemma not in cues.group("owning_up"):
        return False
    held = _phrases(clause.objects, parsed)
    if not any(parsed.tokens[p.head].low in cues.group("blame_nouns") for p in held):
        return False
    words = set(parsed.words(parsed.chunks[clause.verb].first, clause.main))
    words |= {p.determiner for p in (*held, *_phrases(clause.subject, parsed))}
    deeds = [p for word, group in clause.preps if word == "for" for p in _phrases(group, parsed)]
    new = any(p.determiner in ("a", "an", "another") for p in deeds)
    return not new and not words & set(cues.table("negation"))


def _phrases(group: Sequence[int], parsed: Parsed) -> list[Phrase]:
    return [phrase for at in group if (phrase := parsed.chunks[at].phrase) is not None]
