"""A casebook from end to end: added, run, killed, run again, damaged, asked."""

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from enduse.case import casebook, each, work
from enduse.case.add import add_to_case
from enduse.case.casebook import create_case, open_case
from enduse.case.demo import DOCUMENTS
from enduse.case.explain import explain
from enduse.case.judging import record_judgement, retract_judgement
from enduse.case.run import run_stages
from enduse.case.verify import verify_case
from enduse.cli.app import run
from enduse.errors import MisuseError, NewerCaseError, NotFoundError
from enduse.model.problem import Problem
from enduse.model.record import sha256, to_json
from enduse.store.kinds import CLAIM, DOCUMENT, INCIDENT, JUDGEMENT, KINDS, PROBLEM, SNAPSHOT


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cases") / "demo"
    with create_case(folder) as book:
        added = add_to_case(book, [str(DOCUMENTS)])
        assert not added.problems
        run_stages(book)
    return folder


def contents(book):
    return {
        kind.table: [(row["id"], row["digest"]) for row in book.store.rows(kind)] for kind in KINDS
    }


def test_every_stage_makes_something(finished):
    with open_case(finished) as book:
        for kind in (SNAPSHOT, DOCUMENT, CLAIM, INCIDENT):
            assert book.store.count(kind) > 0


def test_a_second_run_does_nothing(finished):
    with open_case(finished) as book:
        before = contents(book)
        reports = run_stages(book)
        assert [report.worked for report in reports] == [0] * len(reports)
        assert contents(book) == before


def test_adding_again_adds_nothing(finished):
    with open_case(finished) as book:
        again = add_to_case(book, [str(DOCUMENTS)])
        assert again.new == []
        assert len(again.known) == book.store.count(SNAPSHOT)


def test_a_killed_run_goes_on_where_it_stopped(tmp_path, finished, monkeypatch):
    monkeypatch.setattr(work, "_BATCH", 2)
    real, seen = each._read_one, []

    def dying(objects, snapshot):
        if len(seen) == 5:
            raise KeyboardInterrupt
        seen.append(snapshot.id)
        return real(objects, snapshot)

    with create_case(tmp_path / "case") as book:
        add_to_case(book, [str(DOCUMENTS)])
        monkeypatch.setattr(each, "_read_one", dying)
        with pytest.raises(KeyboardInterrupt):
            run_stages(book)
        kept = book.store.count(DOCUMENT)
        assert 0 < kept < book.store.count(SNAPSHOT)
        monkeypatch.setattr(each, "_read_one", real)
        report = run_stages(book)[0]
        assert report.unchanged == 4
        with open_case(finished) as other:
            ours, theirs = contents(book), contents(other)
            for kind in ("document", "claim", "resolved", "reprint", "incident"):
                assert ours[kind] == theirs[kind]


def test_bytes_that_read_otherwise_at_another_address_are_extracted_again(tmp_path):
    mail = "From: a@b.c\nSubject: Arms\nTo: d@e\n\nThe Islamic State captured a TOW near Homs.\n"
    with create_case(tmp_path / "case") as book:
        texts = []
        for name in ("m.eml", "m.txt"):
            (tmp_path / name).write_text(mail, encoding="utf-8")
            add_to_case(book, [str(tmp_path / name)])
            assert run_stages(book)[1].worked == 1
            (document,) = book.store.find(DOCUMENT)
            texts.append(document.text)
            assert book.store.count(CLAIM) > 0
            assert verify_case(book).damage == [] or name == "m.txt"  # two readings, one id
            for claim in book.store.find(CLAIM):
                assert document.text[claim.span.start : claim.span.end] == claim.span.quote
        assert texts[0] != texts[1]
        assert [report.worked for report in run_stages(book)][:2] == [0, 0]


def test_verify_finds_nothing_on_a_sound_case(finished):
    with open_case(finished) as book:
        assert verify_case(book).damage == []


