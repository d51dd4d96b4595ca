"""The reviewed data is sound, and the checker finds every planted mistake."""

import shutil

import pytest

from enduse.reference.check import canonical_form, check_reference
from enduse.reference.compare import compare_names
from enduse.reference.register import load_register
from enduse.reference.sources import DATA

GOOD = """id: test-gun
category: rifle
name: Test Gun
made_in: [us]
names:
  - {text: TG-1, lang: en, use: official}
examples:
  - Soldiers carried TOW missiles to the hill.
counterexamples: []
cites: []
reviewed: no
"""


@pytest.fixture(scope="module")
def register():
    return load_register()


def test_the_shipped_data_has_no_problem(register):
    report = check_reference(register)
    assert [problem.words for problem in report.problems] == []
    assert report.entries > 5000


class Finds:
    """A register that finds the same entries in every sentence."""

    def __init__(self, *ids):
        self.ids = ids

    def mentions(self, _sentence):
        return [type("Found", (), {"entity_ids": self.ids})] if self.ids else []


@pytest.fixture
def data(tmp_path):
    (tmp_path / "weapons").mkdir()
    (tmp_path / "actors").mkdir()
    (tmp_path / "weapons" / "test-gun.yml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "ids.lock").write_text("test-gun\n", encoding="utf-8")
    return tmp_path


def problems(data, register=None):
    return " | ".join(
        p.message for p in check_reference(register or Finds("test-gun"), data).problems
    )


def test_a_sound_folder_has_no_problem(data):
    assert problems(data) == ""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("id: test-gun", "id: other-gun", "its id is 'other-gun'"),
        ("made_in: [us]", "made_in: [us]\nmade_in: [ru]", "given twice"),
        ("made_in: [us]", "made: [us]", "unknown field"),
        ("made_in: [us]", "is_a: [no-such-class]", "no entry"),
        ("TG-1", "ТG-Аb", "look-alike"),
        ("name: Test Gun", "name: Test Gun   ", "canonical form"),
        ("reviewed: no", "reviewed: {by: jd, on: 2026-01-15}", "cites nothing"),
        ("use: official", "use: slang", "Invalid enum value"),
    ],
)
def test_planted_mistakes_are_found(data, old, new, words):
    path = data / "weapons" / "test-gun.yml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    assert words in problems(data)


def test_examples_and_counterexamples_meet_the_real_matcher(data):
    assert "example is not found" in problems(data, Finds())
    path = data / "weapons" / "test-gun.yml"
    path.write_text(
        GOOD.replace("counterexamples: []", "counterexamples:\n  - A test."), encoding="utf-8"
    )
    assert "counterexample is found" in problems(data)


def test_a_vanished_id_and_a_new_id_are_told(data):
    (data / "ids.lock").write_text("test-gun\nold-gun\n", encoding="utf-8")
    assert "'old-gun' has vanished" in problems(data)
    (data / "ids.lock").write_text("", encoding="utf-8")
    assert "1 ids are not in it" in problems(data)


def test_two_entries_may_not_share_a_name_unless_declared(data):
    other = GOOD.replace("test-gun", "best-gun").replace("Test Gun", "Best Gun")
    (data / "weapons" / "best-gun.yml").write_text(other, encoding="utf-8")
    (data / "ids.lock").write_text("best-gun\ntest-gun\n", encoding="utf-8")
    register = Finds("test-gun", "best-gun")
    assert "the name 'tg-1' is of best-gun, test-gun" in problems(data, register)
    (data / "ambiguous.tsv").write_text(
        "name\tids\treason\ntg-1\tbest-gun,test-gun\tboth bear it\n", encoding="utf-8"
    )
    assert problems(data, register) == ""


def test_fix_writes_form_and_new_ids_and_nothing_else(data):
    path = data / "weapons" / "test-gun.yml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "  \r\n").encode())
    (data / "ids.lock").unlink()
    check_reference(Finds("test-gun"), data, fix=True)
    assert path.read_text(encoding="utf-8") == GOOD
    assert problems(data) == ""
    assert shutil.which("enduse") is None or canonical_form(GOOD) == GOOD


def test_names_known_by_the_register_are_found_and_compared(register):
    for name, entity in (
        ("TOW", "bgm-71-tow"),
        ("تاو", "bgm-71-tow"),
        ("JN", "al-nusrah-front"),
        ("جبهة النصرة", "al-nusrah-front"),
        ("Tadmur", "place-163808"),
        ("Palmyra", "place-163808"),
    ):
        assert register.find(name)[0].entity_id == entity
    assert register.find("xyzzy") == ()
    assert compare_names("Jabhat al-Nusra", "Nusra Front", register).same
    assert not compare_names("Syria", "Iraq", register).same


def test_every_shipped_place_table_is_readable(register):
    assert (DATA / "places" / "towns.tsv.xz").exists()
    assert register.entity("place-163808").point.precision == "town"
