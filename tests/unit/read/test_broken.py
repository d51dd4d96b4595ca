"""Broken and hostile input: each ends in a named problem or a document, in good time."""

import gzip
import io
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.model.document import Document
from enduse.model.problem import Problem
from enduse.model.snapshot import Fetched
from enduse.preserve import make_snapshot
from enduse.read import read_document

BROKEN = Path(__file__).parents[2] / "broken"
RECORD = "application/vnd.enduse.document+json"
MEGABYTE = 1_000_000


def read(body, media_type="", address="a"):
    fetched = Fetched(address, body, media_type, datetime(2020, 1, 1, tzinfo=UTC), "test 1")
    return read_document(make_snapshot(fetched), body)


def make_zip():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w:p/>")
    return stream.getvalue()


def make_png():
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17)


@pytest.mark.parametrize(
    ("body", "media_type", "message"),
    [
        (b"", "text/plain", "it is empty"),
        (b" \n\t\r\n ", "text/html", "it is empty"),
        (b"\xef\xbb\xbf", "text/plain", "it holds no words"),
        ("\u00a0\u200b".encode(), "text/plain", "it holds no words"),
        (b"<html><body><script>x</script></body></html>", "text/html", "it holds no words"),
        (bytes(range(256)) * 20, "", "no text in any encoding"),
        (bytes(1000), "text/plain", "no text in any encoding"),
        (bytes(1000), "text/html", "no text in any encoding"),
        (make_zip(), "", "a ZIP archive or an office file"),
        (make_png(), "image/png", "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "", "a JPEG image"),
        (gzip.compress(b"text", mtime=0), "", "a gzip archive"),
        (b"{\\rtf1\\ansi Two rifles}", "text/rtf", "an RTF file"),
        (bytes(4) + b"ftypisom" + bytes(20), "", "a film or sound file"),
        (b"{}", RECORD, "holds no text"),
        (b'{"text": 3}', RECORD, "holds no text"),
        (b'{"text": ""}', RECORD, "the text is empty"),
        (b'["text"]', RECORD, "holds no text"),
        (b"text", RECORD, "not JSON"),
        (b'{"text": ' + b"[" * 100_000, RECORD, "not JSON"),
        (b'{"text": "a\xff"}', RECORD, "not JSON"),
        (b"%PDF-1.7", "", "the PDF is cut short"),
        (b"<p>" + b"x" * (20 * MEGABYTE), "text/html", "larger than 20 MB"),
        (b"MIME-Version: 1.0\nFrom: a\nContent-Type: image/png\n\n\n", "", "holds no text"),
    ],
)
def test_refused_by_name(body, media_type, message):
    found = read(body, media_type)
    assert isinstance(found, Problem)
    assert message in found.message
    assert found.stage == "read"
    assert found.subject == "a"
    assert found.next_step


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.*")), ids=lambda path: path.name)
def test_broken_file_gives_what_it_holds(path):
    """Files that are damaged but hold words: the words come through."""
    if path.suffix == ".md":
        pytest.skip("the note on the folder")
    document = read(path.read_bytes(), address=str(path))
    assert isinstance(document, Document)
    assert "Two rifles were found" in document.text


@pytest.mark.parametrize(
    "words", ["BM-21 rockets", "BM-21 “Grad” rockets", "MZ – a mark", "PK machine gun"]
)
def test_words_like_a_signature_are_words(words):
    assert read(words.encode()).text == words


@pytest.mark.parametrize(
    "body", [b"BM\x36\x00\x00\x00", b"MZ\x90\x01", b"ID3\x03\x00", b"BZh9\x31\xff"]
)
def test_short_signature_of_what_is_no_text_counts(body):
    assert isinstance(read(body), Problem)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 200_000 + "Two rifles",
        "<div>" * 100_000 + "<p>x" * 50_000,
        "<b>" * 300_000 + "Two rifles",
        "<p>" + "".join(f"<font a={i}>" for i in range(30_000)) + "</p>" + "<p>x" * 30_000,
        "<div " + " ".join(f"a{i}=1" for i in range(100_000)) + ">Two rifles</div>",
        "<div q='>' " + " ".join(f'a{i}="<"' for i in range(60_000)) + ">Two rifles</div>",
        "<p>Two rifles" + "".join(f"<body a{i}=1>" for i in range(60_000)),
        "<div>" * 60_000 + "</p>" * 100_000,
        "<ul><li>" * 100_000,
        "<table>" * 100_000,
        "<!--" * 200_000,
        "<" * MEGABYTE,
        "<a " * 300_000,
        "<script>" * 100_000,
        "<p>" + "&" * MEGABYTE,
        "<pre>" + "x\n" * (MEGABYTE // 2),
        "<h1>Two rifles</h1>" * 50_000,
        "<p>" + "[Source: " * 100_000,
        '<p>x<script type="application/ld+json">' + "[" * MEGABYTE + "</script>",
    ],
    ids=range(19),
)
def test_hostile_markup_is_read_in_seconds(markup):
    start = time.process_time()
    assert isinstance(read(markup.encode(), "text/html"), Document | Problem)
    assert time.process_time() - start < 6


