"""A place in a text where a register entry, or something like one, is named."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EntityKind(StrEnum):
    """The three kinds of entity."""

    WEAPON = "weapon"
    ACTOR = "actor"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Mention:
    """Code points start to end that name an entity.

    Attributes:
        entity_ids: the register entries the name may mean, likeliest first; never empty.
        text: the words as written.
    """

    start: int
    end: int
    text: str
    kind: EntityKind
    entity_ids: tuple[str, ...]
