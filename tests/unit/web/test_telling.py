"""Words of a fixed set are said in the reader's language; names and numbers are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.web.render import translations
from enduse.web.telling import tell

ARABIC = translations("ar")


def arabic(words):
    return tell(words, lambda english: ARABIC.get(english, english))


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("transfer, capture, done", "نقل, استيلاء, حدث"),
        ("between 1 May 2015 and 9 June 2015", "بين 1 مايو 2015 و9 يونيو 2015"),
        ("20 May 2015", "20 مايو 2015"),
        ("Mar 2014", "مارس 2014"),
        ("after 3 March 2014: loss, destroyed", "بعد 3 مارس 2014: فقد, تدمير"),
        ("May Brigade", "May Brigade"),
        ("the mill near the river", "the mill near the river"),
    ],
)
def test_fixed_words(english, told):
    if "نقل" in told or "فقد" in told:
        told = told.replace("نقل", ARABIC["transfer"]).replace("فقد", ARABIC["loss"])
        told = told.replace("حدث", ARABIC["done"])
    assert arabic(english) == told


def test_parts_are_said_and_names_are_not():
    told = arabic("use: actor Free Syrian Army, weapon BGM-71 TOW")
    assert told.startswith(f"{ARABIC['use']}: {ARABIC['actor']} Free Syrian Army, ")
    assert told.endswith("BGM-71 TOW")


@given(st.text(max_size=80))
def test_english_is_left_alone_and_nothing_is_too_odd(words):
    assert tell(words, lambda english: english) == words
    assert isinstance(arabic(words), str)
