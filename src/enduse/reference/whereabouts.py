"""Which of several places a name means, from the countries and regions the text is about.

In: the readings of a name and the homes counted so far. Out: the readings, likeliest first.
The method is a weight for people living there plus a weight for each sign of the country and
region in the same text. Nothing is refused.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from enduse.reference.layers import Layer

COUNTRY_GAIN, REGION_GAIN = 1.6, 1.2
MOST_LOOKED_AT = 40

R = TypeVar("R", bound="tuple[int, int, int, int, float]")


@dataclass
class Homes:
    """How often each country and region is named."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)

    def add(self, country: str, region: str) -> None:
        """Count one name."""
        self.countries[country] += 1
        if region:
            self.regions[region] += 1


def order_readings(readings: Sequence[R], layers: Sequence[Layer], homes: Homes) -> list[R]:
    """Return the readings by weight and by the homes named in the same text."""
    everywhere = homes.countries.total() or 1
    scored = []
    for place, reading in enumerate(readings[:MOST_LOOKED_AT]):
        layer, number = layers[reading[0]], reading[1]
        share = homes.countries[layer.country_of(number)] / everywhere
        score = reading[4] + COUNTRY_GAIN * math.sqrt(share)
        if homes.regions and homes.regions[layer.region_of(number)]:
            score += REGION_GAIN
        scored.append((-score, place, reading))
    return [reading for _, _, reading in sorted(scored)]
