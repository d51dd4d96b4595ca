"""Exports escape what is hostile, keep what is said, and survive the way back."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from enduse.model.document import Document, Span
from enduse.model.interchange import from_record
from enduse.publish import CLAIM_EXPORTERS, EXPORTERS, compose_dossier
from enduse.publish.escape import (
    direction,
    escape_markdown,
    guard_cell,
    show_controls,
    unguard_cell,
)
from enduse.publish.to_csv import COLUMNS, CsvExporter

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>&amp; [x](javascript:1) `c` **b** "
    "| =cmd|' /C calc'!A0 \u202egnp.exe\u2066 \x00\x1b[31m {{ 7*7 }} {% raw %}"
)


def export(name, dossier):
    stream = io.BytesIO()
    EXPORTERS[name].write(dossier, stream)
    return stream.getvalue().decode("utf-8")


def export_claims(name, pairs):
    stream = io.BytesIO()
    exporter = CLAIM_EXPORTERS[name] if isinstance(name, str) else name
    exporter.write(pairs, stream)
    return stream.getvalue()


class Tags(HTMLParser):
    """Collects the tags, attributes and text of a page, and checks that tags are balanced."""

    void = ("meta", "br", "img", "link", "rect", "path")

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.words, self.open = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.extend((tag, *pair) for pair in attrs)
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.extend((tag, *pair) for pair in attrs)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def test_html_is_one_file_without_script_or_outside_parts(sample):
    page = export("html", compose_dossier(sample.trace, sample.evidence))
    read = Tags(page)
    assert read.open == []
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(read.tags)
    assert not [a for _, a, _ in read.attributes if a.startswith("on")]
    linked = [value for _, name, value in read.attributes if name in ("href", "src")]
    assert all(value.startswith("#") for value in linked)
    assert "url(" not in page
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_every_link_of_the_page_has_its_target(sample):
    read = Tags(export("html", compose_dossier(sample.trace, sample.evidence)))
    ids = [value for _, name, value in read.attributes if name == "id"]
    assert len(set(ids)) == len(ids)
    named = {v.removeprefix("#") for _, name, v in read.attributes if name == "href"}
    labels = {
        word
        for _, name, value in read.attributes
        if name == "aria-labelledby"
        for word in value.split()
    }
    assert named | labels <= set(ids)


def test_html_reads_in_order_with_headings_landmarks_and_captions(sample):
    read = Tags(export("html", compose_dossier(sample.trace, sample.evidence)))
    assert read.tags.count("h1") == 1
    assert {"header", "main", "footer", "figure", "figcaption"} <= set(read.tags)
    assert read.tags.count("table") == read.tags.count("caption")
    headings = [int(tag[1]) for tag in read.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(headings))
    assert ("th", "scope", "col") in read.attributes
    assert ("html", "lang", "en") in read.attributes


def test_html_states_standard_and_words_before_the_answer(sample):
    page = export("html", compose_dossier(sample.trace, sample.evidence))
    places = [page.index(words) for words in ("reviewed by nobody", 'id="standard"', 'id="answer"')]
    assert places == sorted(places)
    assert page.index("roughly even chance") < page.index('id="answer"')


def test_hostile_text_stays_text_in_html(sample):
    page = export("html", compose_dossier(sample.trace, sample.with_text(HOSTILE)))
    read = Tags(page)
    assert "script" not in read.tags
    assert "img" not in read.tags
    assert "\u202e" not in page
    assert "⟦U+202E⟧" in page
    assert "\x00" not in page
    assert "{{ 7*7 }}" in "".join(read.words)


def test_hostile_names_stay_text_in_the_picture(sample):
    holder = replace(sample.trace.sighting.holder, label='</title><script>x</script>" onload="y')
    trace = replace(sample.trace, sighting=replace(sample.trace.sighting, holder=holder))
    dossier = compose_dossier(trace, sample.evidence)
    read = Tags(dossier.picture)
    assert "script" not in read.tags
    assert not [name for _, name, _ in read.attributes if name == "onload"]


def test_an_arabic_quote_runs_from_right_to_left(sample):
    dossier = compose_dossier(sample.trace, sample.evidence)
    page = export("html", dossier)
    assert '<blockquote dir="rtl" lang="ar"><bdi dir="rtl">استولى' in page
    assert '<blockquote dir="ltr" lang="en"><bdi dir="ltr">Fighters' in page
    assert "\u2067“استولى" in export("markdown", dossier)


def test_markdown_keeps_hostile_text_as_text(sample):
    text = export("markdown", compose_dossier(sample.trace, sample.with_text(HOSTILE)))
    page = MarkdownIt("commonmark").enable("table").render(text)
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in re.findall(r'href="([^"]*)', page)
    assert not re.findall(r'href="(?!#c\d)', page)


@given(st.text(max_size=60))
def test_escaped_markdown_renders_as_the_text(text):
    page = MarkdownIt("commonmark").enable("table").render(f"- {escape_markdown(text)}")
    words = "".join(Tags(page).words)
    assert " ".join(words.split()) == " ".join(show_controls(text).split())


@given(st.text())
def test_a_guarded_cell_is_no_formula_and_comes_back(text):
    cell = guard_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguard_cell(cell) == text


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_formulas_are_guarded(start):
    assert guard_cell(start) == f"'{start}"


def quoting(sample, text):
    claim = sample.claim("use")
    return (
        replace(claim, span=Span("doc-x", 0, len(text), text)),
        Document("doc-x", "snap-x", text, name=text, title=text, publisher=text),
    )


@settings(max_examples=60)
@given(text=st.text(min_size=1, max_size=80))
def test_any_text_survives_csv(sample, text):
    raw = export_claims("csv", [quoting(sample, text)])
    (row,) = csv.DictReader(io.StringIO(raw.decode("utf-8"), newline=""))
    assert unguard_cell(row["quote"]) == text
    assert unguard_cell(row["publisher"]) == text


@settings(max_examples=60)
@given(text=st.text(min_size=1, max_size=80))
def test_any_text_survives_json_lines(sample, text):
    raw = export_claims("claims-jsonl", [quoting(sample, text)]).decode("utf-8")
    assert len(raw.splitlines()) == 1
    record = json.loads(raw)
    assert record["quote"] == text
    assert record["doc"] == text


def test_json_lines_come_back_as_the_same_claims(sample):
    pairs = [
        (claim, sample.evidence.documents[claim.document_id])
        for claim in sample.evidence.claims.values()
    ]
    lines = export_claims("claims-jsonl", pairs).decode("utf-8").splitlines()
    back = [
        from_record(json.loads(line), claim.document_id, claim.extractor)
        for line, (claim, _) in zip(lines, pairs, strict=True)
    ]
    for (claim, _), read in zip(pairs, back, strict=True):
        assert read.span == claim.span
        assert set(read.roles) == set(claim.roles)
        assert (read.kind, read.mode, read.status) == (claim.kind, claim.mode, claim.status)
        assert (read.polarity, read.certainty) == (claim.polarity, claim.certainty)


def test_csv_is_one_row_a_claim_with_crlf_and_quotes(sample):
    raw = export_claims("csv", [quoting(sample, "a,\nb")])
    head, rest = raw.split(b"\r\n", 1)
    assert head.decode() == ",".join(f'"{column}"' for column in COLUMNS)
    assert rest.endswith(b'"\r\n')
    (row,) = csv.DictReader(io.StringIO(raw.decode(), newline=""))
    assert row["actor"] == "Islamic State"
    assert row["weapon_name"] == "BGM-71 TOW"
    assert row["time_start"] == "2015-05-13"
    assert row["rule"] == "rule-1"


def test_csv_can_mark_its_encoding(sample):
    raw = export_claims(CsvExporter(mark_encoding=True), [quoting(sample, "x")])
    assert raw.startswith(b'\xef\xbb\xbf"id"')


def test_direction_follows_most_letters():
    assert direction("BGM-71 صاروخ مضاد للدروع استولى عليه") == "rtl"
    assert direction("") == "ltr"


def test_json_holds_the_whole_dossier(sample):
    dossier = compose_dossier(sample.trace, sample.evidence)
    plain = json.loads(export("json", dossier))
    assert plain["id"] == dossier.id
    assert len(plain["citations"]) == len(dossier.citations)


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_every_exporter_says_what_it_writes(name):
    assert EXPORTERS[name].name == name
    assert "/" in EXPORTERS[name].media_type
