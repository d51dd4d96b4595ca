"""One name to the entity it means, with the features that decided, or to none.

The order is fixed: a person's judgement; the register's entry that the extractor read in the text;
the register's entries for the name, the setting choosing between namesakes; the actor that a
description belongs to ("FSA groups"); an entity of this case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from enduse.model.entity import Candidate, Entity
from enduse.model.mention import EntityKind
from enduse.ports import Register
from enduse.resolve.judged import Judged, fold_name
from enduse.resolve.setting import Setting

ENOUGH = 0.85
"""A candidate's score below which the register is not said to know the name."""

_SETTING_WEIGHT = 0.2
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
    told = _by_person(asked, register, judged)
    if told is not None:
        return told
    for choice in (
        _by_reading(asked, register),
        _by_register(asked, register),
        _by_owner(asked, register),
    ):
        if choice is None:
            continue
        if judged.forbids(asked.name, choice.entity_id, choice.label) is None:
            return choice
    return None


def _by_person(asked: Asked, register: Register, judged: Judged) -> Choice | None:
    """Follow the names judged the same, until one is an entry's id or the register knows it."""
    seen, waiting = {fold_name(asked.name)}, [fold_name(asked.name)]
    for _ in range(_MOST_STEPS):
        waiting = [other for name in waiting for other in judged.same.get(name, ())]
        waiting = [other for other in dict.fromkeys(waiting) if other not in seen]
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
    rivals = [c for c in _rank(asked, register) if c.score >= ENOUGH and c.entity_id != entity.id]
    better = [c for c in rivals if _fit(c, register, asked.setting) > _share(entity, asked.setting)]
    if asked.kind is EntityKind.PLACE and better and _spelled(better[0]):
        return _chosen(
            better[0], f"the document speaks of its country more than of {entity.name}'s"
        )
    words = f"«{asked.name}» stands for {entity.name} in the text"
    return Choice(entity.id, entity.name, "register", words, (("read in the text", 1.0),))


def _by_register(asked: Asked, register: Register) -> Choice | None:
    ranked = _rank(asked, register)
    if not ranked or ranked[0].score < ENOUGH:
        return None
    return _chosen(ranked[0], f"«{asked.name}» is a name of {ranked[0].label}")


def _chosen(candidate: Candidate, because: str) -> Choice:
    return Choice(candidate.entity_id, candidate.label, "register", because, candidate.features)


def _rank(asked: Asked, register: Register) -> list[Candidate]:
    """Return the candidates, namesakes in the document's own countries first."""
    found = register.find(asked.name, asked.kind, on=_day(asked.setting))
    return sorted(
        found,
        key=lambda c: (-c.score - _SETTING_WEIGHT * _fit(c, register, asked.setting), c.entity_id),
    )


def _fit(candidate: Candidate, register: Register, setting: Setting) -> float:
    entity = register.entity(candidate.entity_id)
    return _share(entity, setting) if entity else 0.0


def _share(entity: Entity, setting: Setting) -> float:
    return max((setting.countries.get(country, 0.0) for country in entity.countries), default=0.0)


def _spelled(candidate: Candidate) -> bool:
    return dict(candidate.features).get("exact", 0.0) == 1.0


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


def _day(setting: Setting) -> date | None:
    return setting.written
