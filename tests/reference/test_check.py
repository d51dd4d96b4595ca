"""The reviewed data is sound, and the checker finds every planted mistake."""

import shutil

import pytest

from enduse.case.judging_cues import judge_cue
from enduse.reference.check import check_reference
from enduse.reference.compare import compare_names
from enduse.reference.cues import CueRow, load_cues
from enduse.reference.forms import canonical_form
from enduse.reference.register import load_register
from enduse.reference.shape import WeaponSource
from enduse.reference.sources import DATA, read_source

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
    """A register that finds the same entries in every sentence and holds no other."""

    def __init__(self, *ids):
        self.ids = ids

    def entity(self, _entity_id):
        return None

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
        ("made_in: [us]", "is_a: [test-gun]", "points to itself"),
        ("made_in: [us]", "made_in: [xx]", "no country code"),
        ("category: rifle", "category: armed-group", "not in categories.tsv"),
        ("made_in: [us]", "made_in: [us]\ncodes: {salw: bazookas}", "not in codes.tsv"),
        ("made_in: [us]", "made_in: [us]\ncodes: {wikidata: Q1}", "not in codes.tsv"),
        ("TG-1", "ТG-Аb", "look-alike"),
        ("name: Test Gun", "name: Тest Gun", "look-alike"),
        ("{text: TG-1", '{text: "TG-1 {made"', "has a brace"),
        ("TG-1", "ТГ-1", "not written in the letters of 'en'"),
        ("TG-1, lang: en", "Test Gun Two, lang: ar", "not written in the letters of 'ar'"),
        ("TG-1", '"TG  1"', "stray blanks"),
        ("use: official", "use: official, from: 2013-13", "day that does not exist"),
        ("use: official", "use: official, from: 2013, to: 2012", "ends before it begins"),
        ("name: Test Gun", "name: Test Gun   ", "canonical form"),
        ("name: Test Gun", "name: Te\u0301st Gun", "canonical form"),
        ("category: rifle\nname: Test Gun", "name: Test Gun\ncategory: rifle", "canonical form"),
        ("reviewed: no", "reviewed: {by: jd, on: 2026-01-15}", "cites nothing"),
        ("cites: []", "cites: [{url: a book, seen: 2026-01-15}]", "no address of a page"),
        (
            "cites: []",
            'cites: [{url: "https://museum.example/x", seen: 2026-01-15}]',
            "no address of a page",
        ),
        ("cites: []", 'cites: [{url: "https://iana.org/x", seen: 2026}]', "no day on which"),
        ("use: official", "use: slang", "Invalid enum value"),
        ("made_in: [us]", "made_in: [us", "while parsing a flow sequence"),
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


CUES = "phrase\tsense\texample\tcounterexample\treviewed\n"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("не\tdenied\tОни не стреляли.\tИх нет.\tno\n", ""),
        ("не\tdenied\tОни стреляли.\t\tno\n", "not found in its example"),
        ("не\tdenied\tОни не стреляли.\tОни не спят.\tno\n", "found in its counterexample"),
        ("не\tdenied\t\t\tno\n", "has no example"),
        ("нe\tdenied\tОни нe стреляли.\t\tno\n", ""),
        ("нeт\tdenied\tОружия нeт.\t\tno\n", ""),
        ("не\tdenied\n", "2 fields where the heading has 5"),
        ("не\tdenied\tА не Б.\t\tno\nне\tdenied\tА не Б.\t\tno\n", "listed twice"),
        ("не \tdenied\tА не Б.\t\tno\n", "canonical form"),
    ],
)
def test_cues_of_a_language_without_an_engine_meet_the_cue_matcher(data, rows, words):
    (data / "cues" / "ru").mkdir(parents=True)
    path = data / "cues" / "ru" / "negation.tsv"
    path.write_text(CUES + rows, encoding="utf-8")
    mixed = any("a" <= letter <= "z" for letter in rows.partition("\t")[0])
    assert ("look-alike" if mixed else words) in problems(data)
    if not mixed and not words:
        assert problems(data) == ""


