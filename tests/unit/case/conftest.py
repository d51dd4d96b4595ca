"""A case of three transfers that came in by import, and a way to ask who had the launcher."""

import json

import pytest

from enduse.case.casebook import create_case
from enduse.case.imports import import_claims
from enduse.case.run import run_stages
from enduse.cli.app import run


def told(doc, mode, giver, taker):
    return {
        "doc": doc,
        "published": f"2015-0{doc}-10",
        "publisher": f"Paper {doc}",
        "kind": "transfer",
        "mode": mode,
        "from": {"text": giver},
        "to": {"text": taker},
        "weapon": {"text": "Kern-9 launcher"},
        "time": {"text": "", "start": f"2015-0{doc}-01", "end": f"2015-0{doc}-05"},
    }


@pytest.fixture
def case(tmp_path):
    claims = [
        told("1", "supply", "Ostrava Republic", "Vesk Guard"),
        told("2", "capture", "Vesk Guard", "Hollow Front"),
        told("3", "sale", "Mirel Traders", "Hollow Front"),
    ]
    lines = tmp_path / "claims.jsonl"
    lines.write_text("".join(json.dumps(one) + "\n" for one in claims), encoding="utf-8")
    with create_case(tmp_path / "case") as book:
        assert not import_claims(book, lines).problems
        run_stages(book)
    return tmp_path / "case"


@pytest.fixture
def ask(case, capsys):
    def ask_with(*options):
        names = ["--weapon", "Kern-9 launcher", "--holder", "Hollow Front"]
        assert run(["trace", str(case), *names, "--json", *options]) == 0
        return json.loads(capsys.readouterr().out)

    return ask_with
