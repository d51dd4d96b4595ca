"""Which place each place name of one document means, chosen together.

In: the names of a document with where they stand, its text, and what is known of its publisher's
home. Out: one `Grounded` for each name, its features named; None where nothing fits. The method is
iterated scoring: people living there, what the text says holds it ("Paris, Texas"), the countries
and regions of the other names, nearness to them (places of one text lie together), the
publisher's home. One name has one meaning in one document unless the text says otherwise.
Nothing is refused.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

EARTH = 6371.0
ROUNDS = 3
NEAR = 120.0
HOLDS = re.compile(r"(?:,\s{0,2}|\s?\(|\s+in\s+|,\s+in\s+)(?:the\s+)?$", re.IGNORECASE)
MOST_GAP = 12


class Placement(NamedTuple):
    """A place that a name may mean.

    Attributes:
        weight: how likely it is where nothing else is known; for towns, log10 of its people.
        country, region: codes; "" where unknown or more than one.
    """

    entity_id: str
    kind: str
    lat: float
    lon: float
    weight: float
    country: str
    region: str


class Named(NamedTuple):
    """A place name where it stands in the text."""

    start: int
    end: int
    text: str


class Grounded(NamedTuple):
    """The place a name means.

    Attributes:
        rule: "name" (it is the place's name), "part" (a name inside it), "near" (unknown, taken
            to lie where the document speaks of).
        features: what each reason adds to the score.
    """

    named: Named
    place: Placement
    rule: str
    features: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each reason weighs against one power of ten of people."""

    people: float = 1.0
    most_people: float = 7.5
    country: float = 2.0
    region: float = 2.5
    near: float = 1.5
    held: float = 6.0
    home: float = 1.5


WEIGHTS = Weights()


@dataclass
class Group:
    """All mentions of one name in a document, and what the name may mean."""

    name: str
    rule: str
    placements: Sequence[Placement]
    named: list[Named]
    holders: list[Placement] = field(default_factory=list)
    scores: list[dict[str, float]] = field(default_factory=list)
    best: int = 0

    def choose(self) -> None:
        """Take the place with the highest score, the first id of equals."""
        rated = zip(self.scores, self.placements, strict=True)
        ranked = [(-sum(score.values()), place.entity_id) for score, place in rated]
        self.best = ranked.index(min(ranked))

    @property
    def place(self) -> Placement:
        """Return the place chosen."""
        return self.placements[self.best]

    @property
    def surety(self) -> float:
        """Return how far the place chosen stands before the next, 0 to 1."""
        totals = sorted((sum(score.values()) for score in self.scores), reverse=True)
        return 1.0 if len(totals) < 2 else min(1.0, 0.2 + (totals[0] - totals[1]) / 2)  # noqa: PLR2004


@dataclass(frozen=True)
class Shares:
    """The share of each country and region among the places of a publisher or a text."""

    countries: Mapping[str, float] = field(default_factory=dict)
    regions: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Iterable[tuple[Placement, float]]) -> Shares:
        """Return the shares of weighted places."""
        weighted = list(places)
        total = sum(weight for _, weight in weighted) or 1.0
        countries: dict[str, float] = defaultdict(float)
        regions: dict[str, float] = defaultdict(float)
        for place, weight in weighted:
            if place.country:
                countries[place.country] += weight / total
            if place.region:
                regions[place.region] += weight / total
        return cls(countries, regions)


def ground_names(
    text: str,
    names: Sequence[Named],
    placements_of: Callable[[str], tuple[str, Sequence[Placement]]],
    home: Shares | None = None,
    weights: Weights = WEIGHTS,
) -> list[Grounded | None]:
    """Return the place of each name, in the order given.

    Args:
        text: the document.
        names: its place names.
        placements_of: gives a name's rule ("name" or "part") and what it may mean.
        home: where the publisher is at home, if known.
        weights: how much each reason weighs.
    """
    groups = group_names(text, names, placements_of)
    live = [group for group in groups if group.placements]
    home = home or Shares()
    for round_ in range(ROUNDS):
        for group in live:
            others = [other for other in live if other is not group] if round_ else []
            score_group(group, others, home, weights)
        for group in live:
            group.choose()
    found: dict[Named, Grounded | None] = {}
    middle = focus_of(live)
    for group in groups:
        for named in group.named:
            found[named] = answer(named, group, middle)
    return [found[named] for named in names]


