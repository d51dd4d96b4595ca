"""Claims that cannot all be true, set side by side and never settled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Matter(StrEnum):
    """What the sides differ in."""

    WHETHER = "whether it happened"
    WHO = "who did it"
    OUTCOME = "what came of it"
    FIGURE = "how many"


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says: in words, in which incident, by which claims, with how many witnesses.

    `independent` is the effective number of independent witnesses of that incident; None where
    the side is only a part of it (a denial, one of several figures).
    """

    words: str
    incident_id: str
    claims: tuple[str, ...]
    independent: float | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Sides that exclude one another.

    Attributes:
        id: `contradiction-` and a hash of the matter and the sides' claims.
        sides: two or more, in order of their words.
    """

    id: str
    matter: Matter
    sides: tuple[Side, ...]
