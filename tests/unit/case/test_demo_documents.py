"""The shipped documents say what they are, and hold what the demonstration is there to show."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

FOLDER = files("enduse").joinpath("case", "demo", "documents")
FILES = sorted(found.name for found in FOLDER.iterdir())


def text_of(name):
    return FOLDER.joinpath(name).read_bytes().decode("utf-8", "replace")


def paragraphs(name):
    found = re.findall(r"<p>(.*?)</p>", text_of(name), re.DOTALL)
    return [text for text in found if len(text) > 200]


@pytest.mark.parametrize("name", FILES)
def test_every_document_says_at_its_top_that_it_is_a_demonstration(name):
    said = ("demonstration text, written for enduse", "نص توضيحي كُتب من أجل enduse")
    for part in text_of(name).splitlines() if name.endswith(".jsonl") else [text_of(name)]:
        assert any(words in part.casefold() for words in said)


def test_the_copy_repeats_the_report_word_for_word():
    report = paragraphs("2015-06-09-field-notes-palmyra.html")
    copy = text_of("2015-06-12-open-peace-archive-copy.html")
    assert len(report) >= 5
    assert all(text in copy for text in report)
    assert "[Source: By Lena Ortmann, Field Notes (demo), 09Jun15]" in copy


def test_the_excerpt_drops_the_hedge_of_what_it_quotes():
    report = text_of("2015-06-09-field-notes-palmyra.html")
    assert "The Islamic State probably captured the TOW" in report
    excerpt = text_of("2015-06-10-daily-ledger-excerpt.html")
    assert "The Islamic State captured the TOW" in excerpt
    assert "probably captured" not in excerpt


def test_the_lines_are_whole_records():
    records = [json.loads(line) for line in text_of("wire-items.jsonl").splitlines()]
    fields = {"id", "lang", "title", "publisher", "byline", "date_published", "text"}
    assert all(set(record) == fields for record in records)
    assert len({record["id"] for record in records}) == len(records) == 3
