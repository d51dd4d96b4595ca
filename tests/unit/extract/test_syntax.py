"""The engine over trees: what the rules alone misread, and what happens without the weights."""

import pytest

from enduse.extract import extract_claims, learnt
from enduse.extract.rules import BOTH, TREE_ALONE
from enduse.extract.syntax.parser import load_parser
from enduse.extract.syntax.recasing import recase
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.problem import Problem

needs_weights = pytest.mark.skipif(
    load_parser() is None, reason="the parser's weights were not had when the package was built"
)


@pytest.fixture(scope="module")
def read_by(register):
    def read(engine, text):
        document = Document("doc-1", "snap-1", text, language="en")
        return [c for c in extract_claims(document, register, engine) if isinstance(c, Claim)]

    return read


def roles_of(claims, kind):
    return [
        {role.part.value: role.text for role in claim.roles}
        for claim in claims
        if claim.kind.value == kind
    ]


@needs_weights
@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "Tabir struck the camp in support of the people of Kesh using rockets and mortars.",
            "use",
            {"actor": "Tabir"},
        ),
        (
            "The gunner, Ivan Petrov, fired a rocket at the barracks.",
            "use",
            {"actor": "Ivan Petrov", "weapon": "rocket"},
        ),
        (
            "Tabiri aircraft dropped bombs on the barracks of the Red Column.",
            "use",
            {"actor": "Tabiri", "weapon": "bombs"},
        ),
        (
            "The Northern Front accused the Red Column of firing mortars at Kesh.",
            "use",
            {"actor": "Red Column", "weapon": "mortars"},
        ),
        (
            "Rifles that Orland had supplied to the Northern Front were shown in Kesh.",
            "transfer",
            {"from": "Orland", "to": "Northern Front", "weapon": "Rifles"},
        ),
        (
            "The rockets, which the Red Column seized from Tabir, were old.",
            "transfer",
            {"to": "Red Column", "from": "Tabir", "weapon": "rockets"},
        ),
    ],
)
@pytest.mark.parametrize("engine", ["syntax", "both"])
def test_the_tree_tells_who(engine, text, kind, expected, read_by):
    assert any(
        expected.items() <= roles.items() for roles in roles_of(read_by(engine, text), kind)
    ), roles_of(read_by(engine, text), kind)


@needs_weights
def test_what_rules_and_tree_both_tell_is_surer(read_by):
    (alike,) = read_by("both", "Orland supplied rifles to the Northern Front.")
    assert alike.score == BOTH
    text = "Rifles that Orland had supplied to the Northern Front were shown in Kesh."
    assert roles_of(read_by("rules", text), "transfer") == []
    (alone,) = read_by("both", text)
    assert alone.score == TREE_ALONE


def test_without_weights_the_rules_read_alone_and_it_is_said(register, monkeypatch):
    monkeypatch.setattr(learnt, "load_parser", lambda: None)
    document = Document("doc-1", "snap-1", "Orland supplied rifles to Tabir.", language="en")
    found = list(extract_claims(document, register, "both"))
    assert [type(one) for one in found] == [Problem, Claim]
    assert "weights" in found[0].message
    assert found[1].extractor == "both/1-rules-alone"


def test_a_text_in_capitals_keeps_its_length_and_its_names():
    text = "THE TABIRI ARMY SEIZED RIFLES IN KESH. It left."
    first = text.index(" It")
    cased = recase(text, [(0, first), (first + 1, len(text))], [(4, 10), (33, 37)], {"the", "army"})
    assert len(cased) == len(text)
    assert cased.startswith("The Tabiri army")
    assert cased.endswith("Kesh. It left.")
