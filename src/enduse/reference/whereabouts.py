"""Which of several places a name means, from the countries and regions the text is about.

In: the readings of a name and the homes counted so far. Out: the readings, likeliest first.
The method is a weight for people living there plus a weight for each sign of the country and
region in the same text. Nothing is refused.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

COUNTRY_GAIN, REGION_GAIN = 1.6, 1.2
MOST_GAIN = COUNTRY_GAIN + REGION_GAIN
MOST_LOOKED_AT = 24


class Placed(Protocol):
    """A reading of a place: how likely it is alone, and where it lies."""

    @property
    def weight(self) -> float:
        """How likely it is where nothing else is known."""
        ...

    @property
    def country(self) -> str:
        """Its country's code."""
        ...

    @property
    def region(self) -> str:
        """Its region's code, "" if unknown."""
        ...


R = TypeVar("R", bound=Placed)


@dataclass(frozen=True)
class Homes:
    """What the countries and regions named in a text add to the weight of a place in them."""

    countries: Mapping[str, float]
    regions: Mapping[str, float]

    @classmethod
    def of(cls, homes: Iterable[tuple[str, str]]) -> Homes:
        """Return the gains of countries and regions; "" is no region.

        >>> Homes.of([("sy", "sy-11"), ("sy", "")]).countries["sy"]
        1.6
        """
        named = Counter(homes)
        everywhere = named.total() or 1
        countries: Counter[str] = Counter()
        for (country, _), times in named.items():
            countries[country] += times
        return cls(
            {code: COUNTRY_GAIN * math.sqrt(n / everywhere) for code, n in countries.items()},
            {region: REGION_GAIN for _, region in named if region},
        )

    def order(self, places: Sequence[R]) -> list[R]:
        """Return the places by weight and by the homes named in the same text."""
        countries, regions = self.countries, self.regions
        scored = [
            (
                -place.weight - countries.get(place.country, 0.0) - regions.get(place.region, 0.0),
                number,
            )
            for number, place in enumerate(places[:MOST_LOOKED_AT])
        ]
        scored.sort()
        return [places[number] for _, number in scored]
