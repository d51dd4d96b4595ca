"""Whether a phrase is of the sort that a role asks for.

In: a role, a phrase, the action. Out: yes or no. Refused: by default; a sort that is not listed
for a role does not fill it.
"""

from __future__ import annotations

from collections.abc import Mapping

from enduse.extract.owners import owner_beside
from enduse.extract.parsed import Parsed, is_country
from enduse.extract.phrases import Phrase, singular
from enduse.model.claim import ClaimKind, Part
from enduse.model.mention import EntityKind
from enduse.reference.actions import Action

ACTORS = frozenset({"group", "people", "name", "speaker", "pronoun"})
_SORTS: Mapping[Part, frozenset[str]] = {
    Part.ACTOR: ACTORS,
    Part.FROM: ACTORS,
    Part.TO: ACTORS,
    Part.BY: ACTORS | {"attack", "strike"},
    Part.OTHER: ACTORS,
    Part.BENEFICIARY: ACTORS,
    Part.VIA: ACTORS,
    Part.VICTIM: frozenset({"group", "people", "name", "pronoun"}),
    Part.TARGET: ACTORS | {"place", "weapon", "craft", "other", "attack"},
    Part.PLACE: frozenset({"place", "name"}),
    Part.WEAPON: frozenset({"weapon"}),
}


def fits(  # noqa: PLR0911 - one role a line
    part: Part, phrase: Phrase, action: Action, parsed: Parsed
) -> bool:
    """Return whether the phrase may fill the role in a claim of the action."""
    if phrase.kind == "time":
        return False
    if part is Part.WEAPON:
        return _fits_weapon(phrase, action, parsed)
    if part is Part.PLACE:
        return _fits_place(phrase, action, parsed)
    if part is Part.VICTIM:
        return _fits_victim(phrase, action, parsed)
    if phrase.kind == "place" and part in _COUNTRY_PARTS:
        return phrase.named is not None and is_country(phrase.named)
    if part in (Part.OTHER, Part.ACTOR) and action.kind is ClaimKind.AFFILIATION:
        return _fits_tie(phrase, parsed)
    if phrase.kind == "pronoun" and part is not Part.TARGET:
        return parsed.tokens[phrase.head].low not in parsed.cues.group("nobody")
    if phrase.kind in ("weapon", "craft") and part in (Part.ACTOR, Part.BY, Part.FROM):
        return owner_beside(parsed, phrase) is not None
    return phrase.kind in _SORTS[part]


_COUNTRY_PARTS = frozenset(
    {Part.ACTOR, Part.FROM, Part.TO, Part.BY, Part.OTHER, Part.VIA, Part.BENEFICIARY}
)


