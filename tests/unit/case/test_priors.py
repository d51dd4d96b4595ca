"""A trace under an analyst's own priors, beside the shipped ones."""

import json

import pytest

from enduse.case.casebook import create_case
from enduse.case.imports import import_claims
from enduse.case.run import run_stages
from enduse.cli.app import run

COLUMNS = ("name", "value", "low", "high", "reason", "cites", "reviewed")


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
        question = ["--weapon", "Kern-9 launcher", "--holder", "Hollow Front", "--json"]
        assert run(["trace", str(case), *question, *options]) == 0
        return json.loads(capsys.readouterr().out)

    return ask_with


def own(tmp_path, *rows):
    file = tmp_path / "own.tsv"
    lines = ["\t".join(COLUMNS), *("\t".join(row) for row in rows)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def ways(chain):
    return tuple((step["from"], step["mode"], step["to"]) for step in chain["steps"])


def by_ways(trace):
    return {ways(chain): chain for chain in trace["chains"]}


def test_other_priors_stand_beside_the_shipped_ones(ask, tmp_path):
    rare = ("weight:sale", "0.1", "0.05", "0.2", "Sales are rare in this war", "", "no")
    plain, other = ask(), ask("--priors", own(tmp_path, rare))
    (sale,) = [c for c in other["chains"] if [s["mode"] for s in c["steps"]] == ["sale"]]
    assert sale["id"] not in {chain["id"] for chain in plain["chains"]}
    assert sale["probability"] < by_ways(plain)[ways(sale)]["probability"]
    assert sale["under_shipped_priors"] == pytest.approx(
        by_ways(plain)[ways(sale)]["probability"], abs=1e-3
    )
    assert all(chain["under_shipped_priors"] is None for chain in plain["chains"])
    assert any("own.tsv" in note for note in other["notes"])


def test_why_shows_prior_evidence_and_posterior(ask, case, capsys):
    chain = ask()["chains"][0]
    assert run(["why", str(case), chain["id"]]) == 0
    printed = capsys.readouterr().out
    assert f"prior {chain['prior']:.0%}, evidence" in printed
    assert f"posterior {chain['probability']:.0%}" in printed


def test_a_prior_of_no_known_name_is_refused(case, tmp_path, capsys):
    file = own(tmp_path, ("weight:gift", "1", "1", "1", "", "", "no"))
    wanted = ["--weapon", "Kern-9 launcher", "--holder", "Hollow Front"]
    assert run(["trace", str(case), *wanted, "--priors", file]) == 1
    assert "weight:gift" in capsys.readouterr().err
