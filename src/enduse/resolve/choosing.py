"""One name to the entity it means, with the features that decided, or to none.

The order is fixed: a person's judgement; what the text says a short form stands for; the place
that fits the document's other places; the register's entry that the extractor read in the text;
the register's entries for the name, the setting choosing between namesakes; the actor that a
description belongs to ("FSA groups"); an entity of this case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from enduse.model.entity import Candidate, Entity
from enduse.model.mention import EntityKind
from enduse.ports import Register
from enduse.resolve.judged import Judged, fold_name
from enduse.resolve.setting import Setting
from enduse.resolve.weighing import country_share, may_stand_for, rank_candidates

_MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """The entity a name means: its id and label, by which rule, why, and on which features."""

    entity_id: str
    label: str
    rule: str
    because: str
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A name to be resolved, as a claim gives it."""

    name: str
    kind: EntityKind
    reference: str | None
    setting: Setting


def choose_entity(asked: Asked, register: Register, judged: Judged) -> Choice | None:
    """Return the entity the name means, or None if the register does not know it."""
    long = asked.setting.defined.get(fold_name(asked.name))
    for name in (asked.name, long) if long else (asked.name,):
        told = _by_person(replace(asked, name=name), register, judged)
        if told is not None:
            return told
    for choose in (_by_definition, _by_place, _by_reading, _by_register, _by_owner):
        choice = choose(asked, register)
        if choice is None or not _agrees_with_definition(choice, asked, register):
            continue
        if judged.forbids(asked.name, choice.entity_id, choice.label) is None:
            return choice
    return None


def _by_definition(asked: Asked, register: Register) -> Choice | None:
    """Return what the words mean that the text says a short form stands for."""
    long = asked.setting.defined.get(fold_name(asked.name))
    if long is None:
        return None
    choice = _by_register(replace(asked, name=long), register)
    if choice is None:
        return None
    words = f"the text says that «{asked.name}» stands for «{long}»"
    return replace(choice, rule="defined", because=words)


def _agrees_with_definition(choice: Choice, asked: Asked, register: Register) -> bool:
    long = asked.setting.defined.get(fold_name(asked.name))
    entity = register.entity(choice.entity_id)
    return long is None or entity is None or may_stand_for(long, entity)


def _by_place(asked: Asked, register: Register) -> Choice | None:
    """Return the place that the name means beside the document's other places."""
    grounded = asked.setting.grounded.get(fold_name(asked.name))
    if asked.kind is not EntityKind.PLACE or grounded is None:
        return None
    entity = register.entity(grounded.place.entity_id)
    if entity is None:
        return None
    words = f"«{asked.name}» is {entity.name}, which fits what else the text names"
    return Choice(entity.id, entity.name, "places", words, grounded.features)


def _by_person(asked: Asked, register: Register, judged: Judged) -> Choice | None:
    """Follow the names judged the same, until one is an entry's id or the register knows it.

    Of two that are both known the first judged becomes the second, and the second stays.
    """
    own = fold_name(asked.name)
    seen, waiting = {own}, [own]
    others = judged.same.get(own, ())
    if others and _known(replace(asked, name=own, reference=None), register) is not None:
        others = tuple(other for other in others if judged.leads(own, other))
    for step in range(_MOST_STEPS):
        if step:
            others = tuple(other for name in waiting for other in judged.same.get(name, ()))
        waiting = [other for other in dict.fromkeys(others) if other not in seen]
        seen |= set(waiting)
        for other in waiting:
            choice = _known(replace(asked, name=other, reference=None), register)
            if choice is not None:
                words = f"a person judged «{asked.name}» the same as «{other}»"
                return Choice(choice.entity_id, choice.label, "person", words)
    return None


def _known(asked: Asked, register: Register) -> Choice | None:
    entity = register.entity(asked.name)
    if entity is not None:
        return Choice(entity.id, entity.name, "register", "")
    return _by_register(asked, register)


def _by_reading(asked: Asked, register: Register) -> Choice | None:
    entity = register.entity(asked.reference) if asked.reference else None
    if entity is None:
        return None
    if asked.kind is EntityKind.PLACE:
        better = _better_place(entity, asked, register)
        if better is not None:
            return better
    words = f"«{asked.name}» stands for {entity.name} in the text"
    return Choice(entity.id, entity.name, "register", words, (("read in the text", 1.0),))


def _better_place(entity: Entity, asked: Asked, register: Register) -> Choice | None:
    """Return a namesake in a country the document speaks of more, None if there is none."""
    share = country_share(entity, asked.setting)
    for candidate in rank_candidates(asked.name, asked.kind, asked.setting, register):
        features = dict(candidate.features)
        if features.get("exact", 0.0) == 1.0 and features["country of the text"] > share:
            words = f"the document speaks of its country more than of {entity.name}'s"
            return _chosen(candidate, words)
    return None


def _by_register(asked: Asked, register: Register) -> Choice | None:
    ranked = rank_candidates(asked.name, asked.kind, asked.setting, register)
    if not ranked:
        return None
    return _chosen(ranked[0], f"«{asked.name}» is a name of {ranked[0].label}")


def _chosen(candidate: Candidate, because: str) -> Choice:
    return Choice(candidate.entity_id, candidate.label, "register", because, candidate.features)


def _by_owner(asked: Asked, register: Register) -> Choice | None:
    """Return the one actor a description names: "FSA groups", "Syrian regime troops"."""
    if asked.kind is not EntityKind.ACTOR:
        return None
    owners: dict[str, Entity] = {}
    for mention in register.mentions(asked.name):
        entity = register.entity(mention.entity_ids[0])
        if mention.kind is EntityKind.ACTOR and entity and entity.category != "population":
            owners[entity.id] = entity
    if len(owners) != 1:
        return None
    owner = next(iter(owners.values()))
    words = f"«{asked.name}» belongs to {owner.name}, the only actor it names"
    return Choice(owner.id, owner.name, "owner", words, (("names only this actor", 1.0),))