def test_english_cues_meet_the_engine_that_is_given(data):
    (data / "cues" / "en").mkdir(parents=True)
    path = data / "cues" / "en" / "hedges.tsv"
    path.write_text(CUES + "likely\tprobable\tIt was likely.\tIt was.\tno\n", encoding="utf-8")
    register = Finds("test-gun")

    def told(judge):
        report = check_reference(register, data, judge=judge)
        return report, " | ".join(problem.message for problem in report.problems)

    assert told(None)[0].unread == 1
    assert told(lambda row, sentence: row.phrase in sentence)[1] == ""
    assert "not found in its example" in told(lambda row, sentence: False)[1]
    assert "found in its counterexample" in told(lambda row, sentence: True)[1]
    (data / "cues" / "known_failures.tsv").write_text(
        "lang\ttable\tphrase\treason\nen\thedges\tlikely\tnot read yet\n", encoding="utf-8"
    )
    report, words = told(lambda row, sentence: False)
    assert (report.missed, words) == (1, "")


def test_the_engine_that_reads_documents_judges_english_cues(register):
    judge = judge_cue(register)
    row = load_cues("en").table("negation")["never"]
    assert judge(row, row.example) is True
    assert judge(row, "The army fired rockets at the village.") is False
    assert judge(CueRow("verbs", "go", "go"), "They go.") is None


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("ambiguous.tsv", "name\tids\treason\nx\tno-such\twhy\n", "which is no entry"),
        (
            "ambiguous.tsv",
            "name\tids\treason\nx\ttest-gun\twhy\nX\ttest-gun\twhy\n",
            "listed twice",
        ),
        ("folding.tsv", "letter\tas\treason\né\te\ta\né\tf\tb\n", "stands in 2 rows"),
        ("folding.tsv", "letter\tas\treason\ne\u0301\te\ta\n", "canonical form"),
        ("ids.lock", "test-gun\ngone-gun\n", "has vanished"),
    ],
)
def test_planted_mistakes_in_tables_are_found(data, name, text, words):
    (data / name).write_text(text, encoding="utf-8")
    assert words in problems(data)


def test_a_stale_schema_is_told_and_written_anew(data):
    (data / "schema").mkdir()
    assert "schema is stale" in problems(data)
    check_reference(Finds("test-gun"), data, fix=True)
    assert problems(data) == ""


def test_a_name_may_not_be_shared_beyond_the_entries_declared(data):
    for gun in ("best-gun", "next-gun"):
        other = GOOD.replace("test-gun", gun).replace("Test Gun", gun)
        (data / "weapons" / f"{gun}.yml").write_text(other, encoding="utf-8")
    (data / "ids.lock").write_text("best-gun\nnext-gun\ntest-gun\n", encoding="utf-8")
    (data / "ambiguous.tsv").write_text(
        "name\tids\treason\ntg-1\tbest-gun,test-gun\tboth bear it\n", encoding="utf-8"
    )
    found = problems(data, Finds("test-gun", "best-gun", "next-gun"))
    assert "the name 'tg-1' is of best-gun, next-gun, test-gun" in found


def test_values_are_read_without_guessing_their_type(data):
    path = data / "weapons" / "test-gun.yml"
    path.write_text(
        GOOD.replace("made_in: [us]", "made_in: [no]").replace("TG-1", "0012345"), encoding="utf-8"
    )
    source = read_source(path, WeaponSource)
    assert (source.made_in, source.names[0].text) == (["no"], "0012345")


def test_models_kept_apart_are_no_variants(register):
    assert register.compatible("pg-7v-rocket", "rpg-7")
    assert not register.compatible("leopard-2", "t-72")
    assert not register.compatible("iai-harop", "hermes-450")
    assert "loitering-munition" in register.ancestors("iai-harop")


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
