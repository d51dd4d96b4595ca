"""Whether a phrase is of the sort that a role asks for.

In: a role, a phrase, the action. Out: yes or no. Refused: by default; a sort that is not listed
for a role does not fill it.
"""

from __future__ import annotations

from collections.abc import Mapping

from enduse.extract.parsed import Parsed, is_country
from enduse.extract.phrases import Phrase
from enduse.model.claim import ClaimKind, Part
from enduse.model.mention import EntityKind
from enduse.reference.actions import Action

_ACTORS = frozenset({"group", "people", "name", "speaker", "pronoun"})
_SORTS: Mapping[Part, frozenset[str]] = {
    Part.ACTOR: _ACTORS,
    Part.FROM: _ACTORS,
    Part.TO: _ACTORS,
    Part.BY: _ACTORS | {"attack", "strike"},
    Part.OTHER: _ACTORS,
    Part.BENEFICIARY: _ACTORS,
    Part.VIA: _ACTORS,
    Part.VICTIM: frozenset({"group", "people", "name", "pronoun"}),
    Part.TARGET: _ACTORS | {"place", "weapon", "craft", "other", "attack"},
    Part.PLACE: frozenset({"place", "name"}),
    Part.WEAPON: frozenset({"weapon"}),
}
_THINGS = frozenset({"it", "this", "that", "these", "those", "which", "something", "anything"})


def fits(part: Part, phrase: Phrase, action: Action, parsed: Parsed) -> bool:
    """Return whether the phrase may fill the role in a claim of the action."""
    if phrase.kind == "time":
        return False
    if part is Part.WEAPON:
        return _fits_weapon(phrase, action, parsed)
    if part is Part.PLACE:
        return _fits_place(phrase, action)
    if part is Part.VICTIM:
        return _fits_victim(phrase, action, parsed)
    if phrase.kind == "place" and part in _COUNTRY_PARTS:
        return phrase.named is not None and is_country(phrase.named)
    if phrase.kind == "pronoun" and part is not Part.TARGET:
        return parsed.tokens[phrase.head].low not in _NOBODY
    return phrase.kind in _SORTS[part]


_COUNTRY_PARTS = frozenset(
    {Part.ACTOR, Part.FROM, Part.TO, Part.BY, Part.OTHER, Part.VIA, Part.BENEFICIARY}
)
_NOBODY = frozenset({"this", "that", "these", "those", "there", "something", "anything", "nothing",
                     "each other", "one another", "itself", "himself", "themselves", "everything"})  # fmt: skip


def _fits_weapon(phrase: Phrase, action: Action, parsed: Parsed) -> bool:
    if phrase.kind == "strike":
        return action.kind is ClaimKind.USE
    if phrase.kind == "craft":
        if "no-craft" in action.marks:
            return False
        if "vehicles" in action.marks and "military-only" not in action.marks:
            return True
        return phrase.owner is not None and phrase.owner.kind is EntityKind.ACTOR
    if phrase.kind == "pronoun":
        return False
    return phrase.kind == "weapon"


def _fits_place(phrase: Phrase, action: Action) -> bool:
    if phrase.named is not None and phrase.named.kind is EntityKind.WEAPON:
        return False
    if phrase.kind in ("place", "name"):
        return True
    return phrase.named is not None and phrase.named.also_place and action.kind is ClaimKind.CONTROL


def _fits_victim(phrase: Phrase, action: Action, parsed: Parsed) -> bool:
    if phrase.kind == "place":
        return False
    low = parsed.tokens[phrase.head].low
    if phrase.kind == "pronoun":
        return low not in _THINGS and low not in _NOBODY
    if phrase.kind in _SORTS[Part.VICTIM]:
        return True
    return phrase.kind == "other" and parsed.tokens[phrase.head].tag == "Q"
