"""Documents one a line, and one a row of a table."""

import io
import json
import sys
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from enduse.collect import CollectOptions, collect, collect_lines
from enduse.collect.options import RECORD_TYPE
from enduse.model.problem import Problem
from enduse.model.snapshot import Fetched

WHEN = datetime(2015, 6, 12, tzinfo=UTC)


def take(raw, options=None):
    found = collect_lines(io.BytesIO(raw), "-", options or CollectOptions(), lambda: WHEN)
    return list(found)


def collect_path(path):
    return list(collect(str(path), CollectOptions(), lambda: WHEN))


def test_body_is_the_line_to_the_byte():
    first, second = take(b'{"id": 1,  "text": "a"}\r\n\n  \n{"text":"\xc3\xa9"}')
    assert first == Fetched(
        "-#line=1", b'{"id": 1,  "text": "a"}', RECORD_TYPE, WHEN, "lines 0.1.0"
    )
    assert (second.address, second.body) == ("-#line=4", b'{"text":"\xc3\xa9"}')


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"not json", "not JSON"),
        (b"[1]", "no document"),
        (b'"text"', "no document"),
        (b'{"id": "x"}', "no text"),
        (b'{"text": null}', "no text"),
        (b'{"text": " \\n"}', "no text"),
        (b'{"text": 3}', "no document"),
        (b'{"text": "a\xff"}', "not JSON"),
        (b'{"a": ' * 3000, "not JSON"),
        (b'{"doc": "a", "kind": "use", "quote": "x"}', "a claim, not a document"),
    ],
)
def test_bad_line_is_told_and_the_next_goes_on(line, message):
    problem, fetched = take(line + b'\n{"text": "good"}\n')
    assert isinstance(problem, Problem)
    assert message in problem.message
    assert (problem.subject, problem.place) == ("-", "line 1")
    assert problem.next_step
    assert fetched.address == "-#line=2"


def test_bad_day_is_told_and_the_document_goes_on():
    problem, fetched = take(b'{"text": "a", "date_published": "last May"}')
    assert "'last May'" in problem.message
    assert isinstance(fetched, Fetched)


@pytest.mark.parametrize("given", ["20150609", "true", '["2015-06-09"]', '"09/06/2015"'])
def test_day_that_the_reader_cannot_take_is_told(given):
    problem, fetched = take(b'{"text": "a", "date_published": %s}' % given.encode())
    assert given.strip('"[]') in problem.message.lower()
    assert (problem.place, fetched.address) == ("line 1", "-#line=1")


@pytest.mark.parametrize("given", ['""', "null", '" 2015-06-09 "', '"2015-06-09T08:00:00Z"'])
def test_day_that_the_reader_takes_is_not_told(given):
    (fetched,) = take(b'{"text": "a", "date_published": %s}' % given.encode())
    assert isinstance(fetched, Fetched)


def test_byte_order_mark_is_no_hindrance():
    assert isinstance(take(b'\xef\xbb\xbf{"text": "a"}')[0], Fetched)


def test_too_long_line_is_told_and_skipped():
    raw = b'{"text": "' + b"x" * 500 + b'"}\n{"text": "a"}'
    problem, fetched = take(raw, CollectOptions(max_file_bytes=100))
    assert "longer than 100 bytes" in problem.message
    assert fetched.address == "-#line=2"


def test_line_of_the_greatest_length_is_taken():
    line = b'{"text": "' + b"x" * 88 + b'"}'
    (fetched,) = take(line + b"\r\n", CollectOptions(max_file_bytes=len(line)))
    assert fetched.body == line


def test_empty_stream_is_told():
    (problem,) = take(b"\n \n")
    assert "no line" in problem.message


def test_lines_are_yielded_as_they_come():
    def endless():
        while True:
            yield b'{"text": "a"}\n'

    class Stream(io.RawIOBase):
        lines = endless()

        def readline(self, limit=-1):
            return next(self.lines)

    found = collect_lines(Stream(), "-", CollectOptions(), lambda: WHEN)
    assert [next(found).address for _ in range(3)] == ["-#line=1", "-#line=2", "-#line=3"]


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_every_document_comes_through(texts):
    raw = "\n".join(json.dumps({"text": text}) for text in texts).encode()
    assert [json.loads(item.body)["text"] for item in take(raw)] == texts


@given(st.binary(max_size=200))
def test_any_bytes_give_documents_or_problems(raw):
    assert all(isinstance(item, Fetched | Problem) for item in take(raw))


def test_table_gives_a_document_a_row(tmp_path):
    path = tmp_path / "a.parquet"
    rows = {
        "id": ["x", "y", "z"],
        "text": ["one", " ", "three"],
        "date_published": [date(2015, 6, 9), None, None],
        "other": [1, 2, 3],
    }
    parquet.write_table(pa.table(rows), path)
    first, problem, third = collect_path(path)
    assert first.address == f"{path}#row=1"
    assert first.body == b'{"date_published":"2015-06-09","id":"x","text":"one"}'
    assert first.media_type == RECORD_TYPE
    assert (problem.place, problem.message) == ("row 2", "the document has no text")
    assert third.body == b'{"id":"z","text":"three"}'


def test_bad_day_in_a_table_is_told_and_the_row_goes_on(tmp_path):
    path = tmp_path / "a.parquet"
    rows = {"text": ["one", "two"], "date_published": ["2015-06-09", "09/06/2015"]}
    parquet.write_table(pa.table(rows), path)
    first, problem, second = collect_path(path)
    assert (first.address, second.address) == (f"{path}#row=1", f"{path}#row=2")
    assert "no date: '09/06/2015'" in problem.message
    assert problem.place == "row 2"


@pytest.mark.parametrize("keeps_each_word_once", [False, True])
def test_damaged_words_in_a_table_are_told_and_the_row_goes_on(tmp_path, keeps_each_word_once):
    path = tmp_path / "a.parquet"
    words = pa.array([b"whole", b"Two ri\xffes", None], pa.binary())
    raw = pa.Array.from_buffers(pa.string(), 3, words.buffers())
    text = raw.dictionary_encode() if keeps_each_word_once else raw
    parquet.write_table(pa.table({"text": text, "id": ["x", "y", "z"]}), path)
    first, problem, second, empty = collect_path(path)
    assert first.body == b'{"id":"x","text":"whole"}'
    assert json.loads(second.body) == {"id": "y", "text": "Two ri\ufffdes"}
    assert (problem.place, problem.message) == ("row 2", "its `text` is damaged: 'Two ri\ufffdes'")
    assert problem.next_step
    assert (empty.place, empty.message) == ("row 3", "the document has no text")


def test_table_without_text_is_told(tmp_path):
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"words": ["a"]}), path)
    (problem,) = collect_path(path)
    assert "no column `text`; it has: words" in problem.message


def test_damaged_table_is_told(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 nothing PAR1")
    (problem,) = collect_path(path)
    assert "cannot be read" in problem.message


def test_table_without_pyarrow_names_the_extra(tmp_path, monkeypatch):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (problem,) = collect_path(path)
    assert "enduse[parquet]" in problem.next_step
