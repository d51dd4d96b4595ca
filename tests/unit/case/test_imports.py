"""Claims made elsewhere: what is taken, what is refused, and on which document it stands."""

import json
from datetime import date

import pytest

from enduse.case.add import add_to_case
from enduse.case.casebook import create_case
from enduse.case.explain import explain
from enduse.case.imports import import_claims
from enduse.case.run import run_stages
from enduse.case.verify import verify_case
from enduse.model.interchange import to_record
from enduse.store.kinds import CLAIM, DOCUMENT, PROBLEM

TEXTS = {
    "a": "Ostrava sold T-72 tanks to Vesk in 2012, officials said on Monday.",
    "b": "Mirel supplied rockets to a militia in Kerth, the monitor wrote on Friday.",
}
GOOD = {
    "doc": "letter",
    "kind": "transfer",
    "mode": "sale",
    "from": {"text": "Ostrava"},
    "to": "Vesk",
    "weapon": {"text": "T-72"},
    "quote": "Ostrava sold T-72 tanks to Vesk",
    "start": 0,
    "end": 31,
}


@pytest.fixture
def book(tmp_path):
    with create_case(tmp_path / "case") as made:
        yield made


@pytest.fixture
def take(book, tmp_path):
    def take_lines(*records, documents=None, head=b""):
        lines = tmp_path / "claims.jsonl"
        raw = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in records]
        lines.write_bytes(head + b"\n".join(raw) + b"\n")
        return import_claims(book, lines, documents)

    return take_lines


def add_two_reports(book, tmp_path):
    for folder, text in TEXTS.items():
        (tmp_path / "docs" / folder).mkdir(parents=True)
        (tmp_path / "docs" / folder / "report.txt").write_text(text, encoding="utf-8")
    add_to_case(book, [str(tmp_path / "docs")])
    run_stages(book, ["read"])


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"quantity": {"text": "5", "min": "5"}}, "quantity.min"),
        ({"score": "nan"}, "score"),
        ({"score": -0.1}, "score"),
        ({"score": 1.5}, "score"),
        ({"from": {"text": "Ostrava", "start": "0"}}, "from.start"),
        ({"from": {"text": "Ostrava", "start": -1}}, "from.start"),
        ({"from": {"text": "Ostrava", "and": "Kerth"}}, "from.and"),
        ({"from": {"text": None}}, "from.text"),
        ({"from": {"name": "Ostrava"}}, "from has no text"),
        ({"attribution": "the mayor"}, "attribution"),
        ({"mode": 5}, "mode"),
        ({"kind": "gift"}, "gift"),
        ({"doc": 7}, "doc"),
        ({"doc": ["letter"]}, "doc"),
        ({"doc": None}, "no document"),
        ({"publisher": 5}, "publisher"),
        ({"published": 2015}, "published"),
        ({"published": "2015-06"}, "2015-06"),
        ({"published": "June 2015"}, "June 2015"),
        ({"time": {"text": "June", "start": "2015-06"}}, "2015-06"),
        ({"start": 2**70}, "start"),
        ({"start": 40}, "before its start"),
    ],
)
def test_a_bad_line_is_a_problem_and_the_others_are_kept(book, take, fields, word):
    report = take(GOOD | fields, GOOD | {"doc": "other"})
    assert report.claims == report.documents == 1
    (problem,) = report.problems
    assert problem.subject.endswith("claims.jsonl")
    assert problem.place == "line 1"
    assert word in problem.message
    assert not verify_case(book).damage


@pytest.mark.parametrize(
    "line", [b"[1]", b'{"doc": "\xff"}', b"{", b'{"kind": "use", "score": NaN}']
)
def test_a_line_that_is_no_record_is_a_problem(take, line):
    report = take(line, GOOD)
    assert (report.claims, [one.place for one in report.problems]) == (1, ["line 1"])


def test_a_byte_order_mark_hides_no_line(take):
    report = take(GOOD, head=b"\xef\xbb\xbf")
    assert (report.claims, report.problems) == (1, [])


def test_a_mended_file_leaves_no_problem_behind(book, take):
    take(GOOD | {"score": 2})
    assert book.store.count(PROBLEM) == 1
    assert not take(GOOD).problems
    assert book.store.count(PROBLEM) == 0


