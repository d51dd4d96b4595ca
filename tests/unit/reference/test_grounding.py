"""Places of one document are chosen together, whatever order its names are given in."""

import random

import pytest

from enduse.reference.grounding import Named, Placement, Shares, ground_names
from enduse.reference.register import load_register
from enduse.reference.sources import DATA, read_table

HERE = Placement("place-1", "town", 33.7, -95.5, 4.4, "us", "us-tx")
FAR = Placement("place-2", "town", 48.9, 2.3, 6.3, "fr", "fr-11")
HOLDER = Placement("region-us-tx", "admin1", 31.3, -99.3, 7.0, "us", "us-tx")
BESIDE = Placement("place-3", "town", 33.6, -95.0, 4.0, "us", "us-tx")
PLACES = {"Paris": [FAR, HERE], "Texas": [HOLDER], "Clarksville": [BESIDE]}


def placements(name):
    return "name", PLACES.get(name, [])


def names_in(text, *names):
    return [Named(text.index(name), text.index(name) + len(name), name) for name in names]


def ground(text, *names, home=None):
    found = ground_names(text, names_in(text, *names), placements, home)
    return [each and each.place.entity_id for each in found]


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("A fire in Paris.", ("Paris",), ["place-2"]),
        ("A fire in Paris, Texas.", ("Paris", "Texas"), ["place-1", "region-us-tx"]),
        ("A fire in Paris (Texas).", ("Paris", "Texas"), ["place-1", "region-us-tx"]),
        (
            "From Clarksville to Paris, all of Texas mourned.",
            ("Clarksville", "Paris", "Texas"),
            ["place-3", "place-1", "region-us-tx"],
        ),
    ],
)
def test_what_the_text_says_decides_between_namesakes(text, names, wanted):
    assert ground(text, *names) == wanted


def test_the_home_of_the_publisher_decides_where_the_text_does_not():
    home = Shares.of([(HERE, 3.0), (BESIDE, 1.0)])
    assert ground("A fire in Paris.", "Paris", home=home) == ["place-1"]


def test_an_unknown_name_lies_where_the_text_speaks_of_and_says_so():
    text = "The Grand Hall of Clarksville burned."
    found = ground_names(text, names_in(text, "Grand Hall", "Clarksville"), placements)
    assert [(each.rule, each.place.entity_id) for each in found] == [
        ("near", "place-3"),
        ("name", "place-3"),
    ]


def test_a_text_without_known_names_places_nothing():
    assert ground("The Grand Hall burned.", "Grand Hall") == [None]


def test_the_order_of_the_names_never_matters():
    text = "From Clarksville to Paris, all of Texas mourned the Grand Hall."
    names = names_in(text, "Clarksville", "Paris", "Texas", "Grand Hall")
    wanted = set(ground_names(text, names, placements))
    for seed in range(10):
        mixed = random.Random(seed).sample(names, len(names))
        assert set(ground_names(text, mixed, placements)) == wanted


def test_features_say_what_decided():
    text = "A fire in Paris, Texas."
    first, _ = ground_names(text, names_in(text, "Paris", "Texas"), placements)
    features = dict(first.features)
    assert features["held"] == max(features.values())


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The Syrian side of it", "Syrian", "sy"),
        ("Rain fell across Ky. and beyond", "Ky.", "us"),
        ("Shelling near Shayrat", "Shayrat", "sy"),
        ("They took Hodeidah", "Hodeidah", "ye"),
    ],
)
def test_the_register_places_adjectives_short_forms_and_sites(text, name, country):
    register = load_register()
    (found,) = register.ground(text, names_in(text, name))
    assert register.entity(found.place.entity_id).countries == (country,)


def test_every_unit_is_a_place_of_the_gazetteer():
    register = load_register()
    missing = [
        row["id"]
        for row in read_table(DATA / "places" / "units.tsv")
        if register.entity(row["id"]) is None
    ]
    assert missing == []