def _fits_tie(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether the phrase names an actor that an affiliation may tie."""
    if phrase.kind == "pronoun":
        return parsed.tokens[phrase.head].low in ("he", "she", "they", "it")
    if phrase.kind not in ACTORS:
        return False
    names = phrase.named is not None or parsed.tokens[phrase.head].tag == "P"
    return names or phrase.owner is not None or phrase.sense == "group"


def _is_bare(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether it is a strike and no more: like an attack it names no weapon."""
    alone = phrase.head == phrase.core[0] and phrase.owner is None and phrase.owner_words is None
    return alone and singular(parsed.tokens[phrase.head].low) in parsed.cues.group("bare_strikes")


def _is_craft(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether the weapon is one that moves by itself: a ship, an aircraft, a vehicle."""
    low = singular(parsed.tokens[phrase.head].low)
    return phrase.sense in ("craft", "designation") or low in parsed.cues.group("crafts")


def _is_owned(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether a craft is someone's named in its phrase, so that it is military."""
    if phrase.owner is not None:
        return phrase.owner.kind is EntityKind.ACTOR
    if phrase.owner_words is not None:
        return parsed.tokens[phrase.owner_words[1] - 1].tag == "P"
    return owner_beside(parsed, phrase) is not None


def _fits_weapon(phrase: Phrase, action: Action, parsed: Parsed) -> bool:
    if not _is_asked_for(phrase, action, parsed):
        return False
    if phrase.kind == "strike":
        return action.kind is ClaimKind.USE and not _is_bare(phrase, parsed)
    if phrase.kind == "group" and action.kind is ClaimKind.USE:
        words = parsed.words(phrase.head - 1, phrase.head + 1) if phrase.head else ()
        return " ".join(words).removesuffix("s") in parsed.cues.group("living_weapons")
    if phrase.kind == "craft":
        return _fits_craft(phrase, action, parsed)
    return phrase.kind == "weapon"


def _is_asked_for(phrase: Phrase, action: Action, parsed: Parsed) -> bool:
    """Return whether the weapon is of the class that the action's marks ask for."""
    if singular(parsed.tokens[phrase.head].low) in parsed.cues.group("generic_goods"):
        words = set(parsed.words(phrase.core[0], phrase.head))
        return bool(words & parsed.cues.group("military"))  # "military aid", not "aid"
    flies = singular(parsed.tokens[phrase.head].low) in parsed.cues.group("projectiles")
    if flies and "no-projectile" in action.marks:
        return False
    if not flies and "projectile-only" in action.marks:
        return False
    return "crafts-only" not in action.marks or _is_craft(phrase, parsed)


def _fits_craft(phrase: Phrase, action: Action, parsed: Parsed) -> bool:
    """Return whether a craft may be a weapon here; who the parties are decides the rest later."""
    if "no-craft" in action.marks:
        return False
    on_road = singular(parsed.tokens[phrase.head].low) in parsed.cues.group("road_crafts")
    telling = action.kind in (ClaimKind.TRANSFER, ClaimKind.POSSESSION, ClaimKind.LOSS)
    if telling and not on_road and "military-only" not in action.marks:
        return True
    return _is_owned(phrase, parsed)


def _fits_place(phrase: Phrase, action: Action, parsed: Parsed) -> bool:
    if phrase.named is not None and phrase.named.kind is EntityKind.WEAPON:
        return False
    if phrase.kind in ("weapon", "craft", "strike") or _calls_person(phrase, parsed):
        return False
    if phrase.kind in ("place", "name"):
        return True
    if is_country(phrase.named):
        return True
    return phrase.named is not None and phrase.named.also_place and action.kind is ClaimKind.CONTROL


def _calls_person(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether an unknown name is called like a person: "Pedro Karo", "farmer Karo"."""
    if phrase.kind != "name" or phrase.named is not None:
        return False
    cues, first = parsed.cues, parsed.tokens[phrase.core[0]].low
    heads = cues.table("heads")
    listed = heads.get(first) or heads.get(singular(first))
    longer = phrase.last - phrase.core[0] > 1
    people = listed is not None and listed.sense == "people"
    return longer and (first in cues.given_names or first in cues.group("titles") or people)


def names_country(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether the phrase is a country's own name, not its people ("Iraqis")."""
    if not is_country(phrase.named) or phrase.named is None or phrase.quantity is not None:
        return False  # "six Orlanders" are people
    text = phrase.named.text
    plural = text.lower().endswith("s") and text.lower() != phrase.named.label.lower()
    return not (plural and len(text) > len("states")) and phrase.named.end >= (
        parsed.tokens[phrase.head].end
    )


def _fits_victim(phrase: Phrase, action: Action, parsed: Parsed) -> bool:
    if "people-object" in action.marks and not _is_people(phrase, parsed):
        return False
    if phrase.kind == "place" or names_country(phrase, parsed):
        return False
    low = parsed.tokens[phrase.head].low
    if phrase.kind == "pronoun":
        return low not in parsed.cues.group("things") and low not in parsed.cues.group("nobody")
    if phrase.kind in _SORTS[Part.VICTIM]:
        return True
    if phrase.kind != "other":
        return False
    low = parsed.tokens[phrase.head].low
    counted = phrase.quantity is not None and low != singular(low)
    counted = counted and "people-object" not in action.marks  # "captured 40 seats"
    return parsed.tokens[phrase.head].tag == "Q" or counted or low.endswith(_DOER_ENDINGS)


_DOER_ENDINGS = ("man", "men", "woman", "women", "ist", "ists", "eer", "eers", "ian", "ians")


def _is_people(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether the phrase tells of persons, not of a body such as a firm or a state."""
    low = parsed.tokens[phrase.head].low
    if phrase.kind == "other":
        return parsed.tokens[phrase.head].tag == "Q" or low.endswith(_DOER_ENDINGS)
    if phrase.kind != "group":
        return True
    return low != singular(low) or singular(low) in parsed.cues.group("members")
