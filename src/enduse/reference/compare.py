"""Whether two names may be of one thing, from named features that explain themselves.

In: pairs of names, and a kind where it is known. Out: a score and its features. Nothing is
refused. Method: one entry of the register decides; else the words of the names are paired by
sense, sound and spelling (`enduse.reference.alike`), and words left over on both sides part them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, Protocol

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from enduse.model.mention import EntityKind
from enduse.reference.alike import (
    Lore,
    Pairing,
    Said,
    initials_of,
    load_lore,
    pair_words,
    read_name,
)

ENOUGH = 0.7
"""The score from which two names are said to be the same."""

INITIALS, SLIP = 0.85, 0.9
_BATCH = 2000
_LONG_NAME, _LONG_WORD, _MOST_INITIALS = 8, 5, 6
_UNSPELLED = ("HANGUL", "CJK", "HIRAGANA", "KATAKANA")
_PLACES = ("place-", "region-", "district-")


class Pair(NamedTuple):
    """Two names, and the kind of thing they are of, if known."""

    left: str
    right: str
    kind: EntityKind | None = None


class Bearing(Protocol):
    """What is needed of the register: who bears each of many names."""

    def bearers(
        self, names: Sequence[str], kind: EntityKind | None = None
    ) -> Sequence[frozenset[str]]:
        """Return the ids of the entries that bear each name."""
        ...


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are: 0 to 1, whether that is enough, and the features."""

    left: str
    right: str
    score: float
    same: bool
    features: tuple[tuple[str, float], ...]


def compare_names(
    left: str, right: str, register: Bearing, kind: EntityKind | None = None
) -> Comparison:
    """Return how alike two names are; `compare_pairs` is faster for many.

    The features are shares from 0 to 1: "one entry of the register", "two entries of the
    register", "words that pair up", "words left over on both sides", "told apart" (a figure or
    a country on one side only, father and son changed), "run together" (the same but for one
    letter when written as one word), "initials", "spelling".
    """
    return next(compare_pairs([Pair(left, right, kind)], register))


def compare_pairs(pairs: Iterable[Pair], register: Bearing) -> Iterator[Comparison]:
    """Yield how alike the names of each pair are, in order."""
    waiting = iter(pairs)
    while batch := list(islice(waiting, _BATCH)):
        known = known_features(batch, register)
        for number, (left, right, _) in enumerate(batch):
            features = known.get(number, {}) | name_features(left, right)
            score = score_of(features)
            rounded = tuple((name, round(value, 4)) for name, value in features.items())
            yield Comparison(left, right, round(score, 4), score >= ENOUGH, rounded)


def known_features(batch: Sequence[Pair], register: Bearing) -> dict[int, dict[str, float]]:
    """Return, by number of the pair, whether the register holds both names for one entry or two."""
    found = {}
    for kind in {pair.kind for pair in batch}:
        numbers = [number for number, pair in enumerate(batch) if pair.kind is kind]
        names = [name for number in numbers for name in batch[number][:2]]
        bearers = register.bearers(names, kind)
        for place, number in enumerate(numbers):
            one, other = bearers[2 * place], bearers[2 * place + 1]
            if one & other:
                found[number] = {"one entry of the register": 1.0}
            elif told_by_register(one, kind) and told_by_register(other, kind):
                found[number] = {"two entries of the register": 1.0}
    return found


def told_by_register(bearers: frozenset[str], kind: EntityKind | None) -> bool:
    """Return whether the bearers say what the name is: a town's name alone may be a person's."""
    return any(kind is EntityKind.PLACE or not each.startswith(_PLACES) for each in bearers)


def score_of(features: dict[str, float]) -> float:
    """Return the score that the features give."""
    if "one entry of the register" in features:
        return 1.0
    if "two entries of the register" in features:
        return 0.0
    slip = features["run together"]
    if slip == 1 or features["initials"]:
        return max(slip, features["initials"])
    score = max(features["words that pair up"], slip)
    if features["words left over on both sides"] and not slip:
        score *= 0.6
    return 0.5 * score if features["told apart"] else score


def name_features(left: str, right: str) -> dict[str, float]:
    """Return the features of the names themselves."""
    lore = load_lore()
    one, other = read_name(left, lore), read_name(right, lore)
    pairing = pair_words(one, other, lore)
    initials = is_initials(one, other) or is_initials(other, one)
    return {
        "words that pair up": paired_share(pairing, one, other),
        "words left over on both sides": float(all(pairing.left_over)),
        "told apart": float(tells_apart(pairing, one, other, lore)),
        "run together": run_together(left, right, one, other),
        "initials": INITIALS if initials else 0.0,
        "spelling": fuzz.ratio(" ".join(sorted(one.strong)), " ".join(sorted(other.strong))) / 100,
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

    So do a figure on one side only, a country in one firm's name only, one short word against
    many, and father and son changed.
    """
    left = pairing.left_over[0] + pairing.left_over[1]
    if any(word.isdigit() for word in left) or pairing.crossed:
        return True
    if (one.legal or other.legal) and any(word in lore.countries for word in left):
        return True
    if not left or len(pairing.values) > 1:
        return False
    least = min(len(one.strong), len(other.strong))
    shorter = [said.strong for said in (one, other) if len(said.strong) == least]
    many = len(left) > 1 and not all(pairing.left_over)
    return many or any(
        all(word in lore.meanings for word in words) or len(max(words, key=len)) < _LONG_WORD
        for words in shorter
    )


def run_together(left: str, right: str, one: Said, other: Said) -> float:
    """Return 1 if the names are the same written as one word, less if they differ by a letter."""
    if is_unspelled(left) and is_unspelled(right):
        return float("".join(one.strong) == "".join(other.strong))
    if one.run == other.run:
        return float(bool(one.run) or left == right)
    first, second = ("".join(sorted(said.strong)) for said in (one, other))
    if min(len(first), len(second)) < _LONG_NAME or figures_of(first) != figures_of(second):
        return float(first == second)
    return SLIP if OSA.distance(first, second, score_cutoff=1) <= 1 else 0.0


def figures_of(text: str) -> str:
    """Return the figures of a text."""
    return "".join(letter for letter in text if letter.isdigit())


def is_unspelled(name: str) -> bool:
    """Return whether a name is in a script whose signs are syllables or words."""
    letter = next((letter for letter in name if letter.isalpha()), "a")
    return not letter.isascii() and unicodedata.name(letter, "").startswith(_UNSPELLED)


def is_initials(short: Said, long: Said) -> bool:
    """Return whether one name is the first letters of the other's words, or begins with them."""
    if not short.strong or len(long.strong) < 2:  # noqa: PLR2004 - one word has no initials
        return False
    head, *rest = short.strong
    if not 1 < len(head) <= _MOST_INITIALS:
        return False
    count = len(head)
    return head == initials_of(long.strong[:count]) and tuple(rest) == long.strong[count:]