def test_hostile_text_is_read_in_seconds():
    start = time.process_time()
    for text in ("1/1/" * MEGABYTE, "x\n" * MEGABYTE, "| " * MEGABYTE, "By A" * MEGABYTE):
        assert isinstance(read(text.encode(), "text/plain"), Document | Problem)
    assert time.process_time() - start < 6


OPENINGS = [
    b"",
    b"<html>",
    b"%PDF-1.4\n",
    b'{"text": "',
    b"MIME-Version: 1.0\nFrom: a\n",
    b"\xff\xfe",
]
TYPES = ["", "text/html; charset=x", "text/plain; charset=utf-7", RECORD, "application/pdf"]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(OPENINGS), st.binary(max_size=400), st.sampled_from(TYPES), st.text(max_size=9)
)
def test_any_bytes_are_read_or_refused(opening, rest, media_type, address):
    address = address.encode("utf-8", "replace").decode()
    found = read(opening + rest, media_type, address)
    assert isinstance(found, Document | Problem)
    assert found == read(opening + rest, media_type, address)
    if isinstance(found, Document):
        check_document(found)


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div class=menu>", "</div>", "<b>", "</b>", "<table>", "<td>", "<br>"),
        *("<pre>", "</pre>", "<a href=x>", "</a>", "<h1>", "</h1>", "<nav>", "</nav>", "<!--"),
        *("-->", "<script>", "</script>", "<title>", "</title>", "&amp;", "&#0;", "&#xD800;"),
        *("Two rifles were found. ", "بندقية", "🚀", "e\u0301", " ", "\n", "\t", "\u00a0", "x"),
        *("[Source: By Ana Roe, The Post, 3 May 2014]", "Donate", "Home | News", "© 2014 Post"),
        *("By Ana Roe", "3 May 2014", "Published 31 May 2031", "\r\n", "\u2028", "\f", "<", ">"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30), st.sampled_from(["text/html", "text/plain"]))
def test_every_page_keeps_its_promises(pieces, media_type):
    found = read("".join(pieces).encode(), media_type)
    if isinstance(found, Document):
        check_document(found)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=20).map("x".join).filter(str.strip))
def test_text_of_a_record_is_kept(text):
    import msgspec

    text += "x"
    found = read(msgspec.json.encode({"text": text, "id": "x"}), RECORD, "a.jsonl#line=1")
    assert found.text == text
    assert found.name == "x"
    check_document(found)


def check_document(document):
    """What holds of every document: spans in bounds, in order, and dates not ahead."""
    at = 0
    for part in document.sections:
        assert at <= part.start < part.end <= len(document.text)
        words = document.text[part.start : part.end]
        assert words == words.strip()
        at = part.end
    at = 0
    for anchor in document.anchors:
        assert at <= anchor.start < anchor.end <= len(document.text)
        at = anchor.end
    line = document.source_line
    if line is not None:
        assert document.text[line.start : line.end].strip()
        assert line.date is None or line.date.year <= 2020
    if document.date_published is not None:
        assert document.date_published.year <= 2020
    document.text.encode()
    assert "\x00" not in document.text
