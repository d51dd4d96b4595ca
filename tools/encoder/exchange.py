"""Passages under other names and without some idle sentences: to learn what is told, not of whom.

In: passages. Out: the same passages under other names of the same make, their claims with them; or
without some of the sentences that no claim needs. Refused: a passage whose words would no longer
stand in it; it comes back as it was.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from passages import MANY, Passage

from enduse.extract.segments import find_segments
from enduse.model.document import Document

ACTOR, PLACE, WEAPON = "actor", "place", "weapon"
GROUPS = {
    "actor": ACTOR,
    "from": ACTOR,
    "to": ACTOR,
    "via": ACTOR,
    "by": ACTOR,
    "other": ACTOR,
    "beneficiary": ACTOR,
    "place": PLACE,
    "weapon": WEAPON,
}
WORDED = {*GROUPS, "victim", "target", "att", "quote"}  # fields that may hold such a name
STANDING = WORDED | {"time", "quantity"}  # fields whose words must stand in the passage
ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:an|ish|ese|i|ch)")
LONGEST = 4  # words of a name that is exchanged
SHARE = 0.7  # of a passage's names
IDLE = 0.35  # of the sentences that no claim needs, the share that is left out
LOUD = 0.6  # share of capitals above which a passage is a bulletin in capitals
Make = tuple[str, ...]


def names_of(passage: Passage) -> Iterator[tuple[str, Make]]:
    """Yield the names that fill roles, each with its make."""
    loud = _is_loud(passage.text)
    for claim in passage.claims:
        for role, group in GROUPS.items():
            for name in filter(None, claim.get(role, "").split(MANY)):
                make = _make(group, name.title() if loud and group != WEAPON else name)
                if make:
                    yield name, make


def gather(passages: Sequence[Passage]) -> dict[Make, list[str]]:
    """Return the names of all passages by their make, those in capitals left out."""
    found: dict[Make, set[str]] = {}
    for passage in passages:
        if not _is_loud(passage.text):
            for name, make in names_of(passage):
                found.setdefault(make, set()).add(name)
    return {make: sorted(names) for make, names in found.items()}


def exchange(passage: Passage, known: Mapping[Make, Sequence[str]], rng: random.Random) -> Passage:
    """Return the passage with most of its names exchanged for others of the same make."""
    table = {
        name: rng.choice(known[make])
        for name, make in dict(names_of(passage)).items()
        if make in known and rng.random() < SHARE
    }
    if not table:
        return passage
    if _is_loud(passage.text):
        table = {name: other.upper() for name, other in table.items()}
    longest = sorted(table, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")

    def put(words: str) -> str:
        return pattern.sub(lambda found: table[found.group()], words)

    text = put(passage.text)
    claims = [
        {field: put(words) if field in WORDED else words for field, words in claim.items()}
        for claim in passage.claims
    ]
    return _if_whole(Passage(passage.line, text, claims), passage)


def thin(passage: Passage, rng: random.Random) -> Passage:
    """Return the passage without some of its sentences in which no words of its claims stand."""
    needed = set(_standing(passage))
    kept: list[str] = []
    done = 0
    for start, end, _ in find_segments(Document("doc", "snap", passage.text, language="en")):
        sentence = passage.text[start:end]
        if rng.random() < IDLE and not any(words in sentence for words in needed):
            kept.append(passage.text[done:start])
            done = end
    text = "".join([*kept, passage.text[done:]])
    return _if_whole(Passage(passage.line, text, passage.claims), passage)


def _if_whole(made: Passage, instead: Passage) -> Passage:
    return made if all(words in made.text for words in _standing(made)) else instead


def _standing(passage: Passage) -> Iterator[str]:
    """Yield the words that must stand in a passage."""
    for claim in passage.claims:
        for field in STANDING & claim.keys():
            yield from [claim[field]] if field == "quote" else claim[field].split(MANY)


def _make(group: str, name: str) -> Make | None:
    """Return what a name must share with one that takes its place; None if it stays."""
    words, many = len(name.split()), name.endswith("s")
    named = name[:1].isupper() or any(map(str.isdigit, name))
    if words > LONGEST or (group != WEAPON and not named):
        return None
    if group == WEAPON:
        return (group, str(min(words, 3)), "many" * many, "named" * named)
    if group == PLACE:
        return (group, str(min(words, 2)))
    if ADJECTIVE.fullmatch(name):
        return (group, "adjective")
    if name.isupper() and words == 1:
        return (group, "letters")
    return (group, str(min(words, 3)), "many" * many)


def _is_loud(text: str) -> bool:
    letters = [one for one in text if one.isalpha()]
    return sum(map(str.isupper, letters)) > LOUD * max(1, len(letters))
