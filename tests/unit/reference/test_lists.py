"""A user's own entries: drafts, lists, dry runs; refused lines leave nothing behind."""

import json

import pytest

from enduse.cli import main
from enduse.model.mention import EntityKind
from enduse.model.problem import Problem
from enduse.reference.check import check_reference
from enduse.reference.check_entries import read_known
from enduse.reference.drafts import Draft, draft_text, make_id, write_draft
from enduse.reference.register import load_register
from enduse.reference.sources import DATA, parse_yaml
from enduse.reference.userlist import AlreadyKnown, make_template, read_list


@pytest.fixture(scope="module")
def register():
    return load_register()


@pytest.fixture(scope="module")
def known(register):
    return read_known(DATA, frozenset(), register)


@pytest.fixture
def run(monkeypatch):
    """Return a function that runs a command and returns its exit code."""

    def run_command(*arguments):
        monkeypatch.setattr("sys.argv", ["enduse", *map(str, arguments)])
        try:
            main()
        except SystemExit as left:
            return left.code or 0
        return 0

    return run_command


def test_the_template_is_a_list_that_makes_an_entry_of_each_kind(register, known):
    made = list(read_list(make_template().splitlines(), register, known))
    assert [draft.kind for draft in made] == [
        EntityKind.WEAPON,
        EntityKind.ACTOR,
        EntityKind.PLACE,
    ]


HEAD = "kind,id,name,category,countries,is_a,names,codes,lat,lon,example\n"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("gun,,Karo Rifle,rifle,,,,,,,", "'gun' is no kind"),
        ("weapon,,,rifle,,,,,,,", "the name is missing"),
        ("weapon,,Karo Rifle,gun,,,,,,,", "category 'gun'"),
        ("weapon,,Karo Rifle,rifle,xx,,,,,,", "no country code"),
        ("weapon,,Karo Rifle,rifle,,no-such,,,,,", "'no-such' is no entry"),
        ("weapon,,Karo Rifle,rifle,,,,salw=bow,,,", "code salw=bow"),
        ("weapon,Karo,Karo Rifle,rifle,,,,,,,", "'Karo' is no id"),
        ("weapon,bgm-71-tow,Karo Rifle,rifle,,,,,,,", "is taken"),
        ("place,,Tal Karo,town,sy,,,,north,1,", "no number"),
        ("place,,Tal Karo,town,sy,,,,91,1,", "outside the globe"),
    ],
)
def test_a_line_with_a_fault_makes_a_problem(row, words, register, known):
    (made,) = read_list((HEAD + row).splitlines(), register, known)
    assert isinstance(made, Problem)
    assert words in made.message
    assert made.place == "line 2"
    assert made.next_step


def test_a_known_name_is_left_out_unless_it_is_given_an_id(register, known):
    rows = HEAD + "weapon,,BGM-71 TOW,rifle,,,,,,,\nweapon,my-tow,BGM-71 TOW,rifle,,,,,,,\n"
    first, second = read_list(rows.splitlines(), register, known)
    assert first == AlreadyKnown(2, "BGM-71 TOW", "bgm-71-tow")
    assert second.id == "my-tow"


def test_two_lines_may_not_make_one_id(register, known):
    rows = HEAD + "actor,,Karo Column,militia,,,,,,,\nactor,,Karo-Column,militia,,,,,,,\n"
    _, second = read_list(rows.splitlines(), register, known)
    assert "stands in line 2 too" in second.message


@pytest.mark.parametrize(
    "name", ["T-72", "a: b", "no", '"x"', "O'Neil", "#1", "- x", "x ", "коло", "{a}", "1.0", "[x]"]
)
def test_names_come_back_from_the_file_as_they_were(name):
    draft = Draft(EntityKind.ACTOR, "x", name, "militia", ("no",), names=((name, "en"),))
    read = parse_yaml(draft_text(draft), "x.yml")
    assert (read["name"], read["names"][0]["text"], read["countries"]) == (name, name, ["no"])


def test_ids_are_made_of_names():
    assert make_id("العمود") != ""
    assert make_id("Liwa al-Quds") == "liwa-al-quds"


def test_a_draft_is_in_canonical_form_and_passes_the_check(tmp_path):
    draft = Draft(
        EntityKind.WEAPON,
        "karo-rifle",
        "Karo Rifle",
        "rifle",
        ("us",),
        ("rifle",),
        (("Кароган", "ru"),),
        (("salw", "assault-rifles"),),
        "Soldiers carried the Karo Rifle.",
    )
    write_draft(draft, tmp_path)
    (tmp_path / "ids.lock").write_text("karo-rifle\n", encoding="utf-8")
    report = check_reference(load_register((tmp_path,)), tmp_path)
    assert [problem.words for problem in report.problems] == []
    assert report.entries == 1


