"""Copies told from shared errors, and truth found in spite of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.fuse.dependence import DependenceOptions, Vote, find_truth

RIGHT = {f"q{i}": "true" for i in range(12)}


def speak(speaker, wrong):
    return [
        Vote(speaker, question, wrong.get(question, value)) for question, value in RIGHT.items()
    ]


def test_copiers_of_a_false_value_do_not_outvote_those_who_know():
    """Three share five rare errors; two others err apart; on q0 three stand against two."""
    errors = {f"q{i}": f"error-{i}" for i in range(5)}
    votes = [vote for name in ("copy-1", "copy-2", "copy-3") for vote in speak(name, errors)]
    votes += speak("own-1", {"q9": "other"}) + speak("own-2", {"q10": "another"})
    majority = find_truth(votes, DependenceOptions(dependence=False))
    assert majority.best("q0") == "error-0"
    found = find_truth(votes)
    assert found.best("q0") == "true"
    assert found.copying["copy-1", "copy-2"] > 0.9
    assert found.copying.get(("own-1", "own-2"), 0.0) < 0.5


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
