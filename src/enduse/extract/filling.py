"""The frame, and how its roles are filled from the phrases in the slots of a pattern.

In: chunks in grammatical slots, an action's pattern. Out: roles with their phrases. Refused: a
phrase whose sort no role of the slot asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from enduse.extract.fitting import fits, names_country
from enduse.extract.grammar import Preps
from enduse.extract.owners import owner_phrase
from enduse.extract.parsed import Parsed
from enduse.extract.phrases import Phrase
from enduse.model.claim import ClaimKind, Part
from enduse.reference.actions import Action, Pattern, load_actions

_LONGEST_LIST = 60  # chunks


@dataclass(frozen=True, slots=True)
class Frame:
    """One action with its fillers.

    Attributes:
        action: which.
        trigger: tokens of the words that say it, first and last (not included).
        clause: index of its clause in the sentence, -1 for a noun of action.
        roles: role to phrases.
        preps: what stands after it, for place and time.
        local: weapon phrase's first token to the prepositions that belong to it alone.
    """

    action: Action
    sentence: int
    trigger: tuple[int, int]
    clause: int
    roles: Mapping[Part, tuple[Phrase, ...]]
    preps: tuple[tuple[str, tuple[Phrase, ...]], ...] = ()
    local: Mapping[int, tuple[tuple[str, tuple[Phrase, ...]], ...]] = field(default_factory=dict)
    rule: str = ""


_NONE = Pattern({})


def make_action(name: str, kind: ClaimKind, mode: str | None) -> Action:
    """Return an action that no verb or noun of the vocabulary says but a form of words does."""
    return Action(name, kind, mode, None, (), (), _NONE, _NONE, _NONE, (), (), "", "")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The actions by the words that open them."""

    verbs: Mapping[str, tuple[tuple[Action, tuple[str, ...]], ...]]
    nouns: Mapping[str, tuple[Action, ...]]


@cache
def load_vocabulary() -> Vocabulary:
    """Return the shipped actions by their words, indexed once."""
    return index_actions(load_actions())


def index_actions(actions: Sequence[Action]) -> Vocabulary:
    """Return the actions by first word of their verbs and by their nouns."""
    verbs: dict[str, list[tuple[Action, tuple[str, ...]]]] = {}
    nouns: dict[str, list[Action]] = {}
    for action in actions:
        for phrase in action.verbs:
            first, *rest = phrase.split()
            verbs.setdefault(first, []).append((action, tuple(rest)))
        for noun in action.nouns:
            nouns.setdefault(noun, []).append(action)
    longest = {
        word: tuple(sorted(entries, key=lambda entry: -len(entry[1])))
        for word, entries in verbs.items()
    }
    return Vocabulary(longest, {noun: tuple(entries) for noun, entries in nouns.items()})


def phrases_of(parsed: Parsed, preps: Preps) -> tuple[tuple[str, tuple[Phrase, ...]], ...]:
    """Return each preposition with its phrases."""
    made = []
    for word, group in preps:
        phrases = tuple(p for p in (parsed.chunks[i].phrase for i in group) if p is not None)
        made.append((word, phrases))
    return tuple(made)


def assign(
    parsed: Parsed,
    slot: str,
    group: tuple[int, ...],
    pattern: Pattern,
    action: Action,
    roles: dict[Part, list[Phrase]],
) -> None:
    """Add the phrases of a slot to the first role of the pattern that each fits."""
    parts = pattern.slots.get(slot)
    if not parts:
        return
    before = {part: len(phrases) for part, phrases in roles.items()}
    for at in group:
        phrase = parsed.chunks[at].phrase
        if phrase is None or (at != group[0] and _counts_something(phrase, parsed, roles)):
            continue
        for part in parts:
            if slot == "from" and part is Part.ACTOR and names_country(phrase, parsed):
                continue  # "rockets from Orland" tells whence, not who
            if fits(part, phrase, action, parsed) and before.get(part, 0) == 0:
                roles.setdefault(part, []).append(phrase)
                break
        else:
            owner = _doer_behind(parsed, slot, phrase)
            fit = next((p for p in parts if owner and fits(p, owner, action, parsed)), None)
            if owner and fit and not roles.get(fit):
                roles[fit] = [owner]


def _counts_something(
    phrase: Phrase, parsed: Parsed, roles: Mapping[Part, Sequence[Phrase]]
) -> bool:
    """Return whether a number goes on with a list that harms nobody: "a win on scores of 9, 8"."""
    return parsed.tokens[phrase.head].tag == "Q" and not roles.get(Part.VICTIM)


