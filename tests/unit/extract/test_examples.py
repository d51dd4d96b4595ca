"""Every cue and action is found in its example, not in its counterexample, by the real engine."""

import pytest

from enduse.model.claim import ARMS_KINDS
from enduse.reference.actions import load_actions
from enduse.reference.cues import list_languages, load_cues

CHECKS = {
    "hedges": lambda claim, row: claim.certainty == row.sense,
    "risk": lambda claim, row: claim.certainty == row.sense,
    "negation": lambda claim, row: claim.polarity == "denied",
    "plans": lambda claim, row: claim.status == row.sense,
    "stopped": lambda claim, row: claim.status == row.sense,
    "speech": lambda claim, row: bool(claim.attribution),
    "medium": lambda claim, row: claim.medium == row.sense,
    "quantity": lambda claim, row: claim.quantity is not None,
    "ties": lambda claim, row: claim.mode == row.sense,
    "totals": lambda claim, row: claim.kind == "casualties" and claim.mode == row.sense,
    "links": lambda claim, row: claim.mode == row.sense,
    "prenouns": lambda claim, row: claim.because.rule in FORMS,
    "tolls": lambda claim, row: claim.kind == "casualties" and claim.mode == row.sense,
    "toll_nouns": lambda claim, row: claim.kind == "casualties",
    "verb_weapons": lambda claim, row: any(role.name == row.sense for role in claim.roles),
    "heads": lambda claim, row: True,
}
FORMS = {"made", "supplied", "fired", "held", "backed-form", "ally-form", "command-form"}
ROWS = [
    pytest.param(row, id=f"{name}-{phrase}")
    for name, table in load_cues("en").tables.items()
    for phrase, row in table.items()
    if row.example and name != "realms"
]
REALMS = list(load_cues("en").table("realms").values())


def test_there_are_tables_for_english():
    assert "en" in list_languages()
    assert len(ROWS) > 800


@pytest.mark.parametrize("row", ROWS)
def test_cue_is_found_in_its_example(row, read):
    assert any(CHECKS[row.table](claim, row) for claim in read(row.example)), row.example


@pytest.mark.parametrize("row", [p for p in ROWS if p.values[0].counterexample])
def test_cue_is_not_found_in_its_counterexample(row, read):
    assert not any(CHECKS[row.table](claim, row) for claim in read(row.counterexample))


@pytest.mark.parametrize("row", REALMS, ids=lambda row: row.phrase)
def test_a_realm_other_than_the_world_carries_no_arms_claim(row, read):
    assert row.phrase in row.example.lower()
    assert not [claim for claim in read(row.example) if claim.kind in ARMS_KINDS]
    assert [claim for claim in read(row.counterexample) if claim.kind in ARMS_KINDS]


@pytest.mark.parametrize("action", load_actions(), ids=lambda action: action.id)
def test_action_is_found_in_its_example_only(action, read):
    found = [claim.because.rule.split("/")[0] for claim in read(action.example)]
    assert action.id in found
    other = [claim.because.rule.split("/")[0] for claim in read(action.counterexample)]
    assert action.id not in other


def test_actions_have_unique_ids_and_both_sentences():
    actions = load_actions()
    assert len({action.id for action in actions}) == len(actions)
    assert all(action.example and action.counterexample for action in actions)
