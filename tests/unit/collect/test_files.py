"""Files and folders: what is taken, what is passed over, what is refused and how."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from enduse.collect import CollectOptions, choose_collector, collect
from enduse.model.problem import Problem
from enduse.model.snapshot import Fetched

WHEN = datetime(2015, 6, 12, tzinfo=UTC)


def take(address, options=None):
    return list(collect(str(address), options or CollectOptions(), lambda: WHEN))


def only_problem(address, options=None):
    (problem,) = take(address, options)
    assert isinstance(problem, Problem)
    assert problem.stage == "collect"
    assert problem.next_step
    return problem


def names(found):
    return [Path(item.address).name for item in found if isinstance(item, Fetched)]


def test_file_is_taken_as_it_is(tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(b"\xff\x00<p>")
    (fetched,) = take(path)
    assert fetched == Fetched(str(path), b"\xff\x00<p>", "text/html", WHEN, "file 0.1.0")


def test_empty_file_is_taken(tmp_path):
    path = tmp_path / "a.txt"
    path.touch()
    assert take(path)[0].body == b""


def test_missing_file_names_the_next_step():
    assert "no such file" in only_problem("nowhere/a.txt").message
    assert "https://www.example.org" in only_problem("www.example.org").next_step


def test_unknown_scheme_is_refused():
    assert "http://" in only_problem("ftp://example.org/a").next_step


def test_too_large_file_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 2001)
    problem = only_problem(path, CollectOptions(max_file_bytes=2000))
    assert problem.message == "the file is larger than 2 kB"


def test_unreadable_file_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert "may not be read" in only_problem(path).message


def test_pipe_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "pipe" in only_problem(tmp_path / "pipe").message


def test_broken_link_names_its_target(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert "gone.txt" in only_problem(tmp_path / "a.txt").message


def test_name_that_is_no_text_is_spelled(tmp_path):
    address = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    try:
        Path(address).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes no such names")
    (fetched,) = take(address)
    assert (fetched.body, fetched.address) == (b"x", str(tmp_path / "%FF.txt"))
    assert only_problem(address + ".gone").subject == str(tmp_path / "%FF.txt.gone")


def test_name_with_zero_is_refused():
    assert only_problem("a\0b").next_step


def test_folder_is_taken_in_the_order_of_names(tmp_path):
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c.txt", "b/c/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    assert names(take(tmp_path)) == ["a.txt", "10.txt", "2.txt", "d.txt", "c.txt"]


def test_hidden_files_and_casebooks_are_passed_over(tmp_path):
    for name in (".hidden", ".git/config", "case/enduse.toml", "case/note.txt", "a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert names(take(tmp_path)) == ["a.txt"]


def test_casebook_itself_is_refused(tmp_path):
    (tmp_path / "enduse.toml").touch()
    assert "casebook" in only_problem(tmp_path).message


def test_empty_folder_is_told(tmp_path):
    assert "no file" in only_problem(tmp_path).message


def test_links_out_of_the_folder_and_loops_are_refused(tmp_path):
    (tmp_path / "secret.txt").write_text("x")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("x")
    (folder / "loop").symlink_to(folder)
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "self").symlink_to(folder / "self")
    found = take(folder)
    assert names(found) == ["a.txt"]
    messages = [item.message for item in found if isinstance(item, Problem)]
    assert len(messages) == 3
    assert "back to a folder above" in messages[0]
    assert "out of the folder" in messages[1]


def test_link_within_the_folder_is_followed(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert names(take(tmp_path)) == ["a.txt", "b.txt"]


def test_folder_collects_lines_and_tables_by_their_kind(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n')
    assert names(take(tmp_path)) == ["a.jsonl#line=1", "a.jsonl#line=2"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.org/a.jsonl", "web"),
        ("HTTP://example.org", "web"),
        ("a.ndjson", "lines"),
        ("a.PARQUET", "table"),
        ("a.txt", "file"),
        ("gopher://example.org", "unknown"),
    ],
)
def test_collector_is_chosen_by_address(address, name):
    assert choose_collector(address) == name