def _doer_behind(parsed: Parsed, slot: str, phrase: Phrase) -> Phrase | None:
    """Return whose craft, strike or programme acts: "Tarnian aircraft dropped bombs"."""
    if slot not in ("subject", "by") or phrase.kind not in _INSTRUMENTS:
        return None
    return owner_phrase(parsed, phrase)


_INSTRUMENTS = frozenset({"weapon", "craft", "strike", "attack", "other"})


def expand_weapons(parsed: Parsed, roles: dict[Part, list[Phrase]]) -> None:
    """Replace "weapons" by the list that spells them out: "weapons: 12 rifles and 3 mortars"."""
    expanded: list[Phrase] = []
    for phrase in roles.get(Part.WEAPON, []):
        listed = _listed_after(parsed, phrase)
        expanded += listed or [phrase]
    if expanded:
        roles[Part.WEAPON] = expanded


def _listed_after(parsed: Parsed, phrase: Phrase) -> list[Phrase]:
    at = next((i for i, c in enumerate(parsed.chunks) if c.phrase is phrase), -1)
    j = at + 1
    opened = False
    while j < len(parsed.chunks) and (parsed.chunks[j].tag in ",-:(E[W" or _includes(parsed, j)):
        opened = opened or parsed.chunks[j].tag in "-:E(V"
        j += 1
    if at < 0 or not opened:
        return []
    found: list[Phrase] = []
    while j < len(parsed.chunks) and parsed.chunks[j].tag in ",CN-A" and j - at < _LONGEST_LIST:
        item = parsed.chunks[j].phrase
        if item is not None and item.kind == "weapon":
            found.append(item)
        elif item is not None and not found:
            return []
        j += 1
    return found


def _includes(parsed: Parsed, at: int) -> bool:
    """Return whether the chunk is a verb that opens a list: "which included"."""
    chunk = parsed.chunks[at]
    return chunk.tag == "V" and parsed.tokens[chunk.last - 1].lemma in parsed.cues.group(
        "including"
    )


def sweep_list(
    parsed: Parsed, roles: dict[Part, list[Phrase]], objects: tuple[int, ...] = ()
) -> None:
    """Add the weapons that go on with a list of things taken, lost or given.

    The list opens with a weapon, or with the verb's object ("seized drugs, cash and two rifles").

    The list may hold other things ("tanks, bridges, depots and rifles") and each item a phrase of
    its own ("grenades for launchers"); it ends at a verb, a clause or a full mark.
    """
    listed = roles.get(Part.WEAPON, [])
    at = next((i for i, c in enumerate(parsed.chunks) if listed and c.phrase is listed[-1]), -1)
    at = objects[0] if objects and not listed else at
    if at < 0:
        return
    view, items = parsed.view, 0
    for j in range(at + 1, min(at + _LONGEST_LIST, len(parsed.chunks))):
        tag, phrase = view.tag(j), view.phrase(j)
        if tag not in ',CNIAJK"(' or (tag == "N" and view.tag(j + 1) == "V"):
            return
        if phrase is None or view.tag(j - 1) not in ",CA":
            continue
        items += 1
        counted = phrase.quantity is not None or items > 1 or len(listed) > 1
        if phrase.kind == "weapon" and phrase not in listed and counted:
            listed.append(phrase)
            roles[Part.WEAPON] = listed


def sweep_subjects(
    parsed: Parsed, verb: int, action: Action, roles: dict[Part, list[Phrase]]
) -> None:
    """Add the weapons of a list that ends at a passive verb, whatever else stands in it.

    "Two trucks, rifles of several makes, ammunition and maps were seized."
    """
    view, listed = parsed.view, []
    at, joined = view.skip(verb - 1, -1, "A"), False
    while at >= 0 and view.tag(at) in ",CNIAJK":
        phrase = view.phrase(at)
        opens = at == 0 or view.tag(at - 1) in ",CA"
        joined = joined or view.tag(at) == "C"
        if phrase is not None and opens and fits(Part.WEAPON, phrase, action, parsed):
            listed.append(phrase)
        at -= 1
    kept = roles.get(Part.WEAPON, [])
    if joined and listed:
        roles[Part.WEAPON] = kept + [p for p in reversed(listed) if p not in kept]


def meets(action: Action, roles: Mapping[Part, Sequence[Phrase]]) -> bool:
    """Return whether the needed roles are there; the context may give a transfer's parties."""
    open_kinds = (ClaimKind.TRANSFER, ClaimKind.USE, ClaimKind.POSSESSION)
    needs = action.needs[:1] if action.kind in open_kinds else action.needs
    return all(any(roles.get(part) for part in choice) for choice in needs)
