"""Short forms that a text defines stand for its own words, whatever else they may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.resolve.test_resolve import REGISTER, judgement

from enduse.model.claim import Claim, ClaimKind, Part, Role
from enduse.model.document import Document
from enduse.model.entity import Verdict
from enduse.model.interchange import with_id
from enduse.resolve import resolve_claims
from enduse.resolve.definitions import find_definitions


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the Sons of the Red Hill (SRH) said", {"SRH": "Sons of the Red Hill"}),
        ("Liwa al Jabal wal Nahr (LJN)", {"LJN": "Liwa al Jabal wal Nahr"}),
        ("the River Defence Council [RDC]", {"RDC": "River Defence Council"}),
        ("Free Syrian Army (FSA; about 40 men)", {"FSA": "Free Syrian Army"}),
        ("the fighters (who left) and others (USA)", {}),
        ("It fell in May (2015)", {}),
        ("Harbour Watch (HW) and Hill Watch (HW)", {"HW": "Harbour Watch"}),
        ("(ABC)", {}),
    ],
)
def test_definitions_are_found(text, wanted):
    assert find_definitions(text) == wanted


@given(st.text(max_size=80))
def test_what_a_short_form_stands_for_stands_in_the_text(text):
    for short, long in find_definitions(text).items():
        assert short in text
        assert long in text
        assert len(long) > len(short)


def claim(doc, actor, **roles):
    parts = [Role(Part.ACTOR, actor), *(Role(Part(p), text) for p, text in roles.items())]
    return with_id(Claim("", doc, ClaimKind.USE, tuple(parts)))


def resolve(text, *actors, judgements=()):
    document = Document("doc-1", "snap-1", text)
    claims = [claim("doc-1", actor) for actor in actors]
    resolved = resolve_claims(claims, REGISTER, judgements, (), [document])
    return {c.roles[0].text: c.roles[0].reference for c in resolved.claims}, resolved


def test_a_defined_short_form_and_its_words_are_one_unknown_actor():
    found, resolved = resolve("The Sons of the Hill (SOTH) left.", "SOTH", "Sons of the Hill")
    assert found["SOTH"] == found["Sons of the Hill"]
    (entity,) = resolved.entities
    assert entity.name == "Sons of the Hill"
    assert {name.text for name in entity.names} == {"SOTH", "Sons of the Hill"}


def test_a_definition_wins_over_what_the_register_says_of_the_short_form():
    found, _ = resolve("The Fishermen of Sarin Anchorage (FSA) struck.", "FSA")
    assert found["FSA"].startswith("case-actor-")
    found, resolved = resolve("The Free Syrian Army (FSA) struck.", "FSA")
    assert found["FSA"] == "free-syrian-army"
    assert resolved.judgements[0].by == "rule:defined"


def test_a_judgement_wins_over_a_definition_and_can_be_taken_back():
    text = "The Sons of the Hill (SOTH) left."
    told = judgement("Sons of the Hill", "same", "islamic-state")
    assert resolve(text, "SOTH", judgements=[told])[0]["SOTH"] == "islamic-state"
    undone = judgement("Sons of the Hill", "unsure", "islamic-state", 2, retracts="j1")
    found, resolved = resolve(text, "SOTH", judgements=[told, undone])
    assert found["SOTH"].startswith("case-actor-")
    assert all(each.verdict is Verdict.SAME for each in resolved.judgements)


def test_a_definition_holds_in_its_own_document_only():
    document = Document("doc-1", "snap-1", "The Fishermen of Sarin Anchorage (FSA) struck.")
    claims = [claim("doc-1", "FSA"), claim("doc-2", "FSA")]
    resolved = resolve_claims(claims, REGISTER, (), (), [document])
    found = {c.document_id: c.roles[0].reference for c in resolved.claims}
    assert found["doc-2"] == "free-syrian-army"
    assert found["doc-1"] != "free-syrian-army"
