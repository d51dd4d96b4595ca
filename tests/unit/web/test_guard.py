"""Strangers are kept out: other hosts, other origins, posts without the token, too large bodies."""

import pytest

from enduse.case.casebook import open_case
from enduse.errors import MisuseError
from enduse.web.guard import MOST_BYTES
from enduse.web.serving import serve

FORM = {"back": "/", "by": "Ana"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.7:8765", ""])
def test_other_hosts_are_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:9", "localhost", "localhost:8765", "[::1]:8765"])
def test_loopback_is_answered(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_post_without_the_token_is_refused(client):
    assert client.post("/reviewer", data=FORM).status_code == 403
    assert client.post("/reviewer", data={**FORM, "token": "guessed"}).status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "QUERY"])
def test_the_api_is_read_only(client, method):
    answer = client.request(method, "/api/documents", params={"token": "token-of-this-test"})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"


def test_a_post_from_another_site_is_refused(client):
    fields = {**FORM, "token": "token-of-this-test"}
    answer = client.post("/reviewer", data=fields, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403


def test_a_post_with_the_token_is_taken(post):
    assert post("/reviewer", by="Ana").status_code == 303


def test_a_body_that_is_too_large_is_refused(client):
    answer = client.post("/reviewer", content=b"a=" + b"b" * MOST_BYTES)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "back", ["//evil.example", "http://evil.example/x", "\\\\evil", "javascript:0"]
)
def test_one_goes_back_only_to_our_own_pages(post, back):
    target = post("/reviewer", by="Ana", back=back).headers["location"]
    assert target.startswith("/")
    assert not target.startswith("//")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org"])
def test_only_loopback_is_served(book, host):
    with open_case(book.folder) as other, pytest.raises(MisuseError, match="not loopback"):
        serve(other, host, 0, print)


def test_raw_bytes_are_plain_text_in_a_sandbox(client):
    document = client.get("/api/documents").json()["rows"][0]["id"]
    answer = client.get(f"/raw/{document}")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "sandbox" in answer.headers["content-security-policy"]
