"""Whether two names may be of one thing, from named features that explain themselves.

In: two names, and a kind if it is known. Out: a score and its features. Nothing is refused.
Method: one entry of the register decides; else the words of the names are paired by sense, sound
and spelling (`enduse.reference.alike`), and words left over on both sides part them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from enduse.model.mention import EntityKind
from enduse.ports import Register
from enduse.reference.alike import (
    Lore,
    Pairing,
    Said,
    initials_of,
    load_lore,
    pair_words,
    read_name,
)
from enduse.reference.sounds import romanise

ENOUGH = 0.7
"""The score from which two names are said to be the same."""

_LONG_NAME, _LONG_WORD, _MOST_INITIALS = 8, 5, 6
_UNSPELLED = ("HANGUL", "CJK", "HIRAGANA", "KATAKANA")


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
    """Return how alike two names are.

    The features are shares from 0 to 1: "one entry of the register", "two entries of the
    register", "words that pair up", "words left over on both sides", "spelling", "initials".
    """
    known = register_feature(left, right, register, kind)
    features = {**known, **name_features(left, right)}
    score = score_of(features)
    rounded = tuple((name, round(value, 4)) for name, value in features.items())
    return Comparison(left, right, round(score, 4), score >= ENOUGH, rounded)


def register_feature(
    left: str, right: str, register: Register, kind: EntityKind | None
) -> dict[str, float]:
    """Return whether the register holds both names as names of one entry, or of two."""
    one, other = (
        {candidate.entity_id for candidate in register.find(name, kind) if candidate.score >= 1}
        for name in (left, right)
    )
    if one & other:
        return {"one entry of the register": 1.0}
    return {"two entries of the register": 1.0} if one and other else {}


def score_of(features: dict[str, float]) -> float:
    """Return the score that the features give."""
    if "one entry of the register" in features:
        return 1.0
    if "two entries of the register" in features:
        return 0.0
    if features["words left over on both sides"] and not features["one slip"]:
        return 0.6 * features["words that pair up"]
    score = max(features["words that pair up"], features["initials"], features["one slip"])
    return 0.5 * score if features["told apart"] else score


def name_features(left: str, right: str) -> dict[str, float]:
    """Return the features of the names themselves."""
    lore = load_lore()
    one, other = read_name(left, lore), read_name(right, lore)
    pairing = pair_words(one, other, lore)
    return {
        "words that pair up": paired_share(pairing, one, other),
        "words left over on both sides": float(all(pairing.left_over)),
        "told apart": float(tells_apart(pairing, one, other, lore)),
        "one slip": one_slip(left, right, one, other),
        "initials": 0.85 if is_initials(one, other) or is_initials(other, one) else 0.0,
        "spelling": fuzz.token_sort_ratio(romanise(left).lower(), romanise(right).lower()) / 100,
    }


def paired_share(pairing: Pairing, one: Said, other: Said) -> float:
    """Return how much of the shorter name pairs up, and how well; words left over cost a little."""
    shorter = min(len(one.strong), len(other.strong), len(pairing.values) + 1)
    if not pairing.values:
        return 0.0
    left = len(pairing.left_over[0]) + len(pairing.left_over[1])
    mean = sum(pairing.values) / max(shorter, len(pairing.values))
    return max(mean - 0.02 * left, 0.0)


def tells_apart(pairing: Pairing, one: Said, other: Said, lore: Lore) -> bool:
    """Return whether what is left over, or the order, says that they are two.

    So do a figure on one side only, one short word against many, and father and son changed.
    """
    left = pairing.left_over[0] + pairing.left_over[1]
    if any(word.isdigit() for word in left) or pairing.crossed:
        return True
    if not left or len(pairing.values) > 1:
        return False
    paired = min(one.strong, other.strong, key=len)
    generic = all(word in lore.meanings for word in paired)
    return generic or max(map(len, paired)) < _LONG_WORD


def one_slip(left: str, right: str, one: Said, other: Said) -> float:
    """Return how alike the names are run together, if they differ by one letter at most."""
    if is_unspelled(left) and is_unspelled(right):
        return float("".join(one.strong) == "".join(other.strong))
    first, second = ("".join(sorted(said.strong) and said.strong) for said in (one, other))
    if min(len(first), len(second)) < _LONG_NAME or has_figures(first) != has_figures(second):
        return float(first == second)
    return 0.9 if OSA.distance(first, second) <= 1 else 0.0


def has_figures(text: str) -> str:
    """Return the figures of a text."""
    return "".join(letter for letter in text if letter.isdigit())


def is_unspelled(name: str) -> bool:
    """Return whether a name is in a script whose signs are syllables or words."""
    letters = [letter for letter in name if letter.isalpha()]
    return bool(letters) and unicodedata.name(letters[0], "").startswith(_UNSPELLED)


def is_initials(short: Said, long: Said) -> bool:
    """Return whether one name is the first letters of the other's words, or begins with them."""
    if not short.strong or len(long.strong) < 2:  # noqa: PLR2004 - one word has no initials
        return False
    head, *rest = short.strong
    if not 1 < len(head) <= _MOST_INITIALS:
        return False
    count = len(head)
    return head == initials_of(long.strong[:count]) and tuple(rest) == long.strong[count:]