@pytest.mark.parametrize(
    "published", ["2015-06-09", "2015-06-09T23:30:00+03:00", "2015-06-09T10:00Z"]
)
def test_the_day_of_publication_may_come_with_a_time(book, take, published):
    assert not take(GOOD | {"published": published}).problems
    (stub,) = book.store.find(DOCUMENT)
    assert stub.date_published == date(2015, 6, 9)


def test_whole_numbers_keep_the_claims_id(book, take):
    take(GOOD | {"quantity": {"text": "5", "min": 5, "max": 5}})
    assert not verify_case(book).damage


def test_a_name_of_several_documents_is_a_problem_that_tells_them_apart(book, take, tmp_path):
    add_two_reports(book, tmp_path)
    report = take(GOOD | {"doc": "report.txt"})
    (problem,) = report.problems
    assert report.claims == 0
    for document in book.store.find(DOCUMENT):
        assert document.id in problem.message
    assert "a/report.txt" in problem.message
    assert "id or its path" in problem.next_step


def test_a_path_or_an_id_says_which_document_is_meant(book, take, tmp_path):
    add_two_reports(book, tmp_path)
    ids = {one.text: one.id for one in book.store.find(DOCUMENT)}
    other = GOOD | {"quote": TEXTS["b"][:5], "start": 0, "end": 5}
    report = take(
        GOOD | {"doc": "a/report.txt"},
        other | {"doc": str(tmp_path / "docs" / "b" / "report.txt")},
        other | {"doc": ids[TEXTS["b"]], "mode": "supply"},
    )
    assert (report.claims, report.documents, report.problems) == (3, 0, [])
    assert not verify_case(book).damage


def test_documents_given_with_the_claims_are_those_they_mean(book, take, tmp_path):
    for folder, text in TEXTS.items():
        (tmp_path / f"{folder}.jsonl").write_text(json.dumps({"id": "1", "text": text}) + "\n")
    add_to_case(book, [str(tmp_path / "b.jsonl")])
    report = take(GOOD | {"doc": "1"}, documents=tmp_path / "a.jsonl")
    assert (report.claims, report.problems) == (1, [])


@pytest.mark.parametrize("place", [(5000, 5031), (1, 32), (0, 30)])
def test_a_quote_stands_at_its_place_where_the_text_is_at_hand(book, take, tmp_path, place):
    add_two_reports(book, tmp_path)
    moved = {"doc": "a/report.txt", "start": place[0], "end": place[1]}
    report = take(GOOD | moved, GOOD | {"doc": "a/report.txt"}, GOOD | moved | {"doc": "letter"})
    (problem,) = report.problems
    assert problem.place == "line 1"
    assert f"{place[0]}-{place[1]}" in problem.message
    assert report.claims == 2


def test_a_quote_without_an_end_is_as_long_as_its_words(book, take):
    take({name: value for name, value in GOOD.items() if name != "end"})
    (claim,) = book.store.find(CLAIM)
    assert claim.span.end == len(GOOD["quote"])


def without_place(**fields):
    return {name: value for name, value in GOOD.items() if name not in ("start", "end")} | fields


def test_a_quote_without_its_place_is_placed_where_its_words_stand(book, take, tmp_path):
    add_two_reports(book, tmp_path)
    words = "T-72 tanks to Vesk"
    assert not take(without_place(doc="a/report.txt", quote=words)).problems
    (claim,) = book.store.find(CLAIM)
    assert (claim.span.start, claim.span.quote) == (TEXTS["a"].find(words), words)
    assert not verify_case(book).damage


@pytest.mark.parametrize(("quote", "word"), [("Vesk sold", "does not stand"), ("o", "again at 25")])
def test_a_quote_that_has_no_one_place_is_a_problem(book, take, tmp_path, quote, word):
    add_two_reports(book, tmp_path)
    report = take(without_place(doc="a/report.txt", quote=quote), GOOD)
    (problem,) = report.problems
    assert (report.claims, problem.place) == (1, "line 1")
    assert word in problem.message


def test_a_quote_without_place_or_text_is_kept_as_told(book, take):
    report = take(without_place(), without_place(quote="Vesk bought them"))
    assert (report.claims, report.problems) == (2, [])
    for claim in book.store.find(CLAIM):
        quote = to_record(claim, "letter")["quote"]
        assert f"«{quote}»: told without its place" in explain(book, claim.id).words
