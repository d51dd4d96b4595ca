"""What a stretch of text may mean: the readings of a name, and how they are kept.

In: nothing. Out: the types that the matcher fills. Nothing is refused.
"""

from __future__ import annotations

from typing import NamedTuple

from enduse.model.mention import EntityKind
from enduse.reference.nearby import Wanted


class Reading(NamedTuple):
    """One meaning of a name: where the entity is kept, what it asks for, its weight and home.

    Its id is "" until it is known to be asked for.
    """

    layer: int
    entity: int
    asks: int
    weight: float
    country: str
    region: str
    entity_id: str = ""


class Sort(NamedTuple):
    """The readings of a name that ask for the same, and the words they need near, if any."""

    asks: int
    wanted: Wanted | None
    readings: tuple[Reading, ...]


class Meaning(NamedTuple):
    """What a stretch of text may mean.

    Attributes:
        readings: the readings that count, likeliest first.
        kinds: each kind with its ids; of the place kind, only where its order is settled.
        places: readings as places, with ids, whose order depends on what else the text names.
        home: the country and region of a place not in doubt.
    """

    readings: tuple[Reading, ...]
    kinds: tuple[tuple[EntityKind, tuple[str, ...]], ...] = ()
    places: tuple[Reading, ...] = ()
    home: tuple[str, str] | None = None


class Group(NamedTuple):
    """The readings of a name by what they ask for.

    Attributes:
        cased: whether it counts how the name is written.
        reads: whether the sentence must be read, not only the name and what stands beside.
        always: what it means wherever it stands; None if that depends on where.
        known: what it means, by the bits of `Beside`, filled as met.
        fits: what it means, by the sorts that count, as bits, filled as met.
    """

    sorts: tuple[Sort, ...]
    cased: bool
    reads: bool
    always: Meaning | None
    known: dict[int, Meaning]
    fits: dict[int, Meaning]


Stretch = tuple[int, int, Meaning]
"""Where a stretch of text that names something starts and ends, and what it may mean."""
NOTHING = Meaning(())


def by_weight(reading: Reading) -> float:
    """Return what orders readings, the likeliest first."""
    return -reading.weight
