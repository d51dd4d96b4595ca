"""Whole pages of several makes: every fact and every section, as a person would mark them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from enduse.model.document import Document
from enduse.model.snapshot import Fetched
from enduse.preserve import make_snapshot
from enduse.read import read_document

PAGES = Path(__file__).parents[2] / "golden" / "pages"
NAMES = sorted(path.name for path in PAGES.iterdir() if path.is_dir())
FACTS = ("title", "publisher", "byline", "language", "address")


def read_page(name):
    path = next((PAGES / name).glob("input.*"))
    fetched = Fetched(path.name, path.read_bytes(), "", datetime(2020, 1, 1, tzinfo=UTC), "test 1")
    document = read_document(make_snapshot(fetched), fetched.body)
    assert isinstance(document, Document)
    expected = json.loads((PAGES / name / "expected.json").read_text(encoding="utf-8"))
    return document, expected


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fact", FACTS)
def test_fact(name, fact):
    document, expected = read_page(name)
    assert getattr(document, fact) == expected[fact]


@pytest.mark.parametrize("name", NAMES)
def test_day_of_publication(name):
    document, expected = read_page(name)
    assert document.date_published.isoformat() == expected["date_published"]


@pytest.mark.parametrize("name", NAMES)
def test_source_line(name):
    document, expected = read_page(name)
    line = document.source_line
    if expected["source_line"] is None:
        assert line is None
        return
    found = {
        "byline": line.byline,
        "publisher": line.publisher,
        "date": line.date.isoformat(),
        "quote": document.text[line.start : line.end],
    }
    assert found == expected["source_line"]


@pytest.mark.parametrize("name", NAMES)
def test_sections(name):
    document, expected = read_page(name)
    found = [[part.kind.value, document.text[part.start : part.end]] for part in document.sections]
    assert found == expected["sections"]


@pytest.mark.parametrize("name", NAMES)
def test_body_and_unseen_words(name):
    document, expected = read_page(name)
    for words in expected["body"]:
        at = document.text.index(words)
        end = at + len(words)
        assert all(end <= part.start or at >= part.end for part in document.sections)
    for words in expected["absent"]:
        assert words not in document.text
