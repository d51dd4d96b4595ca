"""PDF files: pages, joined words, running heads, metadata, and what cannot be read."""

import importlib.util
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from enduse.model.document import SectionKind
from enduse.model.problem import Problem
from enduse.model.snapshot import Fetched
from enduse.preserve import make_snapshot
from enduse.read import read_document, read_snapshot
from enduse.read.print_text import mend_print

_SPEC = importlib.util.spec_from_file_location(
    "pdf_writer", Path(__file__).with_name("pdf_writer.py")
)
pdf_writer = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(pdf_writer)

PAGES = [
    [
        "Harbour Board Report 7",
        "Forty rifles missing from harbour depot",
        "The board said on Monday that forty anti-",
        "tank rounds and other weap-",
        "ons were missing (in part) from the depot, and that the",
        "keeper left in May.",
        "1",
    ],
    ["Harbour Board Report 7", "Nobody saw the crates go.", "2"],
    ["Harbour Board Report 7", "A further depot was searched on the next day.", "3"],
]


def read(body, when=datetime(2020, 1, 1, tzinfo=UTC)):
    fetched = Fetched("a.pdf", body, "application/pdf", when, "test 1")
    return read_document(make_snapshot(fetched), body)


def test_text_pages_and_anchors():
    document = read(pdf_writer.write_pdf(PAGES))
    assert "forty anti-tank rounds and other weapons were missing (in part)" in document.text
    assert document.text.count("\f") == 2
    assert [anchor.path for anchor in document.anchors] == ["page[1]", "page[2]", "page[3]"]
    second = document.anchors[1]
    assert document.text[second.start : second.end].splitlines()[1] == "Nobody saw the crates go."


def test_running_heads_and_page_numbers_are_set_aside():
    document = read(pdf_writer.write_pdf(PAGES))
    aside = [
        document.text[part.start : part.end].split("\n")
        for part in document.sections
        if part.kind is SectionKind.NAVIGATION
    ]
    lines = [line.strip() for lines in aside for line in lines]
    assert lines.count("Harbour Board Report 7") == 3
    assert {"1", "2", "3"} <= set(lines)
    assert document.title == "Forty rifles missing from harbour depot"


def test_metadata_counts_only_where_the_text_is_silent():
    info = {
        "Title": "Rifles of the harbour depot",
        "Author": "Ana Roe",
        "CreationDate": "D:20140203080000Z",
    }
    document = read(pdf_writer.write_pdf(PAGES, info))
    assert document.title == "Forty rifles missing from harbour depot"
    assert (document.byline, document.date_published) == ("Ana Roe", date(2014, 2, 3))
    dated = [["A heading of four words", "By Bo Li", "5 March 2014", *PAGES[0][2:6]]]
    document = read(pdf_writer.write_pdf(dated, info))
    assert (document.byline, document.date_published) == ("Bo Li", date(2014, 3, 5))


def test_metadata_that_is_no_title_or_lies_ahead_is_not_taken():
    info = {"Title": "Microsoft Word - notes.doc", "CreationDate": "D:20300101"}
    document = read(pdf_writer.write_pdf([PAGES[0][2:]], info))
    assert document.title is None
    assert document.date_published is None


def problem(body):
    found = read(body)
    assert isinstance(found, Problem)
    assert found.stage == "read"
    assert found.next_step
    return found.message


def test_cut_short():
    body = pdf_writer.write_pdf(PAGES)
    assert problem(body[: len(body) // 2]) == "the PDF is cut short"


def test_damaged():
    assert problem(b"%PDF-1.4 no objects\n%%EOF") == "the PDF is damaged"


def test_scan_without_text():
    assert "2 pages hold no text" in problem(pdf_writer.write_pdf([[], ["7"]]))


def test_pages_that_are_pictures_are_told_beside_the_document():
    picture = pdf_writer.PICTURE
    body = pdf_writer.write_pdf([PAGES[0], PAGES[1], picture, picture, ["7"], [], picture])
    fetched = Fetched("a.pdf", body, "application/pdf", datetime(2020, 1, 1, tzinfo=UTC), "test 1")
    document, told = read_snapshot(make_snapshot(fetched), body)
    assert "Nobody saw the crates go." in document.text
    assert told.message == "pages that hold no text, and are pictures: 3 to 4, 7"
    assert "OCR" in told.next_step


def test_bytes_before_the_header_are_no_hindrance():
    assert "Nobody saw" in read(b"HTTP/1.1 200 OK\r\n\r\n" + pdf_writer.write_pdf(PAGES)).text


@pytest.mark.parametrize(
    "page", [b"<html><p>A %PDF-1.4 mark.", b"The %PDF- mark.", b'{"text": "The %PDF-1.4 mark."}']
)
def test_words_on_pdf_are_no_pdf(page):
    assert "mark." in read(page).text


def test_locked():
    lock = (
        b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >>"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 0 /Kids [] >>",
        lock,
    ]
    trailer = b" /Encrypt 3 0 R /ID [<00><00>]"
    body = pdf_writer.join_objects(objects, has_info=False, trailer=trailer)
    assert "password" in problem(body)


@pytest.mark.parametrize(
    ("page", "mended"),
    [
        ("a US-\nmade gun", "a US-made gun"),
        ("the am\ufffemunition", "the ammunition"),
        ("the T-\n72 tank", "the T-72 tank"),
        ("counter-\nattack", "counter-attack"),
        ("re-supply and re-\nsupply", "re-supply and re-supply"),
        ("teammate and team-\nmate", "teammate and teammate"),
        ("a list -\nof things", "a list -\nof things"),
        ("\ufefeﺑﻨﺎﺩﻕ"[1:], "بنادق"),
        ("ﬁre and ﬂag", "fire and flag"),
    ],
)
def test_print_is_mended(page, mended):
    assert mend_print([page]) == [mended]


def test_reversed_arabic_is_turned():
    line = "البنادق في المستودع قرب الميناء قبل الحرب كانت 7.62 في القرية"
    shown = " ".join(word if word[0].isdigit() else word[::-1] for word in reversed(line.split()))
    assert mend_print([shown]) == [line]
    assert mend_print([line]) == [line]
