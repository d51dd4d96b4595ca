"""What is printed: whole files or none, devices as they are, any terminal's letters."""

import io
import json
import os
import sys

import pytest

from enduse.cli.app import main, run
from enduse.cli.output import opened_output, print_json


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    file = tmp_path / "out.jsonl"
    file.write_bytes(b"old")

    def fail():
        with opened_output(file) as stream:
            stream.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_one(tmp_path):
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to("file")
    with opened_output(tmp_path / "link") as stream:
        stream.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with opened_output(pipe) as stream:
        stream.write(b"told")
    assert os.read(reader, 10) == b"told"
    os.close(reader)
    assert pipe.is_fifo()


@pytest.fixture
def old_terminal(monkeypatch):
    """Return what makes standard output one that shows Latin letters alone."""

    def make():
        shown = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, "cp1252"))
        return shown

    return make


def test_letters_that_a_terminal_lacks_become_question_marks(old_terminal, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["enduse", "reference", "import", "--template"])
    shown = old_terminal()
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 0
    sys.stdout.flush()
    assert "|????? 9@ar," in shown.getvalue().decode("cp1252")


def test_json_escapes_them(old_terminal):
    shown = old_terminal()
    print_json({"name": "تابير é"})
    assert shown.getvalue().isascii()
    assert json.loads(shown.getvalue()) == {"name": "تابير é"}


def test_json_is_utf8_elsewhere(capsysbinary):
    print_json({"name": "تابير é"})
    assert capsysbinary.readouterr().out == '{"name":"تابير é"}\n'.encode()


def test_names_that_are_no_text(monkeypatch, capsys):
    typed = io.TextIOWrapper(io.BytesIO("Général".encode("latin-1")), "utf-8")
    monkeypatch.setattr(sys, "stdin", typed)
    assert run(["reference", "find", "-"]) == 2
    assert "standard input" in capsys.readouterr().err
