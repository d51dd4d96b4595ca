"""Names are compared by what their words mean, sound like and leave over; order never matters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.model.mention import EntityKind
from enduse.reference.compare import Pair, compare_names, compare_pairs
from enduse.reference.register import load_register

SAME = [
    ("Jabhat al-Nusra", "Nusra Front"),
    ("Ivan Petrov", "Иван Петров"),
    ("Karim Haddad", "كريم حداد"),
    ("Northern Steel Limited", "Northern Steel Ltd."),
    ("Anna Maria Keller", "Keller, Anna Maria"),
    ("Brigade Forty Two", "42nd Brigade"),
    ("Free Hill Army", "FHA"),
    ("Van der Berg Trading", "Vanderberg Trading"),
    ("Mohammed Darwish", "Muhammad Darwiche"),
    ("Robert Hale", "Bob Hale"),
]
DIFFERENT = [
    ("Syria", "Iraq"),
    ("Ivan Petrov", "Ivan Sidorov"),
    ("Brigade 42", "Brigade 43"),
    ("Delta Arms GmbH", "Delta Arms Mexico GmbH"),
    ("Salim bin Nasser", "Nasser bin Salim"),
    ("Khan", "Khan Ali Reza Noor"),
]


class Nobody:
    """A register that knows nothing."""

    def bearers(self, names, kind=None):
        return [frozenset() for _ in names]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_spellings_of_one_name_are_the_same(left, right):
    found = compare_names(left, right, load_register())
    assert found.same, found


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_names_of_two_are_told_apart(left, right):
    found = compare_names(left, right, load_register())
    assert not found.same, found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_order_never_matters_and_a_score_is_a_share(left, right):
    one, other = compare_names(left, right, Nobody()), compare_names(right, left, Nobody())
    assert one.score == other.score
    assert 0 <= one.score <= 1
    assert dict(one.features) == dict(other.features)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=30))
def test_a_name_is_itself(name):
    assert compare_names(name, name, Nobody()).same


def test_many_pairs_are_compared_as_each_alone():
    register = load_register()
    pairs = [Pair(*each) for each in SAME + DIFFERENT]
    alone = [compare_names(*each, register) for each in SAME + DIFFERENT]
    assert list(compare_pairs(pairs, register)) == alone


def test_a_kind_limits_what_the_register_knows():
    register = load_register()
    places = compare_names("Hodeidah", "Al Hudaydah", register, EntityKind.PLACE)
    assert dict(places.features)["one entry of the register"] == 1
    weapons = compare_names("Hodeidah", "Al Hudaydah", register, EntityKind.WEAPON)
    assert "one entry of the register" not in dict(weapons.features)
