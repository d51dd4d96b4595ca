"""The fresh set keeps where its claims stand in texts of others, and no sentence of them."""

import json
from pathlib import Path

import pytest

from enduse.model.claim import ClaimKind

FOLDER = Path(__file__).parents[3] / "benchmarks" / "fresh"
SETS = ("first", "second", "verdict")
LONGEST = 8  # words of a wording that stands otherwise in its text


def read_lengths():
    rows = [line.split("\t") for line in (FOLDER / "documents.tsv").read_text().splitlines()[1:]]
    return {name: int(end) - int(start) for name, _, _, start, end, _ in rows}


def spans_of(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        if len(value) == 2 and all(type(one) is int for one in value):
            yield value
        else:
            for one in value:
                yield from spans_of(one)


def words_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from words_of(one)


@pytest.mark.parametrize("name", SETS)
def test_claims_stand_inside_their_passages_and_hold_no_sentence(name):
    lengths = read_lengths()
    claims = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text().splitlines()]
    assert len(claims) > 300
    for claim in claims:
        length = lengths[claim["doc"]]
        if "kind" in claim:
            assert claim["kind"] in set(ClaimKind)
            assert 0 <= claim["start"] < claim["end"] <= length
        roles = {k: v for k, v in claim.items() if k != "quantity"}
        assert all(0 <= a < b <= length for a, b in spans_of(list(roles.values())))
        assert all(len(words.split()) <= LONGEST for words in words_of(claim))
        assert "quote" not in claim
