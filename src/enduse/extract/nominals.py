"""Frames of nouns of action: "the capture of rifles by rebels", "weapons shipments to Tabir".

In: a noun phrase of a parsed sentence, the vocabulary of actions. Out: frames. Refused: a noun
whose needed roles nothing near it fills.
"""

from __future__ import annotations

from collections.abc import Iterator

from enduse.extract.complements import prep_group
from enduse.extract.filling import (
    Frame,
    Vocabulary,
    assign,
    expand_weapons,
    meets,
    phrases_of,
)
from enduse.extract.fitting import fits
from enduse.extract.grammar import Preps
from enduse.extract.owners import inner_weapon, owner_phrase
from enduse.extract.parsed import Parsed
from enduse.extract.phrases import Phrase, singular
from enduse.model.claim import ClaimKind, Part
from enduse.model.mention import EntityKind
from enduse.reference.actions import Action

_NEAR = 12  # chunks: a noun's complements stand near it


def find_noun_frames(
    parsed: Parsed, at: int, phrase: Phrase, vocabulary: Vocabulary
) -> Iterator[Frame]:
    """Yield the frames of the noun of action at a chunk, one a kind."""
    seen: set[ClaimKind] = set()
    for action in noun_actions(parsed, phrase, vocabulary):
        if action.kind in seen or not action.noun.slots:
            continue
        frame = _fill_noun(parsed, at, phrase, action)
        if frame is not None:
            seen.add(action.kind)
            yield frame


def noun_actions(parsed: Parsed, phrase: Phrase, vocabulary: Vocabulary) -> tuple[Action, ...]:
    """Return the actions that a phrase's head says as a noun."""
    if parsed.tokens[phrase.head].tag not in "NP":
        return ()
    if _is_inside_weapon(parsed, phrase):
        return ()
    low = [token.low for token in parsed.tokens[phrase.core[0] : phrase.head + 1]]
    low[-1:] = [singular(low[-1])] if low else []
    for size in (3, 2, 1):
        found = vocabulary.nouns.get(" ".join(low[-size:])) if len(low) >= size else None
        if found:
            return found
    return ()


def _is_inside_weapon(parsed: Parsed, phrase: Phrase) -> bool:
    """Return whether the noun is the tail of a weapon's name: "weapons of mass destruction"."""
    head = parsed.tokens[phrase.head]
    name = parsed.names[head.mention] if head.mention >= 0 else None
    return name is not None and name.kind is EntityKind.WEAPON and name.start < head.start


def _fill_noun(parsed: Parsed, at: int, phrase: Phrase, action: Action) -> Frame | None:
    roles: dict[Part, list[Phrase]] = {}
    preps = _preps_after(at, parsed)
    for word, group in preps:
        assign(parsed, word, group, action.noun, action, roles)
    owner = owner_phrase(parsed, phrase)
    for part in action.noun.slots.get("owner", ()) if owner else ():
        if owner and fits(part, owner, action, parsed) and not roles.get(part):
            roles.setdefault(part, []).append(owner)
    if "self-weapon" in action.marks:
        roles[Part.WEAPON] = [phrase]
    elif not roles.get(Part.WEAPON):
        inner = inner_weapon(parsed, phrase)
        if inner is not None:
            roles[Part.WEAPON] = [inner]
    expand_weapons(parsed, roles)
    if not meets(action, roles):
        return None
    fixed = {part: tuple(phrases) for part, phrases in roles.items()}
    return Frame(
        action, parsed.index, (phrase.head, phrase.head + 1), -1, fixed,
        phrases_of(parsed, preps), {}, f"{action.id}/noun",
    )  # fmt: skip


def _is_setting(group: tuple[int, ...], parsed: Parsed) -> bool:
    """Return whether a phrase says where or when and no more: "the arrest in Kesh of six men"."""
    phrase = parsed.chunks[group[-1]].phrase
    return phrase is not None and (phrase.kind in ("place", "time") or phrase.named is not None)


def _preps_after(at: int, parsed: Parsed) -> Preps:
    view = parsed.view
    found: list[tuple[str, tuple[int, ...]]] = []
    j = view.skip(at + 1, 1, 'AY"')
    second = view.phrase(j + 1) if view.tag(j) == "C" else None
    if second is not None and not second.determiner and second.quantity is None:
        after = j + 2  # "the kidnapping and killing of six clerks"
        j = after if second.kind == "other" and view.word(after) == "of" else j
    bound = parsed.cues.group("bound")
    if view.tag(j) == "V" and view.word(j) in bound:
        j += 1
    while view.tag(j) == "I" and j - at < _NEAR:
        group, after = prep_group(j, view)
        if not group or (view.word(j) == "of" and found and not _is_setting(found[-1][1], parsed)):
            break  # "an arrest in the death of Karo": the death is Karo's
        found.append((view.word(j), group))
        j = view.skip(after, 1, 'AY"')
        if view.tag(j) == "V" and view.word(j) in bound:
            j += 1
    return tuple(found)
