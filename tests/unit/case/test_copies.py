"""Adding to a case finds the reprints that all its documents at once would show."""

from __future__ import annotations

import json
import random
from itertools import pairwise

import pytest

from enduse.case import copies
from enduse.case.add import add_to_case
from enduse.case.casebook import create_case, open_case
from enduse.case.run import run_stages
from enduse.store.kinds import DOCUMENT, REPRINT

STAGES = ("read", "reprints")


def make_rows(seed, count):
    """Return documents of made-up words; some share a passage, many a notice."""
    rng = random.Random(seed)
    shared = [" ".join(f"s{at}x{place}" for place in range(24)) for at in range(3)]
    rows = []
    for at in range(count):
        words = [f"d{at}x{place}" for place in range(rng.randint(20, 90))]
        for passage in shared:
            if rng.random() < 0.55:
                words.insert(rng.randrange(len(words)), passage)
        row = {"id": f"row-{at}", "text": " ".join(words)}
        if rng.random() < 0.7:
            row["date_published"] = f"2020-01-{rng.randint(1, 28):02}"
        rows.append(row)
    return rows


def add(folder, rows, number=0):
    path = folder.parent / f"{folder.name}-{number}.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with open_case(folder) as book:
        add_to_case(book, [str(path)])
        return run_stages(book, STAGES)[1]


def reprints(folder):
    """Return what was found, by the documents' names, for ids may come from other addresses."""
    with open_case(folder) as book:
        name = {each.id: each.name for each in book.store.find(DOCUMENT)}
        return sorted(
            (name[e.copy], name[e.of], e.relation, e.share, e.spans, e.directed, e.because)
            for e in book.store.find(REPRINT)
        )


def make(folder):
    create_case(folder).close()
    return folder


@pytest.mark.parametrize("seed", [4, 11, 12])
def test_any_split_and_order_gives_what_all_at_once_gives(tmp_path, monkeypatch, seed):
    rows = make_rows(seed, 22)
    whole, parts = make(tmp_path / "whole"), make(tmp_path / "parts")
    add(whole, rows)
    rng = random.Random(seed)
    shuffled = list(rows)
    rng.shuffle(shuffled)
    monkeypatch.setattr(copies, "FEW", 0)
    cuts = {0, *(rng.randint(1, 21) for _ in range(4)), len(rows)}
    for first, last in pairwise(sorted(cuts)):
        add(parts, shuffled[first:last], first)
    assert reprints(parts) == reprints(whole)


@pytest.fixture
def folder(tmp_path):
    made = make(tmp_path / "case")
    add(made, make_rows(1, 45))
    return made


def fail(*_given):
    raise AssertionError("all documents were compared anew")


def test_one_more_document_is_compared_with_those_that_share_its_words(folder, monkeypatch):
    monkeypatch.setattr(copies, "collect_texts", fail)
    old = reprints(folder)
    assert (
        add(folder, [{"id": "alone", "text": " ".join(f"q{at}" for at in range(60))}], 1).made == 0
    )
    assert reprints(folder) == old
    report = add(folder, [{"id": "twin", "text": make_rows(1, 45)[3]["text"] + " twice"}], 2)
    assert report.made >= 1
    assert "twin" in {name for found in reprints(folder) for name in found[:2]}


@pytest.mark.parametrize("harm", ["delete", "empty", "cut"])
def test_a_lost_or_damaged_index_is_made_again(folder, harm):
    row = {"id": "twin", "text": make_rows(1, 45)[3]["text"] + " twice"}
    for path in (folder / "index").iterdir():
        if harm == "delete":
            path.unlink()
        else:
            path.write_bytes(b"" if harm == "empty" else path.read_bytes()[:50])
    add(folder, [row], 1)
    other = make(folder.parent / "other")
    add(other, [*make_rows(1, 45), row])
    assert reprints(folder) == reprints(other)


def test_a_document_that_is_gone_leaves_no_reprint(folder):
    with open_case(folder) as book:
        gone = next(each for each in book.store.find(REPRINT)).copy
        book.store.remove(DOCUMENT, [gone])
        run_stages(book, ("reprints",))
        left = list(book.store.find(REPRINT))
        assert not any(gone in (each.copy, each.of) for each in left)
        assert left


def test_a_second_run_does_nothing_and_old_arrays_go(folder):
    names = {path.name for path in (folder / "index").iterdir()}
    with open_case(folder) as book:
        assert run_stages(book, ("reprints",))[0].worked == 0
    add(folder, [{"id": "alone", "text": "Nine words that no other document of them bears."}], 1)
    later = {path.name for path in (folder / "index").iterdir()}
    assert len(later) <= len(names) + 2
    assert later != names
