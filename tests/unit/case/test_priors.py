"""A trace under an analyst's own priors, beside the shipped ones."""

import pytest

from enduse.cli.app import run

COLUMNS = ("name", "value", "low", "high", "reason", "cites", "reviewed")


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
