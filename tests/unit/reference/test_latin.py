"""Arabic words are read in Latin letters as names are written; what is not Arabic is not read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.reference.latin import latinise

LETTERS = st.text("ابتجحدرسعفقكلمنهوي", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("word", "latin"),
    [("محمد", "mohamed"), ("كريم", "karim"), ("سالم", "salem"), ("حسن", "hassan")],
)
def test_usual_names_are_among_the_first_spellings(word, latin):
    assert latin in dict(latinise(word, 5))


@pytest.mark.parametrize("word", ["Aleppo", "Москва", "5"])
def test_other_scripts_give_none(word):
    assert latinise(word) == ()


@settings(max_examples=25, deadline=None)
@given(LETTERS)
def test_shares_fall_and_add_up_to_one_at_most(word):
    found = latinise(word, 4)
    shares = [share for _, share in found]
    assert shares == sorted(shares, reverse=True)
    assert 0 < sum(shares) <= 1 + 1e-9
    assert all(spelled.isascii() for spelled, _ in found)
