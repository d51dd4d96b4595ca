"""A place in a text where a register entry, or something like one, is named."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class EntityKind(StrEnum):
    """The three kinds of entity."""

    WEAPON = "weapon"
    ACTOR = "actor"
    PLACE = "place"


class Mention(msgspec.Struct, frozen=True, gc=False):
    """Code points start to end that name an entity.

    Attributes:
        entity_ids: the register entries the name may mean, likeliest first; never empty.
        text: the words as written.

    A text of news has thousands in a megabyte, so this is of the kind that is made fastest.
    """

    start: int
    end: int
    text: str
    kind: EntityKind
    entity_ids: tuple[str, ...]
