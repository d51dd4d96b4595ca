"""Who copies whom, told from shared rare errors; and what is true once copies are discounted.

In: which value each speaker gives for each question. Out: the chance of each value, how often
each speaker is right, and for each two speakers the chance that one copies the other.

The method is that of Dong, Berti-Equille and Srivastava, "Integrating conflicting data: the role
of source dependence" (VLDB 2009). Two who know by themselves agree mostly on what is true, for
there is one truth and many errors; two who share values that are likely false, one of them got
from the other. Three things are worked out in turn until they rest: the chance of each value from
the votes of speakers, each vote weighed by accuracy and by the chance that it is no copy; the
accuracy of each speaker from the chances of its values; the chance of copying from what pairs of
speakers share and where they differ. Here, as in the authors' later work, a false value that many
give tells little and a rare one much; "true" and "false" enter by their chances, not as decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LEAST_ACCURACY, MOST_ACCURACY = 0.05, 0.99
DOUBT = 2.0


@dataclass(frozen=True, slots=True)
class DependenceOptions:
    """The assumptions, all of which the paper names.

    Attributes:
        copying: chance before any evidence that of two speakers one copies the other.
        copied: part of its values that a copier copies.
        false_values: how many false values a question has on average.
        accuracy: of a speaker nothing is known of.
        rounds: most times everything is worked out anew.
        dependence: False for the method without it, to compare.
    """

    copying: float = 0.05
    copied: float = 0.5
    false_values: float = 10.0
    accuracy: float = 0.8
    rounds: int = 20
    dependence: bool = True


@dataclass(frozen=True, slots=True)
class Vote:
    """One speaker's value for one question."""

    speaker: str
    question: str
    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    """What the votes amount to.

    Attributes:
        chances: by question, by value, 0 to 1; values nobody gives hold the remainder.
        accuracy: by speaker.
        copying: by pair of speakers in order of name, the chance that one copies the other;
            only pairs that share a value.
    """

    chances: Mapping[str, Mapping[str, float]]
    accuracy: Mapping[str, float]
    copying: Mapping[tuple[str, str], float]

    def best(self, question: str) -> str:
        """Return the likeliest value, the first in order where equal."""
        values = self.chances[question]
        return min(values, key=lambda value: (-values[value], value))


