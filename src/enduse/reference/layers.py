"""Layers of the register: the listed entries, the world's places, and what a user adds.

In: a lexicon and where its entities are kept. Out: the entity, the id and the country behind each
number of a reading. Entities are made when they are asked for, not when the layer opens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from enduse.model.entity import Entity
from enduse.reference.lexicon import Lexicon
from enduse.reference.places import PlaceTable

_ENTITY = msgspec.msgpack.Decoder(Entity)
LEXICON_FIELDS = tuple(Lexicon.__dataclass_fields__)
TABLE_ARRAYS = (
    "kinds",
    "numbers",
    "lats",
    "lons",
    "people",
    "countries",
    "regions",
    "offsets",
    "body",
)
TABLE_LISTS = ("country_codes", "region_codes", "codes")


class Layer(Protocol):
    """What the matcher and the search need of a layer."""

    @property
    def lexicon(self) -> Lexicon:
        """The names."""
        ...

    @property
    def needed(self) -> Sequence[Sequence[str]]:
        """The lists of words of which one must stand near, by number."""
        ...

    def id_of(self, number: int) -> str:
        """Return the id of an entity."""
        ...

    def country_of(self, number: int) -> str:
        """Return its first country, "" if it has none."""
        ...

    def region_of(self, number: int) -> str:
        """Return the code of the region that holds it, "" if unknown."""
        ...

    def entity(self, number: int) -> Entity:
        """Return the entity."""
        ...

    def find(self, entity_id: str) -> int | None:
        """Return the number of an entity, None if the layer lacks it."""
        ...


@dataclass(frozen=True)
class ListedLayer:
    """Entries from reviewed files.

    Attributes:
        ids, homes: id and first country of each entity.
        offsets, body: each entity as MessagePack.
        parents: what each id belongs to, nearest first.
    """

    lexicon: Lexicon
    needed: tuple[tuple[str, ...], ...]
    ids: tuple[str, ...]
    homes: tuple[str, ...]
    offsets: NDArray[np.uint32]
    body: NDArray[np.uint8]
    parents: Mapping[str, Sequence[str]]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the number of each id."""
        return {entity_id: number for number, entity_id in enumerate(self.ids)}

    def id_of(self, number: int) -> str:
        """Return the id of an entity."""
        return self.ids[number]

    def country_of(self, number: int) -> str:
        """Return its first country, "" if it has none."""
        return self.homes[number]

    def region_of(self, number: int) -> str:  # noqa: ARG002 - sites do not say their region
        """Return no region: sites do not say theirs."""
        return ""

    def entity(self, number: int) -> Entity:
        """Return the entity."""
        first, last = int(self.offsets[number]), int(self.offsets[number + 1])
        return _ENTITY.decode(self.body[first:last].tobytes())

    def find(self, entity_id: str) -> int | None:
        """Return the number of an entity, None if the layer lacks it."""
        return self.numbers.get(entity_id)


@dataclass(frozen=True)
class PlaceLayer:
    """Towns and regions of the world."""

    lexicon: Lexicon
    needed: tuple[tuple[str, ...], ...]
    table: PlaceTable
    sounds: NDArray[np.uint32]
    sounding: NDArray[np.uint32]

    def id_of(self, number: int) -> str:
        """Return the id of a place."""
        return self.table.id_of(number)

    def country_of(self, number: int) -> str:
        """Return its country."""
        return self.table.country_of(number)

    def region_of(self, number: int) -> str:
        """Return its country and first-level region as one code."""
        region = self.table.region_codes[int(self.table.regions[number])]
        return f"{self.table.country_of(number)}-{region}"

    def entity(self, number: int) -> Entity:
        """Return the place."""
        return self.table.entity(number)

    def find(self, entity_id: str) -> int | None:
        """Return the number of a place, None if the layer lacks it."""
        return self.table.find(entity_id)


def pack_lexicon(lexicon: Lexicon) -> dict[str, NDArray[Any]]:
    """Return the lexicon's arrays by name."""
    return {name: getattr(lexicon, name) for name in LEXICON_FIELDS}


def unpack_lexicon(arrays: Mapping[str, NDArray[Any]]) -> Lexicon:
    """Return the lexicon that the arrays hold."""
    return Lexicon(**{name: arrays[name] for name in LEXICON_FIELDS})


def open_listed(arrays: Mapping[str, NDArray[Any]], plain: Mapping[str, Any]) -> ListedLayer:
    """Return the layer of listed entries."""
    return ListedLayer(
        unpack_lexicon(arrays),
        tuple(map(tuple, plain["needed"])),
        tuple(plain["ids"]),
        tuple(plain["homes"]),
        arrays["entity_offsets"],
        arrays["entity_body"],
        plain["parents"],
    )


def open_places(arrays: Mapping[str, NDArray[Any]], plain: Mapping[str, Any]) -> PlaceLayer:
    """Return the layer of places."""
    columns: dict[str, Any] = {name: arrays[f"place_{name}"] for name in TABLE_ARRAYS}
    columns |= {name: tuple(plain[name]) for name in TABLE_LISTS}
    table = PlaceTable(**columns)
    return PlaceLayer(unpack_lexicon(arrays), ((),), table, arrays["sounds"], arrays["sounding"])
