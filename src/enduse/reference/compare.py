"""Whether two names may be of one thing, from named features that explain themselves.

In: two names, and a kind if it is known. Out: a score and its features. Nothing is refused.
Method: one entry of the register decides; else the likest of the spelling, the words in any order
and the sound (both romanised) does, as rapidfuzz's ratios give them.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from enduse.model.mention import EntityKind
from enduse.ports import Register
from enduse.reference.sounds import romanise

ENOUGH = 0.88
"""The score from which two names are said to be the same."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are: 0 to 1, whether that is enough, and the features."""

    left: str
    right: str
    score: float
    same: bool
    features: tuple[tuple[str, float], ...]


def compare_names(
    left: str, right: str, register: Register, kind: EntityKind | None = None
) -> Comparison:
    """Return how alike two names are."""
    ids = [
        {candidate.entity_id for candidate in register.find(name, kind) if candidate.score >= 1}
        for name in (left, right)
    ]
    one, other = romanise(left).casefold(), romanise(right).casefold()
    features = {
        "one entry of the register": 1.0 if ids[0] & ids[1] else 0.0,
        "spelling": fuzz.ratio(one, other) / 100,
        "words in any order": fuzz.token_sort_ratio(one, other) / 100,
    }
    known_apart = bool(ids[0] and ids[1] and not ids[0] & ids[1])
    score = 0.0 if known_apart else max(features.values())
    if known_apart:
        features["two entries of the register"] = 1.0
    rounded = tuple((name, round(value, 4)) for name, value in features.items())
    return Comparison(left, right, round(score, 4), score >= ENOUGH, rounded)
