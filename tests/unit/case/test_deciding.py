"""Taking decisions back: what hangs on a decision goes with it, and nothing contradicts."""

import json

import pytest

from enduse.case.by_hand import Draft, correct_claim, make_claim
from enduse.case.casebook import create_case
from enduse.case.deciding import decide, take_back, take_back_batch
from enduse.case.imports import import_claims
from enduse.case.standing import decisions_on, standing_claims
from enduse.errors import NotFoundError
from enduse.model.claim import Part
from enduse.model.decision import Matter
from enduse.store.kinds import CLAIM

ANN = "Ann Example"
TOLD = {"doc": "one", "kind": "transfer", "from": "Ostrava", "to": "Vesk", "weapon": "T-72"}


@pytest.fixture
def book(tmp_path):
    lines = tmp_path / "claims.jsonl"
    lines.write_text(json.dumps(TOLD) + "\n", encoding="utf-8")
    with create_case(tmp_path / "case") as made:
        assert not import_claims(made, lines).problems
        yield made


def takers(book):
    return [claim.role(Part.TO).text for claim in standing_claims(book)]


def correct(book, claim_id, taker):
    return correct_claim(book, claim_id, Draft("transfer", {"to": taker}), by=ANN)


def correct_twice(book):
    first = correct(book, book.store.ids(CLAIM)[0], "Mirel")
    return first, correct(book, first.made, "Kerth")


def acceptance(book, made):
    (found,) = decisions_on(book, Matter.CLAIM, [made])
    assert found.verdict == "accept"
    return found


def test_taking_back_a_correction_takes_back_what_was_made_of_it(book):
    first, _ = correct_twice(book)
    assert takers(book) == ["Kerth"]
    take_back(book, first.id, by=ANN)
    assert takers(book) == ["Vesk"]


def test_taking_back_the_last_correction_brings_back_the_one_before(book):
    first, second = correct_twice(book)
    take_back(book, second.id, by=ANN)
    assert takers(book) == ["Mirel"]
    take_back(book, first.id, by=ANN)
    assert takers(book) == ["Vesk"]


@pytest.mark.parametrize("undo", [take_back, take_back_batch])
def test_an_acceptance_and_its_correction_are_taken_back_together(book, undo):
    first = correct(book, book.store.ids(CLAIM)[0], "Mirel")
    undo(book, acceptance(book, first.made).id, by=ANN)
    assert takers(book) == ["Vesk"]
    with pytest.raises(NotFoundError):
        take_back(book, first.id, by=ANN)


def test_anothers_acceptance_does_not_keep_a_claim_whose_correction_is_gone(book):
    first = correct(book, book.store.ids(CLAIM)[0], "Mirel")
    decide(book, Matter.CLAIM, first.made, "accept", by="Bob")
    take_back(book, first.id, by=ANN)
    assert takers(book) == ["Vesk"]


def test_taking_back_a_plain_acceptance_leaves_the_correction(book):
    first = correct(book, book.store.ids(CLAIM)[0], "Mirel")
    again = decide(book, Matter.CLAIM, first.made, "accept", by="Bob")
    take_back(book, again.id, by=ANN)
    assert takers(book) == ["Mirel"]


def test_a_marked_claim_goes_with_its_decision_alone(tmp_path):
    (tmp_path / "documents.jsonl").write_text(json.dumps({"id": "one", "text": "Vesk has a T-72."}))
    (tmp_path / "claims.jsonl").write_text(json.dumps(TOLD) + "\n")
    with create_case(tmp_path / "case") as book:
        import_claims(book, tmp_path / "claims.jsonl", tmp_path / "documents.jsonl")
        (told,) = book.store.find(CLAIM)
        kept = decide(book, Matter.CLAIM, told.id, "accept", by=ANN)
        draft = Draft("possession", {"actor": "Vesk", "to": "nobody"})
        marked = make_claim(book, told.document_id, (0, 4), draft, by=ANN)
        take_back(book, marked.id, by=ANN)
        assert takers(book) == ["Vesk"]
        assert decisions_on(book, Matter.CLAIM) == [kept]
