"""Which two things may be judged: names of any kind, and ids that something has."""

import json

import pytest

from enduse.case.casebook import create_case
from enduse.case.imports import import_claims
from enduse.case.judging import record_judgement
from enduse.errors import MisuseError, NotFoundError
from enduse.model.entity import Judgement, Verdict
from enduse.store.kinds import CLAIM, JUDGEMENT

TOLD = {"doc": "one", "kind": "transfer", "from": "Ostrava", "to": "Vesk", "weapon": "Kern-9"}


@pytest.fixture
def book(tmp_path):
    lines = tmp_path / "claims.jsonl"
    lines.write_text(json.dumps(TOLD) + "\n", encoding="utf-8")
    with create_case(tmp_path / "case") as made:
        import_claims(made, lines)
        yield made


def judge(book, left, right):
    return record_judgement(book, (left, "same", right), by="Ann Example")


def test_a_mistyped_id_is_refused_with_those_it_is_near_to(book):
    with pytest.raises(NotFoundError, match=r"'free-syrian-armyy'.*free-syrian-army "):
        judge(book, "the brigade", "free-syrian-armyy")
    with pytest.raises(NotFoundError, match="claim-"):
        judge(book, book.store.ids(CLAIM)[0], "free-syrian-army")
    assert book.store.count(JUDGEMENT) == 0


@pytest.mark.parametrize(
    "left", ["the brigade", "Vesk-Guard", "kern-9", "al-nusra", "free-syrian-army"]
)
def test_names_and_ids_are_taken_before_any_run(book, left):
    assert judge(book, left, "free-syrian-army")


def test_what_was_judged_before_may_be_judged_again(book):
    when = judge(book, "the brigade", "free-syrian-army")
    first = book.store.get(JUDGEMENT, when)
    old = Judgement("judgement-old", "no-such-id", "gone-too", Verdict.SAME, "Ann", first.on, "")
    book.store.put(JUDGEMENT, [old])
    assert judge(book, "no-such-id", "gone-too")


@pytest.mark.parametrize(("left", "right"), [("", "the brigade"), ("the brigade", " ")])
def test_an_empty_name_is_refused(book, left, right):
    with pytest.raises(MisuseError, match="an empty name"):
        judge(book, left, right)
    assert book.store.count(JUDGEMENT) == 0
