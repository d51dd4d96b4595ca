"""Parts, opened one after the other, hold what collecting at once yields."""

import io
import json
import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.collect import CollectOptions, collect, collect_lines, collect_parts, open_part
from enduse.collect import parts as module
from enduse.collect.parts import join_pieces, split_lines

WHEN = datetime(2015, 6, 12, tzinfo=UTC)


def clock():
    return WHEN


lines = st.sampled_from(
    [b'{"text":"a lorry"}', b"", b"  \r", b"{", b'{"text":""}', b'{"text":"' + b"x" * 90 + b'"}']
) | st.binary(max_size=30).map(lambda raw: raw.replace(b"\n", b""))


@given(st.lists(lines, max_size=12), st.booleans(), st.integers(1, 70), st.integers(20, 95))
def test_any_split_gives_the_same_lines(rows, closed, size, longest):
    raw = b"\n".join(rows) + (b"\n" if closed else b"")
    options = CollectOptions(max_file_bytes=longest)
    whole = list(collect_lines(io.BytesIO(raw), "-", options, clock))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PART_BYTES", size)
        parts = list(join_pieces(split_lines(io.BytesIO(raw), "-", options)))
    assert [each for part in parts for each in open_part(part, options, clock)] == whole


def test_a_long_line_is_not_held_whole():
    raw = b'{"text":"' + b"x" * 5_000_000 + b'"}\n{"text":"b"}'
    options = CollectOptions(max_file_bytes=100)
    pieces = list(split_lines(io.BytesIO(raw), "-", options))
    assert max(len(piece.body) for piece in pieces) < 3 * module.PART_BYTES
    found = list(open_part(tuple(pieces), options, clock))
    assert [getattr(each, "place", "") for each in found] == ["line 1", ""]


def test_files_folders_and_what_is_missing_come_in_order(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text("A lorry left.", encoding="utf-8")
    (folder / "b.jsonl").write_text('{"text":"one"}\n{"text":"two"}\n', encoding="utf-8")
    (folder / "c.html").write_text("<p>A ship came.</p>", encoding="utf-8")
    addresses = [str(folder), str(tmp_path / "none.jsonl"), str(tmp_path / "no.txt"), "ftp://x/y"]
    options = CollectOptions()
    whole = [each for address in addresses for each in collect(address, options, clock)]
    parts = pickle.loads(pickle.dumps(list(collect_parts(addresses, options, clock))))
    assert [each for part in parts for each in open_part(part, options, clock)] == whole
    assert len(whole) == 7


def test_much_comes_in_several_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PART_BYTES", 1000)
    path = tmp_path / "many.jsonl"
    rows = [json.dumps({"id": str(at), "text": f"Lorry {at} left."}) for at in range(200)]
    path.write_text("\n".join(rows), encoding="utf-8")
    parts = list(collect_parts([str(path)], CollectOptions(), clock))
    assert len(parts) >= 4
    found = [each for part in parts for each in open_part(part, CollectOptions(), clock)]
    assert [each.address for each in found] == [f"{path}#line={at}" for at in range(1, 201)]
