"""Own sentences by origin: written for the purpose, hard negatives, and known failures (strict)."""

import csv
from pathlib import Path

import pytest

CASES = Path(__file__).parents[2] / "cases"


def rows(name):
    with (CASES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def holds(claim, row):
    wanted = dict(pair.split("=") for pair in row["roles"].split(";"))
    roles = {role.part.value: role.text for role in claim.roles}
    return (
        claim.kind == row["kind"]
        and (claim.mode or "") == row["mode"]
        and (claim.status or "") == row["status"]
        and claim.certainty == row["certainty"]
        and claim.polarity == row["polarity"]
        and all(roles.get(part) == text for part, text in wanted.items())
    )


@pytest.mark.parametrize("row", rows("synthetic.tsv"), ids=lambda row: row["text"][:60])
def test_sentence_makes_its_claim(row, read):
    assert any(holds(claim, row) for claim in read(row["text"]))


@pytest.mark.parametrize("engine", ["both", "joined"])
@pytest.mark.parametrize("row", rows("negative.tsv"), ids=lambda row: row["text"][:60])
def test_sentence_makes_no_claim(row, engine, read):
    assert read(row["text"], engine) == []


@pytest.mark.xfail(strict=True, reason="a known failure of the grammar")
@pytest.mark.parametrize("row", rows("known_failures.tsv"), ids=lambda row: row["text"][:60])
def test_known_failure_still_fails(row, read):
    assert any(holds(claim, row) for claim in read(row["text"]))
