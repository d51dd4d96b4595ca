"""Custody: steps from a lawful supplier or maker to the holder seen, ranked chains of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enduse.model.incident import Party


@dataclass(frozen=True, slots=True)
class Sighting:
    """A weapon seen with a holder: the question a trace answers."""

    weapon: Party
    holder: Party
    at: date | None
    claims: tuple[str, ...]
    incidents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One change of holder in a chain.

    Attributes:
        mode: the transfer's mode, or "production" or an opportunity's name.
        start, end: the days between which it happened.
        probability: chance that this step happened, 0 to 1.
        inferred: True where no claim states it; `rests_on` then names what it rests on.
        lawful: True for a supply or sale by a state that no claim calls unlawful.
        weapon: what passed, as the incident names it.
    """

    giver: Party
    taker: Party
    weapon: Party
    mode: str
    start: date | None
    end: date | None
    probability: float
    inferred: bool
    claims: tuple[str, ...]
    witnesses: float
    incident_id: str | None = None
    rests_on: str = ""
    lawful: bool = False
    certainty: str = "certain"


@dataclass(frozen=True, slots=True)
class Chain:
    """One way the weapon may have come to the holder, with its share of the probability."""

    id: str
    steps: tuple[Step, ...]
    probability: float
    interval: tuple[float, float]
    words: str
    gaps: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lever:
    """A fact that, if known, would move the ranking: which, and by how much (0 to 1)."""

    fact: str
    shift: float


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer to a sighting: ranked chains that, with the remainder, share probability 1.

    `remainder` is the chance of none of these; `remainder_words` says what it holds.
    """

    id: str
    sighting: Sighting
    chains: tuple[Chain, ...]
    remainder: float
    would_change_most: tuple[Lever, ...] = ()
    remainder_words: str = ""
    notes: tuple[str, ...] = ()
