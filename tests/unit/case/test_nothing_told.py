"""A question that a casebook cannot answer is met with what is the matter and what to do."""

import json

import pytest

from enduse.case.casebook import create_case
from enduse.case.imports import import_claims
from enduse.case.run import run_stages
from enduse.cli.app import run

WANTED = ("--weapon", "Kern-9 launcher", "--holder", "Hollow Front")


@pytest.fixture
def refused(capsys):
    def refuse(*arguments):
        assert run([str(argument) for argument in arguments]) == 2
        return capsys.readouterr().err

    return refuse


def test_a_trace_says_what_is_to_be_done_first(tmp_path, refused):
    folder = tmp_path / "case"
    lines = tmp_path / "claims.jsonl"
    lines.write_text(
        json.dumps(
            {
                "doc": "1",
                "kind": "use",
                "actor": {"text": "Hollow Front"},
                "weapon": {"text": "Kern-9 launcher"},
            }
        ),
        encoding="utf-8",
    )
    with create_case(folder) as book:
        assert "Add documents first" in refused("trace", folder, *WANTED)
        run_stages(book)
        assert "Add documents first" in refused("trace", folder, *WANTED)
        assert not import_claims(book, lines).problems
        assert "There are no incidents yet" in refused("trace", folder, *WANTED)


def test_a_trace_before_the_run_or_before_the_day(case, refused):
    told = refused("trace", case, *WANTED, "--as-of", "1900-01-01")
    assert "Nothing that was published by 1900-01-01 names one" in told
    assert "It knows: Kern-9 launcher" in refused("trace", case, "--weapon", "X", *WANTED[2:])


def test_a_card_of_what_is_no_plan(case, refused, capsys):
    assert run(["show", str(case), "claims", "--json"]) == 0
    claim = json.loads(capsys.readouterr().out.splitlines()[0])["id"]
    assert f"{claim}: it tells of no planned transfer" in refused("risk", case, claim)
    assert "by 1900-01-01 has this id" in refused("risk", case, claim, "--as-of", "1900-01-01")
    assert "has this id" in refused("risk", case, "claim-x")


def test_a_search_shows_the_first_of_the_words(tmp_path, capsys):
    documents = tmp_path / "documents.jsonl"
    documents.write_text(
        json.dumps({"text": "A missile was shown. Général José fired it."}), encoding="utf-8"
    )
    folder = str(tmp_path / "case")
    assert run(["new", folder]) == run(["add", folder, str(documents)]) == 0
    assert run(["run", folder, "read"]) == 0
    capsys.readouterr()
    assert run(["search", folder, "jose missile", "--json"]) == 0
    assert "A [missile] was shown. Général" in json.loads(capsys.readouterr().out)["snippet"]
    assert run(["search", folder, "howitzer"]) == 0
    assert "no document holds 'howitzer'" in capsys.readouterr().err
