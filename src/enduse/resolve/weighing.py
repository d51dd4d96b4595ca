"""The entries a name may mean, weighed by what its document tells, each reason by its name.

In: a name, its kind and the setting of its document. Out: candidates, best first, whose features
say what counted: "exact" or "folded" spelling and "in use" (from the register), "country of the
text" (the share of the document's names at home there), "tied to others named" (a tie of the
register to an actor that the document names), "its class is named" (a weapon of a class named
there). Refused: candidates whose name the register is not sure of.
"""

from __future__ import annotations

from enduse.model.entity import Candidate, Entity
from enduse.model.mention import EntityKind
from enduse.ports import Register
from enduse.reference.compare import ENOUGH as ALIKE
from enduse.reference.compare import name_features, score_of
from enduse.resolve.setting import Setting

ENOUGH = 0.85
"""A candidate's score below which the register is not said to know the name."""

WEIGHTS = {"country of the text": 0.2, "tied to others named": 0.15, "its class is named": 0.15}


def rank_candidates(
    name: str, kind: EntityKind, setting: Setting, register: Register
) -> list[Candidate]:
    """Return the candidates the register is sure of, those that fit the setting first."""
    found = register.find(name, kind, on=setting.written)
    weighed = [_weigh(one, setting, register) for one in found if one.score >= ENOUGH]
    return [candidate for _, candidate in sorted(weighed, key=lambda each: each[0])]


def _weigh(
    candidate: Candidate, setting: Setting, register: Register
) -> tuple[tuple[float, str], Candidate]:
    entity = register.entity(candidate.entity_id)
    features = _features(entity, setting, register) if entity else {}
    total = candidate.score + sum(WEIGHTS[name] * value for name, value in features.items())
    whole = Candidate(
        candidate.entity_id,
        candidate.label,
        candidate.score,
        (*candidate.features, *((name, round(value, 4)) for name, value in features.items())),
    )
    return (-total, candidate.entity_id), whole


def _features(entity: Entity, setting: Setting, register: Register) -> dict[str, float]:
    features = {"country of the text": country_share(entity, setting)}
    if entity.kind is EntityKind.ACTOR:
        features["tied to others named"] = float(is_tied(entity, setting, register))
    elif entity.kind is EntityKind.WEAPON:
        classes = register.ancestors(entity.id)
        features["its class is named"] = float(any(each in setting.named for each in classes))
    return features


def country_share(entity: Entity, setting: Setting) -> float:
    """Return the share of the document's names that are at home where the entity is."""
    return max((setting.countries.get(country, 0.0) for country in entity.countries), default=0.0)


def is_tied(entity: Entity, setting: Setting, register: Register) -> bool:
    """Return whether the register ties the actor to another one that the document names."""
    if any(tie.other in setting.named for tie in entity.ties):
        return True
    others = (register.entity(other) for other in setting.named if other != entity.id)
    return any(tie.other == entity.id for other in others if other for tie in other.ties)


def may_stand_for(words: str, entity: Entity) -> bool:
    """Return whether the words are like one of the entity's names; shared initials are not."""
    compared = (name_features(words, name.text) for name in entity.names)
    return any(score_of({**features, "initials": 0.0}) >= ALIKE for features in compared)
