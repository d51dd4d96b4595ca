"""Which sentences are worth reading: a cheap test that lets nearly every claim through.

In: a sentence's text and the names in it, the cues and actions as a gate. Out: yes or no. Refused:
nothing is lost for good; a name in a sentence just before one that passes is still noted.

A word that tells of arms or harm opens the gate alone; one of control or of ties between actors
("took", "member") only beside a group or an actor's name; a phrase only with all its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from enduse.model.claim import ClaimKind
from enduse.reference.actions import Action, load_actions
from enduse.reference.cues import Cues, inflect, load_cues

_WORD = re.compile(r"-?[^\W\d_]+")
_TELLING = frozenset({"weapon", "strike", "craft"})
_HARM = frozenset({ClaimKind.CASUALTIES})
_WEAK = frozenset({ClaimKind.CONTROL, ClaimKind.AFFILIATION})
_STATES = frozenset({"killed", "prisoners", "toll", "pro"})


@dataclass(frozen=True, slots=True)
class Gate:
    """The words that open the gate.

    Attributes:
        alone: each opens it.
        beside: each opens it beside one of `groups` or an actor's name.
        joint: the word that opens it together with all of one of its sets.
        groups: words for those who act together.
    """

    alone: frozenset[str]
    beside: frozenset[str]
    joint: Mapping[str, tuple[frozenset[str], ...]]
    groups: frozenset[str]


@cache
def load_gate(language: str) -> Gate:
    """Return the gate of a language, built once."""
    return build_gate(load_cues(language), load_actions())


def build_gate(cues: Cues, actions: tuple[Action, ...]) -> Gate:
    """Return the gate for the language's cues."""
    alone, beside, joint = set(_STATES), set[str](), dict[str, set[frozenset[str]]]()
    heads = cues.table("heads").items()
    nouns = [phrase for phrase, row in heads if row.sense in _TELLING]
    nouns += [*cues.table("toll_nouns"), *(noun for action in actions for noun in action.nouns)]
    for phrase in nouns:
        _put_noun(phrase, alone, joint)
    forms = _forms(cues)
    for action in actions:
        harm = action.kind in _HARM or "verb-weapon" in action.marks
        into = alone if harm else beside
        for phrase in action.verbs if harm or action.kind in _WEAK else ():
            first, *others = phrase.split()
            _put(others, forms.get(first) or {form for form, _ in inflect(first)}, into, joint)
    for table in ("ties", "links"):
        for phrase in cues.table(table):
            _put_noun(phrase, beside, joint)
    beside |= cues.group("blame_nouns")
    alone |= {f"-{word}" for word in cues.table("prenouns")} | set(cues.table("tolls"))
    groups = {w for p, row in heads if row.sense == "group" for w in _plurals(p.split()[-1])}
    grouped = {word: tuple(sorted(sets, key=sorted)) for word, sets in joint.items()}
    groups |= cues.group("titles")
    return Gate(frozenset(alone), frozenset(beside), grouped, frozenset(groups))


def _put(
    others: Iterable[str],
    forms: Iterable[str],
    single: set[str],
    joint: dict[str, set[frozenset[str]]],
) -> None:
    """Add a phrase: the forms of the word that changes, and the words that stay beside it."""
    for form in forms:
        *front, last = form.split("-")
        rest = frozenset((*front, *(part for word in others for part in word.split("-"))))
        if rest:
            joint.setdefault(last, set()).add(rest)
        else:
            single.add(last)


def _put_noun(phrase: str, single: set[str], joint: dict[str, set[frozenset[str]]]) -> None:
    *front, last = phrase.replace("-", " ").split()
    _put(front, _plurals(last), single, joint)


def _plurals(word: str) -> set[str]:
    return {word, word + "s", word + "es", word[:-1] + "ies"}


def _forms(cues: Cues) -> dict[str, set[str]]:
    """Return the verbs' forms by lemma."""
    forms: dict[str, set[str]] = {}
    for form, readings in cues.verbs.items():
        for lemma, _ in readings:
            forms.setdefault(lemma, set()).add(form)
    return forms


class Opening(IntEnum):
    """How far the gate opens for a sentence."""

    SHUT = 0
    AJAR = 1  # for words that tell of control, ties or a fixed phrase only where so used
    WIDE = 2  # for a word that tells of arms or harm by itself


def open_gate(text: str, gate: Gate, *, actor: bool = False) -> Opening:
    """Return how far the gate opens for a text; `actor` tells that it names one.

    >>> gate = Gate(frozenset({"rocket"}), frozenset({"took"}), {}, frozenset({"rebels"}))
    >>> [open_gate(text, gate).name for text in ("A rocket.", "Rebels took Kesh.", "It took long.")]
    ['WIDE', 'AJAR', 'SHUT']
    """
    found = _WORD.findall(text.lower())
    words = set(found) | {word[1:] for word in found if word[0] == "-"}
    if not words.isdisjoint(gate.alone):
        return Opening.WIDE
    if not words.isdisjoint(gate.beside) and (actor or not words.isdisjoint(gate.groups)):
        return Opening.AJAR
    joint = words & gate.joint.keys()
    ajar = any(rest <= words for word in joint for rest in gate.joint[word])
    return Opening.AJAR if ajar else Opening.SHUT