@dataclass(frozen=True, slots=True)
class _Table:
    """Votes as numbers: for each its speaker and its candidate (question and value)."""

    speakers: tuple[str, ...]
    candidates: tuple[tuple[str, str], ...]
    speaker: Ints
    candidate: Ints
    question: Ints
    pairs: _Pairs


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Each two votes on one question by different speakers.

    `pair` numbers the two speakers; `one` and `other` are votes, the lower speaker first.
    """

    names: Ints
    pair: Ints
    one: Ints
    other: Ints
    same: NDArray[np.bool_]


def find_truth(
    votes: Iterable[Vote],
    options: DependenceOptions = DependenceOptions(),
) -> Truth:
    """Return the chances of values, accuracies and copying that explain the votes best.

    A speaker that gives several values for one question is taken at the first in order.

    >>> votes = [Vote(who, "count", "40") for who in ("a", "b")] + [Vote("c", "count", "60")]
    >>> find_truth(votes).best("count")
    '40'
    """
    table = _tabulate(votes)
    accuracy = np.full(len(table.speakers), options.accuracy)
    copies = np.zeros((len(table.pairs.names), 2))
    chances = _vote_shares(table)
    for _ in range(options.rounds):
        if options.dependence:
            copies = _copy_chances(table, accuracy, chances, options)
        weights = _independence(table, accuracy, copies, options)
        updated = _value_chances(table, accuracy, weights, options)
        accuracy = _accuracies(table, updated)
        moved = float(np.abs(updated - chances).max(initial=0.0))
        chances = updated
        if moved < 1e-4:  # noqa: PLR2004 - far below what anyone reads
            break
    return _read_off(table, chances, accuracy, copies)


def _tabulate(votes: Iterable[Vote]) -> _Table:
    first: dict[tuple[str, str], str] = {}
    for vote in sorted(votes, key=lambda each: (each.question, each.speaker, each.value)):
        first.setdefault((vote.question, vote.speaker), vote.value)
    speakers = tuple(sorted({speaker for _, speaker in first}))
    candidates = tuple(sorted({(question, value) for (question, _), value in first.items()}))
    questions = {question: at for at, question in enumerate(sorted({q for q, _ in candidates}))}
    number = {name: at for at, name in enumerate(speakers)}
    place = {each: at for at, each in enumerate(candidates)}
    speaker = np.array([number[who] for _, who in first], np.int64)
    candidate = np.array([place[q, value] for (q, _), value in first.items()], np.int64)
    asked = np.array([questions[question] for question, _ in candidates], np.int64)
    return _Table(speakers, candidates, speaker, candidate, asked, _pair(speaker, candidate, asked))


def _pair(speaker: Ints, candidate: Ints, question: Ints) -> _Pairs:
    by_question: dict[int, list[int]] = {}
    for vote, each in enumerate(question[candidate].tolist()):
        by_question.setdefault(each, []).append(vote)
    rows = [pair for votes in by_question.values() for pair in combinations(votes, 2)]
    both = np.array(rows, np.int64).reshape(-1, 2)
    turned = speaker[both[:, 0]] > speaker[both[:, 1]]
    both[turned] = both[turned][:, ::-1]
    keys = (speaker[both[:, 0]] << 32) | speaker[both[:, 1]]
    names, pair = np.unique(keys, return_inverse=True)
    same = candidate[both[:, 0]] == candidate[both[:, 1]]
    return _Pairs(names, pair, both[:, 0], both[:, 1], same)


def _vote_shares(table: _Table) -> Floats:
    """Return the part of the votes that each candidate has.

    To start from shares, and not from what equal speakers would make nearly certain, leaves room
    to see that a majority shares errors.
    """
    given = np.bincount(table.candidate, minlength=len(table.candidates)).astype(np.float64)
    asked = np.bincount(table.question, given)
    shares: Floats = given / asked[table.question] if len(given) else given
    return shares


def _value_chances(
    table: _Table, accuracy: Floats, weights: Floats, options: DependenceOptions
) -> Floats:
    """Return the chance of each candidate; values that nobody gives share the remainder."""
    scores = np.log(options.false_values * accuracy / (1 - accuracy))
    total = np.bincount(
        table.candidate, weights * scores[table.speaker], minlength=len(table.candidates)
    )
    questions = int(table.question.max(initial=-1)) + 1
    top = np.zeros(questions)
    np.maximum.at(top, table.question, total)
    lifted = np.exp(total - top[table.question])
    given = np.bincount(table.question, minlength=questions)
    unseen = np.maximum(options.false_values + 1 - given, 0) * np.exp(-top)
    sums = np.bincount(table.question, lifted, minlength=questions) + unseen
    return np.asarray(lifted / sums[table.question])


def _accuracies(table: _Table, chances: Floats) -> Floats:
    size = len(table.speakers)
    counts = np.bincount(table.speaker, minlength=size)
    sums = np.bincount(table.speaker, chances[table.candidate], minlength=size)
    # a speaker of few values is taken to be much as the others are
    mean = sums.sum() / max(counts.sum(), 1)
    likely: Floats = (sums + DOUBT * mean) / (counts + DOUBT)
    return likely.clip(LEAST_ACCURACY, MOST_ACCURACY)


def _copy_chances(
    table: _Table, accuracy: Floats, chances: Floats, options: DependenceOptions
) -> Floats:
    """Return for each pair the chances that the one copies the other, and the other way round.

    A common value speaks for copying by how unlikely it is that two arrive at it apart. That is
    little for what is likely true or a common error, and much for a rare one.
    """
    pairs, kept = table.pairs, 1 - options.copied
    value = table.candidate[pairs.one]
    true, rarity = chances[value], _error_chances(table, options)[value]
    left, right = accuracy[table.speaker[pairs.one]], accuracy[table.speaker[pairs.other]]
    apart = true * left * right + (1 - true) * (1 - left) * (1 - right) * rarity**2
    logs = [np.full(len(pairs.names), np.log(1 - options.copying))]
    for lender in (right, left):
        said = true * lender + (1 - true) * (1 - lender) * rarity
        bound = np.where(pairs.same, np.log(options.copied * said / apart + kept), np.log(kept))
        total = np.bincount(pairs.pair, bound, minlength=len(pairs.names))
        logs.append(np.log(options.copying / 2) + total)
    stacked = np.stack(logs)
    lifted = np.exp(stacked - stacked.max(axis=0, initial=-np.inf))
    chance: Floats = (lifted[1:] / lifted.sum(axis=0)).T
    return chance


def _error_chances(table: _Table, options: DependenceOptions) -> Floats:
    """Return how likely who errs gives this value: what speakers beside any two of them give.

    One value that nobody has given counts as much as one vote for each false value expected.
    """
    given = np.bincount(table.candidate, minlength=len(table.candidates)).astype(np.float64)
    asked = np.bincount(table.question, given)[table.question]
    others = np.maximum(given - 2, 0), np.maximum(asked - 2, 0)
    chance: Floats = (others[0] + 1) / (others[1] + options.false_values)
    return chance


def _independence(
    table: _Table, accuracy: Floats, copies: Floats, options: DependenceOptions
) -> Floats:
    """Return for each vote the chance that it is the speaker's own.

    Speakers of one value are taken in order of accuracy; each counts less for every earlier one
    that it may have copied from.
    """
    pairs = table.pairs
    left, right = table.speaker[pairs.one], table.speaker[pairs.other]
    first = (accuracy[left] > accuracy[right]) | (
        (accuracy[left] == accuracy[right]) & (left < right)
    )
    later = np.where(first, pairs.other, pairs.one)
    chance = np.minimum(copies.sum(axis=1), 1.0)[pairs.pair] * options.copied
    logs = np.where(pairs.same, np.log1p(-np.minimum(chance, 1 - 1e-9)), 0.0)
    return np.exp(np.bincount(later, logs, minlength=len(table.speaker)))


def _read_off(table: _Table, chances: Floats, accuracy: Floats, copies: Floats) -> Truth:
    by_question: dict[str, dict[str, float]] = {}
    for (question, value), chance in zip(table.candidates, chances.tolist(), strict=True):
        by_question.setdefault(question, {})[value] = chance
    pairs = table.pairs
    shared = np.bincount(pairs.pair, pairs.same, minlength=len(pairs.names)) > 0
    either = copies.sum(axis=1)
    copying = {
        (table.speakers[name >> 32], table.speakers[name & 0xFFFF_FFFF]): float(either[at])
        for at, name in enumerate(pairs.names.tolist())
        if shared[at]
    }
    named = dict(zip(table.speakers, accuracy.tolist(), strict=True))
    return Truth(by_question, named, copying)