def test_a_list_is_taken_whole_and_then_found(tmp_path, capsys, run):
    file, own = tmp_path / "mine.csv", tmp_path / "mine"
    file.write_text(make_template(), encoding="utf-8")
    assert run("reference", "import", file, "--own", own, "--dry-run") == 0
    assert not own.exists()
    assert "would write tabir-tr-9" in capsys.readouterr().out
    assert run("reference", "import", file, "--own", own) == 0
    capsys.readouterr()
    assert run("reference", "find", "TR9 carbine", "--own", own, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["candidates"][0]["id"] == "tabir-tr-9"
    assert run("reference", "check", "--own", own, "--fix") == 0
    assert run("reference", "check", "--own", own) == 0


def test_a_list_with_a_fault_writes_nothing(tmp_path, capsys, run):
    file, own = tmp_path / "mine.csv", tmp_path / "mine"
    file.write_text(make_template() + "gun,,Karo Rifle,rifle,,,,,,,\n", encoding="utf-8")
    assert run("reference", "import", file, "--own", own) == 1
    assert not own.exists()
    assert f"problem: {file}, line 5: 'gun' is no kind" in capsys.readouterr().err
    assert run("reference", "new", "gun", "Karo Rifle", "--category", "rifle", "--own", own) == 1
    assert "problem: the entry: 'gun' is no kind" in capsys.readouterr().err


def test_no_entry_is_called_unused_where_nothing_was_read(tmp_path, capsys, run):
    assert run("reference", "unused", tmp_path / "none") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "no such file" in told.err


@pytest.mark.parametrize("arguments", [("import",), ("import", "no.csv", "--own", "x")])
def test_an_import_without_its_file_is_misuse(arguments, run):
    assert run("reference", *arguments) == 2


def test_a_heading_with_an_unknown_column_is_misuse(tmp_path, run):
    file = tmp_path / "mine.csv"
    file.write_text("kind,name,category,colour\n", encoding="utf-8")
    assert run("reference", "import", file, "--own", tmp_path / "own") == 2


def test_a_list_in_another_encoding_is_told_with_its_line(tmp_path, capsys, run):
    file = tmp_path / "mine.csv"
    rows = "kind,name,category\nactor,Karo Column,militia\nactor,Général Karo,militia\n"
    file.write_bytes(rows.encode("latin-1"))
    assert run("reference", "import", file, "--own", tmp_path / "own") == 2
    told = capsys.readouterr().err
    assert f"{file}: not UTF-8 but another encoding: byte 0xe9 in line 3" in told


@pytest.mark.parametrize("row", ['actor,"Karo Column,militia', 'actor,"Karo" Column,militia'])
def test_a_list_that_is_no_csv_is_misuse(row, tmp_path, capsys, run):
    file = tmp_path / "mine.csv"
    file.write_text(f"kind,name,category\n{row}\n", encoding="utf-8")
    assert run("reference", "import", file, "--own", tmp_path / "own") == 2
    assert "line 2: not readable as CSV" in capsys.readouterr().err


def test_a_line_with_more_fields_than_the_heading_is_told_by_its_place(register, known):
    rows = "kind,name,category\n\nactor,Karo, Column,militia\nactor,Karo Men,militia,,\n"
    first, second = read_list(rows.splitlines(), register, known)
    assert first.place == "line 3"
    assert "more fields" in first.message
    assert isinstance(second, Draft)


def test_a_new_entry_is_started_and_not_written_over(tmp_path, capsys, run):
    call = ("reference", "new", "actor", "Karo Column", "--category", "militia", "--own", tmp_path)
    assert run(*call, "--country", "sy") == 0
    path = tmp_path / "actors" / "karo-column.yml"
    assert "countries: [sy]" in path.read_text(encoding="utf-8")
    assert run(*call) == 1
    assert "is taken" in capsys.readouterr().err


def test_counts_are_told_for_weapons_and_actors(capsys, run):
    assert run("reference", "count", "--json") == 0
    weapons, actors = map(json.loads, capsys.readouterr().out.splitlines())
    assert weapons["level model"] > 1500
    assert actors["entries"] > 1500


@pytest.mark.parametrize(
    ("line", "entity"),
    [
        ("1220 T-72B3", "t-72b3"),
        ("Unknown tank", "tank"),
        ("9A331 TLAR (for 9K331 Tor-M1)", "9a331-launcher"),
    ],
)
def test_a_line_of_a_loss_list_is_found_by_what_it_names(line, entity, capsys, run):
    assert run("reference", "find", line, "--kind", "weapon", "--json") == 0
    best = json.loads(capsys.readouterr().out)["candidates"][0]
    assert best["id"] == entity
    assert best["score"] < 0.9
    assert "part of the name" in best["features"]
