"""Namesakes chosen by what else the text names, and entries that no text names."""

import json
import subprocess
import sys
from datetime import date

import pytest

from enduse.cli import main
from enduse.model.entity import Entity, Tie
from enduse.model.mention import EntityKind
from enduse.reference.company import Company, gain_of
from enduse.reference.register import load_register
from enduse.reference.untouched import find_untouched


@pytest.fixture(scope="module")
def register():
    return load_register()


@pytest.fixture
def run(monkeypatch, capfdbinary):
    """Return a function that runs a command and returns its exit code, output and messages."""

    def run_command(*arguments):
        monkeypatch.setattr("sys.argv", ["enduse", "reference", *map(str, arguments)])
        code = 0
        try:
            code = main() or 0
        except SystemExit as left:
            code = left.code or 0
        out = capfdbinary.readouterr()
        return code, out.out.decode(), out.err.decode()

    return run_command


@pytest.mark.parametrize(
    ("name", "beside", "country"),
    [
        ("Paris", (), "fr"),
        ("Paris", ("Dallas", "Houston"), "us"),
        ("Tripoli", ("Beirut",), "lb"),
        ("Tripoli", ("Misrata", "Benghazi"), "ly"),
        ("Tripoli", ("no such name at all",), "ly"),
    ],
)
def test_of_namesakes_the_one_among_the_others_comes_first(register, name, beside, country):
    best = register.find(name, EntityKind.PLACE, beside=beside)[0]
    assert register.entity(best.entity_id).countries == (country,)


def test_the_score_is_that_of_the_name_and_the_company_stands_among_the_features(register):
    alone = register.find("Tripoli", EntityKind.PLACE)[0]
    among = register.find("Tripoli", EntityKind.PLACE, beside=["Beirut"])[0]
    assert alone.score == among.score == 1.0
    assert "shared country" not in dict(alone.features)
    assert dict(among.features)["shared country"] == 1.0
    for _, value in among.features:
        assert 0.0 <= value <= 1.0


@pytest.mark.parametrize(
    ("day", "in_use", "score"),
    [("2011-01-01", 0.0, 0.7), ("2014-05-01", 1.0, 1.0), ("2018-01-01", 0.6, 0.88)],
)
def test_a_name_counts_less_before_its_time_than_after(register, day, in_use, score):
    (found,) = register.find("Jabhat al-Nusra", on=date.fromisoformat(day))
    assert dict(found.features)["in use"] == in_use
    assert found.score == score


def entity(entity_id, kind=EntityKind.ACTOR, countries=(), ties=()):
    return Entity(entity_id, kind, "x", entity_id, countries, ties=ties)


def test_ties_count_both_ways_and_classes_for_weapons():
    child = entity("band", ties=(Tie("member", "front"),))
    front, other = entity("front"), entity("other")
    company = Company.of([child], lambda _: ())
    assert company.features(front)["tied"] == 1.0
    assert company.features(other)["tied"] == 0.0
    assert Company.of([front], lambda _: ()).features(child)["tied"] == 1.0
    gun = entity("gun", EntityKind.WEAPON)
    company = Company.of([entity("rifle", EntityKind.WEAPON, ("us",))], lambda _: ("rifle",))
    assert company.features(gun) == {"tied": 0.0, "class named": 1.0}
    assert gain_of(company.features(gun)) == 0.15
    assert company.countries == {}


def test_no_company_says_nothing():
    assert Company.of([], lambda _: ()).features(entity("front")) == {}


def test_find_tells_the_features_of_its_choice(run):
    code, out, _ = run("find", "Tripoli", "--kind", "place", "--with", "Beirut", "--json")
    best = json.loads(out)["candidates"][0]
    assert code == 0
    assert best["country"] == "lb"
    assert best["features"]["shared country"] == 1.0


def test_a_text_touches_what_it_names_and_nothing_else(register):
    entries = [register.entity("bgm-71-tow"), register.entity("9m133-kornet")]
    found = find_untouched(entries, ["A TOW missile was seen.", ""], register)
    assert [entry.id for entry in found.entries] == ["9m133-kornet"]
    assert (found.texts, found.touched) == (2, 1)
    assert find_untouched(entries, [], register).entries == tuple(entries)


def test_unused_lists_what_no_document_names(run, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Fighters with a Kornet missile came to the village.", encoding="utf-8")
    code, out, said = run("unused", page, "--kind", "weapon", "--json")
    ids = [json.loads(line)["id"] for line in out.splitlines()]
    assert code == 0
    assert "9m133-kornet" not in ids
    assert "bgm-71-tow" in ids
    assert "1 documents name" in said


def test_unused_reads_casebooks(run, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Fighters with a Kornet missile came to the village.", encoding="utf-8")
    case = tmp_path / "case"
    for command in (["new", case], ["add", case, page], ["run", case, "read"]):
        assert run_whole(command) == 0
    _, out, _ = run("unused", case, "--kind", "weapon", "--json")
    assert '"9m133-kornet"' not in out
    assert '"bgm-71-tow"' in out


def run_whole(command):
    return subprocess.run(
        [sys.executable, "-m", "enduse", *map(str, command)], check=False, capture_output=True
    ).returncode


def test_unused_says_what_it_could_not_read_and_what_is_no_kind(run, tmp_path):
    code, _, said = run("unused", tmp_path / "none.txt", "--kind", "actor")
    assert code == 1
    assert "none.txt" in said
    code, _, said = run("unused", tmp_path, "--kind", "gun")
    assert code == 2
    assert "'gun' is no kind" in said
