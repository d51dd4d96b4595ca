"""Who, what and where the made case speaks of: invented names, part of them tied to entries.

A third of the actors and half of the weapons are tied to entries of the register, a third of the
actors to entities of the case, the rest are bare names, as in a real case.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from enduse.model.claim import Part, Role
from enduse.model.entity import Entity, Name
from enduse.model.mention import EntityKind
from enduse.ports import Register
from enduse.reference import sources

_WEAPONS, _ACTORS, _PLACES = 300, 5000, 2000
_TOWNS = ("Palmyra", "Sirte", "Tikrit", "Idlib", "Mosul", "Aden", "Taiz", "Misrata", "Kobani")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as the sentences give it, and what it is tied to."""

    text: str
    reference: str | None = None
    name: str | None = None

    def role(self, part: Part, *, resolved: bool) -> Role:
        """Return the role it plays, tied to its entry if resolved."""
        tied = (self.reference, self.name) if resolved else (None, None)
        return Role(part, self.text, reference=tied[0], name=tied[1])


@dataclass(frozen=True)
class Names:
    """All names of the case, and the entities that only the case knows."""

    weapons: tuple[Named, ...]
    actors: tuple[Named, ...]
    places: tuple[Named, ...]
    entities: tuple[Entity, ...]

    def weapon(self, chance: random.Random) -> Named:
        """Return a weapon."""
        return chance.choice(self.weapons)

    def actor(self, chance: random.Random) -> Named:
        """Return an actor: names are used as unevenly as in the world, few often, most seldom."""
        return self.actors[min(int(chance.paretovariate(0.6)), len(self.actors)) - 1]

    def place(self, chance: random.Random) -> Named:
        """Return a place."""
        return chance.choice(self.places)


def make_names(register: Register) -> Names:
    """Return the names, the same at each call."""
    listed = Path(sources.DATA, "ids.lock").read_text(encoding="utf-8").split()
    entries = [entity for key in listed if (entity := register.entity(key)) is not None]
    arms = _of(entries, EntityKind.WEAPON, _WEAPONS // 2)
    armed = _of(entries, EntityKind.ACTOR, _ACTORS // 3)
    weapons = [_tied(entity, f"launcher {number}") for number, entity in enumerate(arms)]
    weapons += [Named(f"launcher type {n}") for n in range(len(weapons), _WEAPONS)]
    made = tuple(_made(number) for number in range(1, _ACTORS, 3))
    actors = [Named(f"brigade {number}") for number in range(_ACTORS)]
    for number, entity in enumerate(armed):
        actors[number * 3] = _tied(entity, f"brigade {number * 3}")
    for number, entity in enumerate(made):
        actors[number * 3 + 1] = Named(f"brigade {number * 3 + 1}", entity.id, entity.name)
    places = [Named(f"village {number}") for number in range(_PLACES)]
    for number, town in enumerate(_TOWNS):
        found = register.find(town, EntityKind.PLACE)
        if found:
            places[number * 9] = Named(town, found[0].entity_id, found[0].label)
    return Names(tuple(weapons), tuple(actors), tuple(places), made)


def _of(entries: Sequence[Entity], kind: EntityKind, most: int) -> list[Entity]:
    fitting = [entity for entity in entries if entity.kind is kind]
    step = max(1, len(fitting) // most)
    return fitting[::step][:most]


def _tied(entity: Entity, text: str) -> Named:
    return Named(text, entity.id, entity.name)


def _made(number: int) -> Entity:
    label = f"Brigade {number}"
    return Entity(
        f"case-brigade-{number}",
        EntityKind.ACTOR,
        "armed-group",
        label,
        names=(Name(label), Name(f"brigade {number}")),
    )
