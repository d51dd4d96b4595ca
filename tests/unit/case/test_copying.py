"""Reprints from files: few and many documents go different ways to one result."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime

import pytest

from enduse.case import copying
from enduse.case.copying import reprint_inputs
from enduse.collect import parts
from enduse.errors import MisuseError

WORDS = ("quay", "lorry", "crate", "seal", "night", "guard", "paper", "rope", "deck", "lamp")


def make_rows():
    rows = []
    for at in range(60):
        own = " ".join(f"{word}{(at * 7 + place) % 97}" for place, word in enumerate(WORDS * 5))
        rows.append({"id": f"row-{at}", "text": f"{own}.", "date_published": "2020-01-02"})
    for at in range(0, 20, 2):
        words = rows[at]["text"].split()[:25]
        rows[at + 31]["text"] += " Again: " + " ".join(words)
        rows[at + 31]["date_published"] = "2020-02-01"
    rows[5]["date_published"] = "soon"
    return rows


@pytest.fixture
def path(tmp_path):
    lines = [json.dumps(row) for row in make_rows()]
    lines[7] = "{"
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def run(addresses, workers=1):
    problems = []
    found = list(reprint_inputs(addresses, problems, workers))
    return found, [each.words for each in problems]


def test_many_and_few_agree_with_one_and_with_two_processes(path, monkeypatch):
    few, told = run([str(path)])
    assert len(few) >= 8
    assert len(told) == 2
    assert {pair["relation"] for pair in few} >= {"excerpt"}
    monkeypatch.setattr(parts, "PART_BYTES", 1500)
    monkeypatch.setattr(copying, "FEW_TASKS", 1)
    assert run([str(path)]) == (few, told)
    assert run([str(path)], workers=2) == (few, told)


def test_standard_input_is_read_in_the_same_way(path, monkeypatch):
    few, _ = run([str(path)])
    monkeypatch.setattr(parts, "PART_BYTES", 1500)
    raw = path.read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
    assert run(["-"])[0] == few


def test_the_clock_has_no_say(path, monkeypatch):
    few, _ = run([str(path)])
    monkeypatch.setattr(copying, "now", lambda: datetime(2031, 1, 1, tzinfo=UTC))
    assert run([str(path)])[0] == few


def test_a_folder_that_takes_no_documents_is_named_with_the_next_step(tmp_path):
    gone = str(tmp_path / "gone")
    with pytest.raises(MisuseError, match="cannot be set aside") as caught:
        copying.SetAside.write([b"one"], gone)
    assert caught.value.place == gone
    assert "TMPDIR" in caught.value.next_step


def test_files_of_one_name_are_told_apart_by_their_paths(tmp_path, monkeypatch):
    words = make_rows()[0]["text"] + " It went on: " + make_rows()[1]["text"]
    for folder, more in (("a", ""), ("b", " So they wrote.")):
        (tmp_path / "pages" / folder).mkdir(parents=True)
        (tmp_path / "pages" / folder / "index.txt").write_text(words + more, encoding="utf-8")
    (tmp_path / "pages" / "only.txt").write_text("First. " + words, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    few, _ = run(["pages"])
    told = {name for pair in few for name in (pair["copy"], pair["of"])}
    assert told == {"pages/a/index.txt", "pages/b/index.txt", "only.txt"}
    monkeypatch.setattr(parts, "PART_BYTES", 100)
    assert run(["pages"])[0] == few
