"""Harm, ties and gains of places: what is told as fact, whose it is, and what is no claim."""

import pytest

NO_CLAIM = [
    "The rebels planned to capture the town of Tabir.",
    "A plot to kill Karo Bandel was found.",
    "He must be jailed.",
    "Karo Bandel's armed forces left.",
]
TIES = [
    ("Northern Front supporter Karo Bandel left.", "member", "Karo Bandel", "Northern Front"),
    ("Karo Bandel served as commander of the Northern Front.", "command", "Karo Bandel",
     "Northern Front"),
    ("The Tabir Brigade of the Northern Front shelled Kesh.", "branch", "Tabir Brigade",
     "Northern Front"),
]  # fmt: skip
HARM = [
    ("Six sailors died in the collision.", "sailors", "killed", 6),
    ("The clash was in May, and several shepherds were wounded.", "shepherds", "wounded", 3),
    ("The soldiers were taken prisoner.", "soldiers", "captured", None),
    ("The shelling brought the number of soldiers killed to 301.", "soldiers", "killed", 301),
    ("The raid ended with nine civilian casualties.", "civilian", "killed", 9),
]


@pytest.mark.parametrize("text", NO_CLAIM)
def test_what_is_only_wanted_or_due_is_no_claim(read, text):
    kinds = {claim.kind for claim in read(text)}
    assert not kinds & {"casualties", "control", "affiliation"}


@pytest.mark.parametrize(("text", "mode", "actor", "other"), TIES)
def test_ties(read, text, mode, actor, other):
    ties = [claim for claim in read(text) if claim.kind == "affiliation"]
    found = [(c.mode, c.role("actor").text, c.role("other").text) for c in ties]
    assert (mode, actor, other) in found


@pytest.mark.parametrize(("text", "victim", "mode", "least"), HARM)
def test_harm(read, text, victim, mode, least):
    claims = [c for c in read(text) if c.kind == "casualties"]
    assert [(c.role("victim").text, c.mode) for c in claims] == [(victim, mode)]
    assert (claims[0].quantity.min if claims[0].quantity else None) == least


def test_gained_ground_takes_the_name_of_its_place(read):
    claims = [c for c in read("The militia seized territory in the town of Tabir.") if
              c.kind == "control"]  # fmt: skip
    assert all("Tabir" in c.role("place").text for c in claims)


def test_several_unnamed_people_are_they(read):
    text = "The smugglers killed nine guards. They fired rockets at the barracks."
    fired = [c for c in read(text) if c.span.quote.endswith("barracks")]
    assert [c.role("actor").text for c in fired] == ["smugglers"]
