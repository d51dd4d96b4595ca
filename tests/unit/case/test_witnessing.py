"""Who stands behind what, what contradicts what, and what was known by a day, asked of a case."""

from __future__ import annotations

import json
from datetime import date

import pytest
from msgspec.structs import replace

from enduse.case import stateless
from enduse.case.add import add_to_case
from enduse.case.casebook import create_case, open_case
from enduse.case.clock import now
from enduse.case.copying import read_plainly
from enduse.case.drifts import list_drift
from enduse.case.listing import list_values
from enduse.case.run import run_stages
from enduse.case.witnessing import list_witnesses
from enduse.collect import CollectOptions, collect_parts
from enduse.errors import MisuseError, NotFoundError

STORY = (
    "A film released on Sunday shows the depot of a brigade in the hills above the river. The "
    "Islamic State likely captured the TOW missile from the Free Syrian Army. Nobody in the valley "
    "has seen the crates since, although a shepherd found straw and a broken seal by the track."
)
ROWS = (
    {"id": "first", "text": STORY, "publisher": "The Hill Post", "date_published": "2015-06-09"},
    {
        "id": "copy",
        "text": STORY.replace("likely ", ""),
        "publisher": "Canal Star",
        "date_published": "2015-06-11",
    },
    {
        "id": "denial",
        "text": "The Islamic State did not capture the TOW missile from the Free Syrian Army.",
        "publisher": "Border Gazette",
        "date_published": "2015-06-20",
    },
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    home = tmp_path_factory.mktemp("cases")
    lines = home / "pages.jsonl"
    lines.write_text("\n".join(map(json.dumps, ROWS)) + "\n", encoding="utf-8")
    with create_case(home / "case") as book:
        add_to_case(book, [str(lines)])
        run_stages(book)
    return home / "case"


def names(book):
    return {record["id"]: record["name"] for record, _ in list_values(book, "documents")}


def captures(book, as_of=None):
    found = (record for record, _ in list_values(book, "incidents", as_of))
    return [record for record in found if record["mode"] == "capture"]


def test_a_copy_is_no_witness_and_hangs_on_its_original(folder):
    with open_case(folder) as book:
        labels = names(book)
        (capture,) = captures(book)
        ((record, words),) = list_witnesses(book, capture["id"])
    assert record["independent"] == 1.0
    assert [labels[each["document"]] for each in record["witnesses"]] == ["first"]
    (tie,) = record["dependences"]
    assert (labels[tie["document_id"]], labels[tie["on"]], tie["kind"]) == (
        "copy",
        "first",
        "reprint",
    )
    assert "speaks for itself: first" in words
    assert "copy depends on first" in words


def test_a_claim_has_witnesses_of_its_own(folder):
    with open_case(folder) as book:
        (capture,) = captures(book)
        ((record, words),) = list_witnesses(book, capture["claims"][0])
    assert record["independent"] == 1.0
    assert "captured the TOW missile" in words


def test_a_denial_is_a_contradiction_with_its_claims(folder):
    with open_case(folder) as book:
        (capture,) = captures(book)
        ((record, words),) = list_values(book, "contradictions")
    sides = {side["words"]: side["claims"] for side in record["sides"]}
    assert sides == {"affirmed": capture["claims"], "denied": capture["denials"]}
    assert words.startswith(f"{record['id']}  whether it happened")


def test_by_a_day_only_what_was_published_is_known(folder):
    early, middle = date(2015, 6, 10), date(2015, 6, 15)
    with open_case(folder) as book:
        ((record, _),) = list_witnesses(book, captures(book, early)[0]["id"], early)
        assert record["dependences"] == []
        assert list(list_values(book, "contradictions", middle)) == []
        assert list(list_drift(book, early)) == []
        assert [drift["shift"] for drift, _ in list_drift(book, middle)] == ["hedge-dropped"]
        shown = {
            what: len(list(list_values(book, what, early))) for what in ("documents", "claims")
        }
        assert shown["documents"] == 1
        assert shown["claims"] >= 1
        assert list(list_values(book, "reprints", early)) == []
        with pytest.raises(MisuseError):
            list(list_values(book, "snapshots", early))


def test_an_unknown_id_is_named(folder):
    with open_case(folder) as book, pytest.raises(NotFoundError, match="no-such-id"):
        list(list_witnesses(book, "no-such-id"))


def test_documents_read_for_copies_differ_in_their_language_alone(tmp_path):
    rows = [{"id": f"row-{at}", "text": f"Lorry number {at} left."} for at in range(7)]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    parts = collect_parts([str(path)], CollectOptions(), now)
    plain = [each for part in parts for each in read_plainly(part, CollectOptions())]
    whole = list(stateless.read_inputs([str(path)], CollectOptions()))
    assert [replace(each, language=None) for each in whole] == plain
    assert [document.name for document in plain] == [row["id"] for row in rows]