def test_verify_finds_a_changed_object(tmp_path):
    with create_case(tmp_path / "case") as book:
        (tmp_path / "a.txt").write_text("The army used a mortar.", encoding="utf-8")
        add_to_case(book, [str(tmp_path / "a.txt")])
        run_stages(book)
        path = book.objects.path(next(book.objects.digests()))
        path.chmod(0o644)
        path.write_bytes(path.read_bytes().replace(b"mortar", b"cannon"))
        damage = verify_case(book).damage
        assert any("its bytes have changed" in line for line in damage)
        assert any("gives another text" in line for line in damage)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE document SET text = replace(text, 'mortar', 'cannon')",
        "UPDATE document SET published = '1999-01-01'",
        "UPDATE document SET body = replace(body, 'null', '\"x\"')",
        "UPDATE snapshot SET address = 'b.txt'",
        "UPDATE claim SET certainty = 'possible'",
        "DELETE FROM document",
    ],
)
def test_verify_finds_a_changed_record(tmp_path, change):
    (tmp_path / "a.txt").write_text(
        "Rebels captured three mortar tubes from the Syrian army near Aleppo.", encoding="utf-8"
    )
    with create_case(tmp_path / "case") as book:
        add_to_case(book, [str(tmp_path / "a.txt")])
        run_stages(book)
        assert book.store.count(CLAIM) > 0
    with sqlite3.connect(tmp_path / "case" / "case.db") as connection:
        assert connection.execute(change).rowcount > 0
    connection.close()
    with open_case(tmp_path / "case") as book:
        assert verify_case(book).damage


def write_older(case, *, without, digest=True):
    """Rewrite the documents of a case as a version wrote them that did not know a field."""
    with sqlite3.connect(case / "case.db") as connection:
        rows = connection.execute("SELECT id, body, text FROM document").fetchall()
        for name, body, text in rows:
            fields = json.loads(body)
            del fields[without]
            old = to_json(fields)
            told = {"body": old.decode()} | (
                {"digest": sha256(old + text.encode())} if digest else {}
            )
            columns = ", ".join(f"{each} = ?" for each in told)
            connection.execute(
                f"UPDATE document SET {columns} WHERE id = ?", (*told.values(), name)
            )
    connection.close()


@pytest.fixture
def older(finished, tmp_path):
    return Path(shutil.copytree(finished, tmp_path / "case"))


def test_a_case_from_before_a_field_was_added_opens_and_is_not_called_damaged(finished, older):
    with open_case(finished) as book:
        documents = list(book.store.find(DOCUMENT))
        before = contents(book)
    write_older(older, without="based_on")
    with open_case(older) as book:
        assert list(book.store.find(DOCUMENT)) == documents
        assert contents(book)["document"] != before["document"]
        assert verify_case(book).damage == []
        run_stages(book)
        after = contents(book)
        assert {each: after[each] for each in ("claim", "incident", "reprint")} == {
            each: before[each] for each in ("claim", "incident", "reprint")
        }
        assert verify_case(book).damage == []


@pytest.mark.parametrize(
    ("without", "digest"),
    [("based_on", False), ("snapshot_id", True)],
    ids=["its digest was not made of it", "a field that every version knew"],
)
def test_an_older_record_is_still_checked(older, without, digest):
    write_older(older, without=without, digest=digest)
    with open_case(older) as book:
        assert verify_case(book).damage


def test_an_older_record_with_another_byte_is_damaged(older):
    write_older(older, without="based_on")
    with sqlite3.connect(older / "case.db") as connection:
        connection.execute("UPDATE document SET text = text || ' '")
    connection.close()
    with open_case(older) as book:
        assert any("changed since" in line for line in verify_case(book).damage)


def test_why_walks_from_an_incident_to_bytes(finished):
    with open_case(finished) as book:
        incident = next(iter(book.store.find(INCIDENT)))
        reasoning = explain(book, incident.id)
        claim = reasoning.rests_on[0]
        document = claim.rests_on[0]
        snapshot = document.rests_on[0]
        assert (claim.what, document.what, snapshot.what) == ("claim", "document", "snapshot")
        assert "«" in claim.words
        assert "SHA-256" in snapshot.words


def test_why_takes_the_start_of_an_id_and_refuses_two_meanings(finished):
    with open_case(finished) as book:
        some = book.store.ids(CLAIM)[0]
        assert explain(book, some[:-4]).id == some
        with pytest.raises(MisuseError, match="things have an id"):
            explain(book, "claim-")
        with pytest.raises(NotFoundError, match="nothing has the id"):
            explain(book, "claim-zz")


def test_judgements_are_signed_and_taken_back(tmp_path):
    with create_case(tmp_path / "case") as book:
        with pytest.raises(MisuseError, match="nobody signs"):
            record_judgement(book, ("a", "same", "b"))
        with pytest.raises(MisuseError, match="no verdict"):
            record_judgement(book, ("a", "equal", "b"), by="jd")
        made = record_judgement(book, ("a", "same", "b"), "seen together", "jd")
        assert retract_judgement(book, "a", "same", "b", "jd") == made
        assert book.store.count(JUDGEMENT) == 2
        with pytest.raises(NotFoundError):
            retract_judgement(book, "a", "same", "b", "jd")


