"""What the other names of a text tell of one: where they are at home, and what they are tied to.

In: the entries that the other names mean. Out: `Company`, which gives an entry features from 0 to
1: "shared country", the share of the other names that are at home where it is; "tied", whether the
register ties it to one of them; "class named", whether one of them is a class that it is of.
Nothing is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from enduse.model.entity import Entity
from enduse.model.mention import EntityKind

WEIGHTS = {"shared country": 0.2, "tied": 0.15, "class named": 0.15}
"""What each feature adds to a score, only to choose between namesakes."""


@dataclass(frozen=True)
class Company:
    """The entries named beside a name: the share at home in each country, and the entries."""

    countries: Mapping[str, float]
    entities: Mapping[str, Entity]
    ancestors: Callable[[str], Sequence[str]]

    @classmethod
    def of(cls, entities: Sequence[Entity], ancestors: Callable[[str], Sequence[str]]) -> Company:
        """Return the company of the entries; makers of weapons do not tell where a text plays."""
        placed = [entity for entity in entities if entity.kind is not EntityKind.WEAPON]
        counted = Counter(country for entity in placed for country in set(entity.countries))
        shares = {country: times / len(placed) for country, times in counted.items()}
        return cls(shares, {entity.id: entity for entity in entities}, ancestors)

    def features(self, entity: Entity) -> dict[str, float]:
        """Return what the company says of an entry; nothing where there is no company."""
        if not self.entities:
            return {}
        found = {"tied": float(self.is_tied(entity))}
        if entity.kind is EntityKind.WEAPON:
            classes = self.ancestors(entity.id)
            return found | {"class named": float(not self.entities.keys().isdisjoint(classes))}
        shares = (self.countries.get(country, 0.0) for country in entity.countries)
        return found | {"shared country": round(max(shares, default=0.0), 4)}

    def is_tied(self, entity: Entity) -> bool:
        """Return whether the register ties the entry to one of the company, either way."""
        if any(tie.other in self.entities for tie in entity.ties):
            return True
        others = (other for other in self.entities.values() if other.id != entity.id)
        return any(tie.other == entity.id for other in others for tie in other.ties)


def gain_of(features: Mapping[str, float]) -> float:
    """Return what the features add to a score.

    >>> gain_of({"tied": 1.0, "exact": 1.0})
    0.15
    """
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in features.items())
