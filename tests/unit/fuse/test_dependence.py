"""Copies told from shared errors, and truth found in spite of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.fuse.dependence import DependenceOptions, Vote, find_truth

QUESTIONS = [f"q{i:02}" for i in range(30)]


def speak(speaker, wrong):
    return [Vote(speaker, each, wrong.get(each, "true")) for each in QUESTIONS]


def test_copiers_of_a_false_value_do_not_outvote_those_who_know():
    """Five share six rare errors; four err apart; where all stand, five are against four."""
    errors = {each: f"error-{each}" for each in QUESTIONS[:6]}
    votes = [vote for i in range(5) for vote in speak(f"copy-{i}", errors)]
    for i in range(4):
        apart = dict.fromkeys(QUESTIONS[6 + 4 * i : 10 + 4 * i], f"slip-{i}")
        votes += speak(f"own-{i}", apart)
    majority = find_truth(votes, DependenceOptions(dependence=False))
    found = find_truth(votes)
    assert majority.best("q00").startswith("error")
    assert {found.best(each) for each in QUESTIONS} == {"true"}
    assert found.copying["copy-1", "copy-2"] > 0.9
    assert found.copying["own-1", "own-2"] < 0.5


def test_nobody_says_nothing():
    assert find_truth([]).chances == {}


votes = st.lists(
    st.builds(
        Vote,
        st.sampled_from([f"s{i}" for i in range(6)]),
        st.sampled_from([f"q{i}" for i in range(5)]),
        st.sampled_from(["a", "b", "c"]),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(votes, st.randoms())
def test_chances_are_chances_and_order_never_matters(cast, rng):
    found = find_truth(cast)
    shuffled = list(cast)
    rng.shuffle(shuffled)
    assert find_truth(shuffled) == found
    for values in found.chances.values():
        assert all(0 <= chance <= 1 for chance in values.values())
        assert sum(values.values()) <= 1 + 1e-9
    assert all(0 <= chance <= 1 + 1e-9 for chance in found.copying.values())