def test_a_folder_in_use_is_refused(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(MisuseError, match="something here already"):
        create_case(tmp_path / "x")
    with pytest.raises(NotFoundError, match="enduse new"):
        open_case(tmp_path / "x")


def test_a_casebook_of_a_newer_version_is_refused(tmp_path):
    create_case(tmp_path / "case").close()
    (tmp_path / "case" / "enduse.toml").write_text("format = 99\n", encoding="utf-8")
    with pytest.raises(NewerCaseError, match="format 99"):
        open_case(tmp_path / "case")


def test_an_unknown_setting_is_named(tmp_path):
    create_case(tmp_path / "case").close()
    (tmp_path / "case" / "enduse.toml").write_text("format = 1\nworker = 2\n", encoding="utf-8")
    with pytest.raises(MisuseError, match="'worker'"):
        open_case(tmp_path / "case")


def command(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "enduse", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


def test_the_command_line_keeps_its_exit_codes(tmp_path, finished):
    assert command("--help").returncode == 0
    assert command("nonsense").returncode == 2
    assert command("run", tmp_path / "none").returncode == 2
    assert "enduse new" in command("run", tmp_path / "none").stderr
    (tmp_path / "empty.txt").write_bytes(b"")
    assert command("new", tmp_path / "case").returncode == 0
    assert command("add", tmp_path / "case", tmp_path / "nowhere.txt").returncode == 1
    found = command("verify", finished, "--json")
    assert found.returncode == 0
    assert json.loads(found.stdout)["damage"] == []


def test_a_case_that_lost_its_database_is_not_made_anew(tmp_path, capsys):
    folder = tmp_path / "case"
    create_case(folder).close()
    for file in folder.glob("case.db*"):
        file.unlink()
    assert run(["show", str(folder)]) == 3
    assert "lost its database" in capsys.readouterr().err
    assert not list(folder.glob("case.db*"))


def test_a_database_that_breaks_while_it_is_open_is_named(tmp_path, capsys):
    folder = tmp_path / "case"
    with create_case(folder) as book:
        book.store.put(
            PROBLEM, [Problem("read", "x", f"fault {n} " + "y" * 900) for n in range(400)]
        )
    file = folder / "case.db"
    body = bytearray(file.read_bytes())
    body[8192:-4096] = b"x" * (len(body) - 12288)
    file.write_bytes(bytes(body))
    assert run(["show", str(folder), "problems"]) == 3
    assert "Restore it from a copy" in capsys.readouterr().err


def test_output_to_a_folder_is_refused_in_words(tmp_path, capsys):
    page = tmp_path / "page.txt"
    page.write_text("Rebels fired mortars at Kesh.", encoding="utf-8")
    assert run(["extract", str(page), "-o", str(tmp_path)]) == 2
    assert "it is a folder" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["page.txt"]


def test_a_damaged_case_leaves_with_three(tmp_path):
    (tmp_path / "a.txt").write_text("The army used a mortar in Homs.", encoding="utf-8")
    with create_case(tmp_path / "case") as book:
        add_to_case(book, [str(tmp_path / "a.txt")])
        path: Path = book.objects.path(next(book.objects.digests()))
    path.unlink()
    assert command("verify", tmp_path / "case").returncode == 3


@pytest.mark.parametrize("at", ["open_database", "now"])
def test_a_casebook_whose_making_was_killed_is_finished(tmp_path, monkeypatch, at):
    def killed(*_):
        raise KeyboardInterrupt

    folder = tmp_path / "case"
    with monkeypatch.context() as patched:
        patched.setattr(casebook, at, killed)
        with pytest.raises(KeyboardInterrupt):
            create_case(folder)
    with pytest.raises(NotFoundError, match="enduse new"):
        open_case(folder)
    create_case(folder).close()
    with pytest.raises(MisuseError, match="something here already"):
        create_case(folder)


@pytest.mark.parametrize("name", ["note.txt", "objects/ab/cdef", "case.db"])
def test_a_folder_that_no_killed_making_leaves_is_refused(tmp_path, name):
    path = tmp_path / "x" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(MisuseError, match="something here already"):
        create_case(tmp_path / "x")
    assert path.read_text(encoding="utf-8") == "mine"