def answer(named: Named, group: Group, middle: Placement | None) -> Grounded | None:
    """Return the group's place for one mention, else the middle of the document."""
    if group.placements:
        scores = group.scores[group.best]
        features = tuple((name, round(value, 3)) for name, value in scores.items())
        return Grounded(named, group.place, group.rule, features)
    return Grounded(named, middle, "near", ()) if middle else None


def group_names(
    text: str,
    names: Sequence[Named],
    placements_of: Callable[[str], tuple[str, Sequence[Placement]]],
) -> list[Group]:
    """Return the names grouped by spelling and by what the text says holds them."""
    ordered = sorted(names)
    holders: dict[Named, str] = {}
    for left, right in pairwise(ordered):
        gap = text[left.end : right.start]
        if len(gap) <= MOST_GAP and HOLDS.fullmatch(gap):
            holders[left] = right.text
    groups: dict[str, Group] = {}
    for named in ordered:
        key = named.text.casefold().removeprefix("the ").strip(" .'’")
        if key not in groups:
            rule, placements = placements_of(named.text)
            groups[key] = Group(named.text, rule, placements, [])
        groups[key].named.append(named)
        if named in holders:
            groups[key].holders += placements_of(holders[named])[1]
    return list(groups.values())


def score_group(group: Group, others: Sequence[Group], home: Shares, weights: Weights) -> None:
    """Give each place the group may mean its features."""
    around = Shares.of(
        (other.place, other.surety * math.sqrt(len(other.named))) for other in others
    )
    group.scores = [
        {
            "people": weights.people * min(place.weight, weights.most_people),
            "held": weights.held * held_share(place, group.holders),
            "country": weights.country * around.countries.get(place.country, 0.0) ** 0.5,
            "region": weights.region * region_share(place, around) ** 0.5,
            "near": weights.near * nearness(place, others),
            "home": weights.home
            * (home.countries.get(place.country, 0.0) + home.regions.get(place.region, 0.0)),
        }
        for place in group.placements
    ]


def region_share(place: Placement, around: Shares) -> float:
    """Return the share of the places in its region; a country is fit by all that lies in it."""
    if place.kind == "country":
        return around.countries.get(place.country, 0.0)
    return around.regions.get(place.region, 0.0)


def held_share(place: Placement, holders: Sequence[Placement]) -> float:
    """Return 1 if one of the holders holds the place: its region, else its country, or near it."""
    best = 0.0
    for holder in holders:
        if holder.entity_id == place.entity_id:
            continue
        if holder.kind == "admin1" and holder.region == place.region:
            return 1.0
        if holder.kind == "country" and holder.country == place.country:
            best = max(best, 0.9)
        elif holder.kind not in ("country", "admin1") and distance(place, holder) < NEAR:
            best = max(best, 0.8)
    return best


def nearness(place: Placement, others: Sequence[Group]) -> float:
    """Return how near the other names' places lie, 0 to 1, those sure of themselves first."""
    shares = sorted(
        (
            other.surety * math.exp(-distance(place, other.place) / NEAR)
            for other in others
            if other.place.kind not in ("country", "admin1")
        ),
        reverse=True,
    )
    return min(1.0, sum(shares[:3]))


def distance(left: Placement, right: Placement) -> float:
    """Return the kilometres between two places."""
    one, two = math.radians(left.lat), math.radians(right.lat)
    across = math.radians(right.lon - left.lon)
    sine = math.sin((two - one) / 2) ** 2
    sine += math.cos(one) * math.cos(two) * math.sin(across / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(sine)))


def focus_of(groups: Sequence[Group]) -> Placement | None:
    """Return the place a document mostly speaks of: the most named, towns first."""
    shares: dict[Placement, float] = defaultdict(float)
    for group in groups:
        fine = {"country": 0.4, "admin1": 0.7}.get(group.place.kind, 1.0)
        shares[group.place] += fine * len(group.named)
    return max(shares, key=lambda place: (shares[place], place.entity_id), default=None)
