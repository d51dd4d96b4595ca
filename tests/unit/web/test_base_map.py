"""What maps are drawn on: outlines, and a base map that is one."""

import pytest
from starlette.testclient import TestClient

from enduse.case.casebook import open_case
from enduse.errors import MisuseError
from enduse.web.app import find_built, make_app


def test_outlines_are_answered(client):
    answer = client.get("/outlines.json")
    codes = {one["properties"]["code"] for one in answer.json()["features"]}
    assert answer.headers["content-type"] == "application/geo+json"
    assert "sy" in codes


def test_without_a_base_map_there_is_none(client):
    assert client.get("/base-map.pmtiles").status_code == 404
    assert 'data-base=""' in client.get("/map").text


@pytest.mark.parametrize("body", [b"", b"PMTiles\x02" + bytes(200), b"<svg onload=alert(1)>"])
def test_what_is_no_base_map_is_refused_by_name(book, tmp_path, body):
    file = tmp_path / "base.pmtiles"
    file.write_bytes(body)
    with (
        open_case(book.folder, {"base_map": str(file)}) as opened,
        pytest.raises(MisuseError, match="PMTiles"),
    ):
        make_app(opened)


def test_a_base_map_that_is_missing_is_named(book):
    with (
        open_case(book.folder, {"base_map": "none.pmtiles"}) as opened,
        pytest.raises(MisuseError, match="cannot be read"),
    ):
        make_app(opened)


def test_parts_of_a_base_map_are_answered(book, tmp_path):
    file = tmp_path / "base.pmtiles"
    file.write_bytes(b"PMTiles\x03" + bytes(range(200)))
    with open_case(book.folder, {"base_map": str(file)}) as opened:
        client = TestClient(make_app(opened), base_url="http://127.0.0.1:8765")
        answer = client.get("/base-map.pmtiles", headers={"range": "bytes=8-11"})
        assert (answer.status_code, answer.content) == (206, b"\x00\x01\x02\x03")
        assert 'data-base="/base-map.pmtiles"' in client.get("/map").text


def test_a_page_without_islands_says_so_and_has_the_drawing(client):
    client.app.state.built = frozenset()
    page = client.get("/map").text
    assert "/static/dist/" not in page
    assert "was not built into this installation" in page
    assert '<path class="land"' in page


def test_built_islands_are_found_by_name(tmp_path):
    (tmp_path / "map.js").touch()
    (tmp_path / "map.css").touch()
    assert find_built(tmp_path) == {"map"}
    assert find_built(tmp_path / "none") == frozenset()


def test_the_policy_allows_nothing_inline(client):
    policy = client.get("/map").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "data:" not in policy
    assert "worker-src 'self'" in policy


def test_the_map_of_one_kind(client):
    every, uses = client.get("/api/map").json(), client.get("/api/map?kind=use").json()
    assert uses["shown"] < every["shown"]
    assert client.get("/api/map?kind=none").status_code == 404
    total = sum(patch["total"] for patch in every["map"]["patches"])
    assert total == every["shown"] - every["unplaced"]
