"""Who does what to whom, as grammar: each verb group with its subject, objects and prepositions.

In: chunks of one sentence. Out: one clause a verb group, with the chunk indices of what stands in
each slot. Refused: nothing; a slot that no rule fills stays empty.

The walk is a shallow one: left over prepositional phrases, asides and coordinated verbs for the
subject; right over coordinated phrases and prepositions for the rest. It is linear, with caps.
"""

from __future__ import annotations

from collections.abc import Sequence

from enduse.extract.complements import find_complements, prep_group
from enduse.extract.grammar import REACH, Clause, Preps, View
from enduse.extract.phrases import Chunk
from enduse.extract.subjects import find_subject
from enduse.extract.tokens import Token
from enduse.reference.cues import Cues


def find_clauses(chunks: Sequence[Chunk], tokens: Sequence[Token], cues: Cues) -> list[Clause]:
    """Return a clause for each verb group, in order."""
    view = View(chunks, tokens, cues)
    clauses: list[Clause] = []
    for at, chunk in enumerate(chunks):
        if chunk.tag == "V":
            clauses.append(_read_clause(at, view, clauses))
    return clauses


def _read_clause(at: int, view: View, done: list[Clause]) -> Clause:
    first, last = view.chunks[at].first, view.chunks[at].last
    tokens = view.tokens
    main = next((i for i in range(last - 1, first - 1, -1) if tokens[i].tag in "bzdng"), last - 1)
    words = {tokens[i].low for i in range(first, main)}
    passive = tokens[main].tag == "n" and bool(words & view.cues.group("be"))
    bare = tokens[first].tag in "Tgn" or (tokens[main].tag == "g" and first == main)
    found = find_subject(at, view, done)
    objects, preps, local = find_complements(at, view)
    return Clause(
        verb=at,
        main=main,
        passive=passive,
        bare=bare,
        subject=found.subject,
        objects=objects or found.gap,
        preps=_leading(at, view, done) + preps,
        parent=found.parent,
        relative=found.relative,
        local=local,
    )


def _leading(at: int, view: View, done: list[Clause]) -> Preps:
    """Return the prepositions at the head of the sentence, for its first clause."""
    if any(not clause.bare for clause in done):
        return ()
    found: list[tuple[str, tuple[int, ...]]] = []
    j = 0
    while j < min(at, REACH):
        group, after = prep_group(j, view) if view.tag(j) == "I" else ((), j + 1)
        if group:
            found.append((view.word(j), group))
        j = after if group else j + 1
    return tuple(found)
