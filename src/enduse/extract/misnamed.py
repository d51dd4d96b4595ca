"""Names of places that are no places here: surnames, titles, and words in capitals.

In: a document's text, the names the register knows in it, the cues. Out: the names that hold.
Refused: dropping a state's name or one that stands right after a preposition of place.

The register holds a quarter of a million places, many of them called like persons ("Davis") or
like common words ("Charge").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from enduse.extract.names import Named
from enduse.extract.parsed import is_country
from enduse.extract.tokens import is_all_capitals
from enduse.model.mention import EntityKind
from enduse.reference.cues import Cues

_WORD_BEFORE = re.compile(r"([\w.'’-]+)\s+$")
_SHORTEST = 3  # letters: "F" and "St" are initials and titles
_REACH = 40


def drop_misnamed(text: str, names: Sequence[Named], cues: Cues) -> tuple[Named, ...]:
    """Return the names without the places that are persons, titles or common words here."""
    capitals = is_all_capitals(text[:4000].split())
    surnames = {name.text for name in names if _is_plain(name) and _after_person(text, name, cues)}
    return tuple(
        name
        for name in names
        if not (_is_plain(name) and _is_misnamed(text, name, cues, surnames, capitals=capitals))
    )


def _is_plain(name: Named) -> bool:
    """Return whether the name is a single word that the register knows as a place only."""
    return name.kind is EntityKind.PLACE and not is_country(name) and " " not in name.text


def _is_misnamed(text: str, name: Named, cues: Cues, surnames: set[str], *, capitals: bool) -> bool:
    low = name.text.lower()
    if len(name.text) < _SHORTEST or low in _never(cues):
        return True
    before = _before(text, name)
    if before in cues.group("where") and before not in cues.group("loose_where"):
        return capitals and low in cues.everyday
    if name.text in surnames or _after_person(text, name, cues):
        return True
    if low in cues.everyday or low in cues.table("heads"):
        return True
    return capitals and before == "the"


def _never(cues: Cues) -> frozenset[str]:
    """Return the words that name no place by themselves: titles, days, "north"."""
    return cues.group("titles") | cues.group("time") | cues.group("directions")


def _before(text: str, name: Named) -> str:
    found = _WORD_BEFORE.search(text[max(0, name.start - _REACH) : name.start])
    return found.group(1).lower().rstrip(".") if found else ""


def _after_person(text: str, name: Named, cues: Cues) -> bool:
    """Return whether a first name or a person's title stands right before: "Colonel Davis"."""
    found = _WORD_BEFORE.search(text[max(0, name.start - _REACH) : name.start])
    if found is None or not found.group(1)[:1].isupper():
        return False
    low = found.group(1).lower().rstrip(".")
    return low in cues.given_names or low in cues.group("titles")
