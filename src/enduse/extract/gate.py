"""Which sentences are worth reading: a cheap test that lets nearly every claim through.

In: a sentence's text, a set of words. Out: yes or no. Refused: nothing is lost for good; a name in
a sentence that does not pass is still noted.
"""

from __future__ import annotations

import re

from enduse.reference.actions import Action
from enduse.reference.cues import Cues, inflect

_WORD = re.compile(r"[^\W\d_]+")
_TELLING = frozenset({"weapon", "strike", "craft"})


def gate_words(cues: Cues, actions: tuple[Action, ...]) -> frozenset[str]:
    """Return the words of which a sentence must hold one."""
    words: set[str] = set()
    heads = [p for p, row in cues.table("heads").items() if row.sense in _TELLING]
    for phrase in (*heads, *cues.table("toll_nouns")):
        last = phrase.replace("-", " ").split()[-1]
        words |= {last, last + "s", last + "es", last[:-1] + "ies"}
    forms: dict[str, set[str]] = {}
    for form, readings in cues.verbs.items():
        for lemma, _ in readings:
            forms.setdefault(lemma, set()).add(form)
    for action in actions:
        telling = action.kind.value in _CONTEXT or "verb-weapon" in action.marks
        for phrase in action.verbs if telling else ():
            first = phrase.split()[0]
            words |= forms.get(first, {form for form, _ in inflect(first)})
        for noun in action.nouns:
            last = noun.replace("-", " ").split()[-1]
            words |= {last, last + "s"}
    for table in ("ties", "links"):
        words |= set(cues.table(table)) | {word + "s" for word in cues.table(table)}
    return frozenset(words | set(cues.table("prenouns")) | set(cues.table("tolls")) | _STATES)


_CONTEXT = frozenset({"casualties", "control", "affiliation"})
_STATES = frozenset({"killed", "prisoners", "toll", "made", "pro"})


def passes(text: str, words: frozenset[str]) -> bool:
    """Return whether the text holds one of the words.

    >>> passes("They fired a rocket.", frozenset({"rocket"}))
    True
    """
    return any(found.group().lower() in words for found in _WORD.finditer(text))
