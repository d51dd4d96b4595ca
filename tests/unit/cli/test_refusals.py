"""What cannot be done is refused in one line that names the thing, its place and the next step."""

import json
import os

import pytest

from enduse.case.casebook import create_case
from enduse.cli.app import run
from enduse.settings import read_settings


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("refusals") / "case"
    create_case(folder).close()
    return str(folder)


@pytest.fixture
def refused(capsys):
    def refuse(*arguments):
        assert run([str(argument) for argument in arguments]) == 2
        return capsys.readouterr().err

    return refuse


SIGHTING = ("--weapon", "TOW", "--holder", "Vesk Guard")


@pytest.mark.parametrize(
    ("command", "option", "value", "bound"),
    [
        (("trace", "CASE", *SIGHTING), "--top", 0, "equal to 1"),
        (("trace", "CASE", *SIGHTING), "--top", -1, "equal to 1"),
        (("search", "CASE", "missile"), "--most", 0, "equal to 1"),
        (("run", "CASE"), "--workers", -1, "equal to 0"),
        (("extract", "page.txt"), "--workers", -1, "equal to 0"),
        (("reprints", "page.txt"), "--workers", -1, "equal to 0"),
        (("serve", "CASE", "--host", "none.example"), "--port", 99999, "equal to 65535"),
        (("serve", "CASE", "--host", "none.example"), "--port", -1, "equal to 0"),
    ],
)
def test_a_count_that_can_not_be(case, refused, command, option, value, bound):
    words = [case if word == "CASE" else word for word in command]
    told = refused(*words, option, value)
    assert option in told
    assert bound in told


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("WORKERS", "many", "whole number"),
        ("WORKERS", "-3", "0 or more"),
        ("ALLOW_PRIVATE", "perhaps", "true or false"),
        ("COVER_MEDIA", "none", "marked or all"),
        ("MIN_SCORE", "2", "from 0 to 1"),
        ("TIMEOUT", "nan", "seconds above 0"),
        ("WORKER", "2", "lists every setting"),
    ],
)
def test_a_variable_is_named_with_what_it_may_be(case, refused, monkeypatch, name, value, allowed):
    monkeypatch.setenv(f"ENDUSE_{name}", value)
    told = refused("show", case)
    assert f"ENDUSE_{name}: " in told
    assert value in told or name.lower() in told
    assert allowed in told
    assert "enduse.toml" not in told


def test_a_setting_of_the_file_is_named_with_the_file(tmp_path, refused):
    create_case(tmp_path / "case").close()
    file = tmp_path / "case" / "enduse.toml"
    file.write_text('format = 1\nworkers = "many"\n', encoding="utf-8")
    assert f"{file}: workers cannot be 'many'" in refused("show", tmp_path / "case")


def test_variables_set_what_they_can(monkeypatch):
    monkeypatch.setenv("ENDUSE_REGISTER", os.pathsep.join(["one", "two"]))
    monkeypatch.setenv("ENDUSE_WORKERS", "")
    monkeypatch.setenv("ENDUSE_ALLOW_PRIVATE", "1")
    monkeypatch.setenv("ENDUSE_FORMAT", "9")
    settings = read_settings(None)
    assert settings.register == ("one", "two")
    assert (settings.workers, settings.allow_private, settings.format) == (0, True, 1)


def test_a_case_below_a_file(tmp_path, refused):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    told = refused("new", tmp_path / "file" / "case")
    assert str(tmp_path / "file") in told
    assert "Not a directory" in told
    assert "Check the path" in told


def test_a_day_that_is_none(refused):
    assert "--on 'June' is no day. Write YYYY-MM-DD" in refused(
        "reference", "find", "TOW", "--on", "June"
    )


def test_a_country_that_is_none(refused):
    assert "--country 'Syria' is no country code" in refused(
        "reference", "find", "TOW", "--country", "Syria"
    )


def test_a_name_that_is_no_text(case, refused):
    told = refused("why", case, "\udcff")
    assert "'\\udcff' stands for bytes that are no text" in told


def test_one_file_for_claims_and_claims_to_review(tmp_path, monkeypatch, refused):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text("The army fired a mortar.", encoding="utf-8")
    for output, review in (("a.jsonl", "a.jsonl"), ("a.jsonl", "./a.jsonl"), ("-", "-")):
        told = refused(
            "extract", "page.txt", "-o", output, "--review", review, "--min-score", "0.5"
        )
        assert "would go to one place" in told
    assert [path.name for path in tmp_path.iterdir()] == ["page.txt"]


@pytest.mark.parametrize("command", [("add", "case"), ("extract",), ("reprints",)])
def test_an_empty_name_is_not_this_folder(refused, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "a document's name is empty" in refused(*command, "")


@pytest.mark.parametrize("command", ["extract", "reprints"])
def test_what_is_read_is_not_written_over(tmp_path, refused, command):
    documents = tmp_path / "documents.jsonl"
    line = json.dumps({"text": "The army fired a mortar."})
    documents.write_text(line, encoding="utf-8")
    assert f"{documents}: it is read" in refused(command, documents, "-o", documents)
    assert documents.read_text(encoding="utf-8") == line
