"""What an addition keeps, and which problems of earlier ones it ends."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from enduse.case import add
from enduse.case.add import add_to_case
from enduse.case.casebook import create_case
from enduse.case.run import run_stages
from enduse.collect.options import report
from enduse.model.snapshot import Fetched
from enduse.store.kinds import DOCUMENT, PROBLEM

WORDS = "Rebels captured three mortars near Kesh."


@pytest.fixture
def book(tmp_path):
    with create_case(tmp_path / "case") as made:
        yield made


def subjects(book):
    return sorted(problem.subject for problem in book.store.find(PROBLEM))


def test_a_mended_link_in_a_folder_leaves_no_problem_behind(book, tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text(WORDS, encoding="utf-8")
    (folder / "b.txt").symlink_to(folder / "gone.txt")
    add_to_case(book, [str(folder), str(tmp_path / "none.txt")])
    assert subjects(book) == [str(folder / "b.txt"), str(tmp_path / "none.txt")]
    (folder / "gone.txt").write_text(WORDS, encoding="utf-8")
    assert not add_to_case(book, [str(folder)]).problems
    assert subjects(book) == [str(tmp_path / "none.txt")]


def test_an_address_that_answers_at_last_leaves_no_problem_behind(book, monkeypatch):
    def failing(address, *_):
        yield report(address, "the server answers 503")

    def redirected(_address, *_):
        yield Fetched("https://b.example/x", WORDS.encode(), "", datetime.now(UTC), "web")

    monkeypatch.setattr(add, "collect", failing)
    add_to_case(book, ["https://b.example/x", "https://b.example/y"])
    monkeypatch.setattr(add, "collect", redirected)
    add_to_case(book, ["https://a.example/x"])
    assert subjects(book) == ["https://b.example/y"]


def test_a_name_that_is_no_utf8_is_spelled_and_its_document_kept(book, tmp_path):
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/d\xe9p\xf4t"))
    try:
        folder.mkdir()
        (folder / "a.txt").write_text(WORDS, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    (folder / "b.txt").symlink_to(folder / "gone.txt")
    for address in (str(folder), str(folder / "a.txt")):
        add_to_case(book, [address])
    run_stages(book, ["read"])
    assert [one.text for one in book.store.find(DOCUMENT)] == [WORDS]
    assert subjects(book) == [str(tmp_path / "d%E9p%F4t" / "b.txt")]
