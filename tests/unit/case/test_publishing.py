"""What is published tells what people decided, and nothing is published past them."""

import io
import json
import re
import shutil
from datetime import date

import pytest

from enduse.case.add import add_to_case
from enduse.case.ask import trace_sighting
from enduse.case.casebook import create_case, open_case
from enduse.case.deciding import decide, decide_many, take_back
from enduse.case.demo import DOCUMENTS, HOLDER, WEAPON
from enduse.case.gate import prepare_dossier, publish_dossier, view_gate
from enduse.case.publishing import Order, publish_case
from enduse.case.run import run_stages
from enduse.errors import MisuseError
from enduse.model.decision import Matter
from enduse.publish import CLAIM_EXPORTERS
from enduse.store.kinds import TRACE

ANN = "Ann Example"


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cases") / "demo"
    with create_case(folder) as made:
        add_to_case(made, [str(DOCUMENTS)])
        run_stages(made)
        trace_sighting(made, (WEAPON, HOLDER))
    return folder


@pytest.fixture
def book(finished, tmp_path):
    shutil.copytree(finished, tmp_path / "demo")
    with open_case(tmp_path / "demo") as opened:
        yield opened


def published(book, form="json", **order):
    stream = io.BytesIO()
    publish_case(book, Order(form, **order), stream)
    return stream.getvalue().decode("utf-8")


def ledger(dossier):
    (parties,) = [one for one in dossier["sections"] if one["key"] == "parties"]
    return {row[0]: row[2:] for row in parties["tables"][0]["rows"]}


def prepare(book):
    return prepare_dossier(book, trace_sighting(book, (WEAPON, HOLDER)).id)


def waive_replies(book, dossier):
    unasked = view_gate(book, dossier.id).unasked
    decide_many(book, Matter.REPLY, unasked, "waived", "at war", by=ANN)


def test_the_ledger_tells_what_was_answered(book):
    party, other = list(ledger(json.loads(published(book))))[:2]
    decide(book, Matter.REPLY, party, "answered", "We deny it", by=ANN)
    rows = ledger(json.loads(published(book)))
    assert rows[party][1] == "We deny it"
    assert rows[other] == ["not yet asked", "none yet"]


@pytest.mark.parametrize("marking", ["red", "amber"])
def test_a_marked_document_stops_the_dossier(book, marking):
    cited = json.loads(published(book))["citations"][0]["document_id"]
    marked = decide(book, Matter.MARKING, cited, marking, by=ANN)
    with pytest.raises(MisuseError, match=rf"marked against publication.*{cited}.*{marking}"):
        published(book)
    take_back(book, marked.id, by=ANN)
    assert published(book)


@pytest.mark.parametrize("form", ["markdown", *CLAIM_EXPORTERS])
def test_nothing_is_written_while_decisions_wait_for_a_run(book, form):
    claim = json.loads(published(book))["citations"][0]["claim_id"]
    assert claim in published(book, form)
    decide(book, Matter.CLAIM, claim, "reject", by=ANN)
    with pytest.raises(MisuseError, match=re.escape(f"enduse run {book.folder}")):
        published(book, form)
    run_stages(book)
    assert claim not in published(book, form)


def test_nobody_can_insist_on_rejected_claims(book):
    dossier = prepare(book)
    waive_replies(book, dossier)
    cited = sorted({citation.claim_id for citation in dossier.citations})
    decide_many(book, Matter.CLAIM, cited[:2], "reject", by=ANN)
    gate = view_gate(book, dossier.id)
    assert (gate.waiting, set(gate.set_aside)) == (True, set(cited[:2]))
    assert not gate.may_insist
    with pytest.raises(MisuseError, match=r"2 cited claims were rejected.*enduse run"):
        publish_dossier(book, dossier.id, "markdown", insist=True)
    run_stages(book)
    again = prepare(book)
    waive_replies(book, again)
    path = publish_dossier(book, again.id, "json", insist=True)
    assert not set(cited[:2]) & {
        one["claim_id"] for one in json.loads(path.read_text())["citations"]
    }


def test_a_dossier_without_a_named_day_is_about_the_day_asked_last(book):
    day = date(2015, 1, 31)
    trace_sighting(book, (WEAPON, HOLDER), day)
    trace = book.store.get(TRACE, json.loads(published(book))["trace_id"])
    assert trace.asked_at == day
