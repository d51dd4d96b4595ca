"""Whether harm or the gain of a place is told as having happened.

In: a frame of a parsed sentence. Out: yes or no. Refused: what is only wanted, tried, ordered or
due ("tried to capture", "must be jailed", "a plan to kill"), which is no claim of these kinds.
"""

from __future__ import annotations

from enduse.extract.filling import Frame
from enduse.extract.grammar import Clause
from enduse.extract.parsed import Parsed
from enduse.model.claim import ClaimKind

_HAPPENING = frozenset({ClaimKind.CASUALTIES, ClaimKind.CONTROL})


def is_told_as_fact(frame: Frame, parsed: Parsed) -> bool:
    """Return whether a frame of harm or control says that it happened; True for other kinds."""
    if frame.action.kind not in _HAPPENING or frame.clause < 0:
        return True
    clause = parsed.clauses[frame.clause]
    first = parsed.chunks[clause.verb].first
    if parsed.tokens[first].tag == "T":
        return _is_realised(clause, parsed)
    if parsed.tokens[first].tag == "b" and _goes_on_infinitive(clause, parsed):
        return _is_realised(parsed.clauses[clause.parent], parsed)
    words = {token.low for token in parsed.tokens[first : clause.main]}
    return not words & parsed.cues.group("due")


def _goes_on_infinitive(clause: Clause, parsed: Parsed) -> bool:
    """Return whether it shares the "to" of the verb before: "vowed to raid and kill"."""
    if clause.parent < 0 or parsed.view.tag(clause.verb - 1) != "C":
        return False
    verb = parsed.chunks[parsed.clauses[clause.parent].verb]
    return parsed.tokens[verb.first].tag == "T"


def _is_realised(clause: Clause, parsed: Parsed) -> bool:
    """Return whether the verb before the infinitive says that it came about: "managed to"."""
    realised = parsed.cues.group("realised")
    planned = parsed.view.tag(clause.verb - 1) == "N"  # "a plan to kill"
    if clause.parent < 0 or planned:
        return False
    parent = parsed.clauses[clause.parent]
    main = parsed.tokens[parent.main]
    if parsed.tokens[parsed.chunks[parent.verb].first].tag == "T":
        return _is_realised(parent, parsed)
    return bool({main.lemma, main.low} & realised)
