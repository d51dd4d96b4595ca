"""Web addresses, against a server on this machine: limits, redirects, and what is never asked."""

import gzip
import socket
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from enduse.collect import CollectOptions, collect, transport
from enduse.collect.addresses import is_public
from enduse.model.problem import Problem

WHEN = datetime(2015, 6, 12, tzinfo=UTC)
PAGE = b"<p>A page.</p>"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen: ClassVar[list] = []

    def log_message(self, *args):
        pass

    def do_GET(self):
        Handler.seen.append((self.path, dict(self.headers)))
        name = self.path.strip("/").split("?")[0]
        getattr(self, f"serve_{name}", self.serve_page)()

    def send(self, status=200, body=PAGE, **headers):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def serve_page(self):
        self.send(Content_Type="text/html; charset=utf-8", Set_Cookie="a=b")

    def serve_gone(self):
        self.send(404, b"none")

    def serve_closed(self):
        self.send(403, b"none")

    def serve_zipped(self):
        self.send(body=gzip.compress(PAGE), Content_Encoding="gzip", Content_Type="text/html")

    def serve_bomb(self):
        self.send(body=gzip.compress(bytes(3_000_000)), Content_Encoding="gzip")

    def serve_badzip(self):
        self.send(body=b"not gzip", Content_Encoding="gzip")

    def serve_large(self):
        self.send(body=b"x" * 5000)

    def serve_moved(self):
        self.send(302, b"", Location="/page?moved")

    def serve_loop(self):
        self.send(301, b"", Location="/loop")

    def serve_inward(self):
        self.send(302, b"", Location="http://inside.example/secret")

    def serve_elsewhere(self):
        self.send(302, b"", Location="file:///etc/passwd")

    def serve_nowhere(self):
        self.send(302, b"")

    def serve_lines(self):
        self.send(body=b'{"text": "a"}\n{"text": "b"}\n', Content_Type="application/x-ndjson")

    def serve_slow(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        try:
            for _ in range(50):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def serve_silent(self):
        time.sleep(1)
        self.close_connection = True

    def serve_short(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"x")
        self.close_connection = True


@pytest.fixture(scope="module")
def server():
    Handler.seen.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        found.daemon_threads = True
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()
        thread.join()


ALLOWED = CollectOptions(
    allow_private=True, max_download_bytes=2000, total_seconds=1.5, read_seconds=0.3
)


def take(address, options=ALLOWED):
    return list(collect(address, options, lambda: WHEN))


def only_problem(address, options=ALLOWED):
    (problem,) = take(address, options)
    assert isinstance(problem, Problem)
    assert problem.stage == "collect"
    assert problem.next_step
    return problem


def test_page_is_taken_with_its_stated_type(server):
    (fetched,) = take(f"{server}/page#part")
    assert fetched.address == f"{server}/page"
    assert (fetched.body, fetched.media_type) == (PAGE, "text/html; charset=utf-8")
    assert (fetched.fetched_at, fetched.fetched_by[:9]) == (WHEN, "web 0.1.0")


def test_collector_names_itself_and_keeps_no_cookie(server):
    take(f"{server}/page")
    take(f"{server}/page?second")
    headers = Handler.seen[-1][1]
    assert headers["User-Agent"].startswith("enduse/")
    assert "Cookie" not in headers


def test_redirect_is_followed_and_told(server):
    (fetched,) = take(f"{server}/moved")
    assert fetched.address == f"{server}/page?moved"
    assert fetched.fetched_by == f"web 0.1.0, asked for {server}/moved"


def test_packed_page_is_unpacked(server):
    assert take(f"{server}/zipped")[0].body == PAGE


def test_lines_are_taken_apart(server):
    assert [item.address for item in take(f"{server}/lines")] == [
        f"{server}/lines#line=1",
        f"{server}/lines#line=2",
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone", "the server answers 404"),
        ("closed", "the server answers 403"),
        ("large", "larger than 2 kB"),
        ("bomb", "larger than 2 kB"),
        ("badzip", "damaged"),
        ("loop", "more than 5 redirects"),
        ("nowhere", "names no address"),
        ("elsewhere", "file:/etc/passwd, which is not a web address"),
        ("silent", "does not answer in time"),
        ("short", "no connection"),
    ],
)
def test_what_goes_wrong_is_told(server, name, message):
    problem = only_problem(f"{server}/{name}")
    assert message in problem.message
    assert problem.subject == f"{server}/{name}"


def test_slow_server_does_not_hold_longer_than_the_limit(server):
    start = time.monotonic()
    problem = only_problem(f"{server}/slow", replace(ALLOWED, total_seconds=0.4))
    assert problem.message == "the answer took longer than 0.4 s"
    assert time.monotonic() - start < 1.5


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433"])
def test_this_machine_is_not_asked_unless_allowed(server, host):
    before = len(Handler.seen)
    port = server.rpartition(":")[2]
    problem = only_problem(f"http://{host}:{port}/page", CollectOptions(connect_seconds=0.5))
    assert "private network" in problem.message or "no connection" in problem.message
    assert len(Handler.seen) == before


def test_redirect_to_a_private_address_is_refused(server, monkeypatch):
    """A public name may answer with a redirect inward: the new host is checked like the first."""
    port = int(server.rpartition(":")[2])
    inward = {"outside.example": "127.0.0.1", "inside.example": "10.1.2.3"}
    monkeypatch.setattr(transport, "resolve_host", lambda host, _port: (inward[host],))
    monkeypatch.setattr(transport, "is_public", lambda address: address == "127.0.0.1")
    problem = only_problem(f"http://outside.example:{port}/inward", CollectOptions())
    assert "inside.example is at 10.1.2.3" in problem.message


def test_name_with_one_private_address_is_refused(monkeypatch):
    monkeypatch.setattr(transport, "resolve_host", lambda *_: ("9.9.9.9", "192.168.0.1"))
    problem = only_problem("http://both.example/", CollectOptions())
    assert "both.example is at 192.168.0.1" in problem.message


def test_name_is_resolved_once_and_the_checked_address_asked(server, monkeypatch):
    """A name that changes its address after the check gains nothing."""
    port = int(server.rpartition(":")[2])
    answers = iter([("127.0.0.1",), ("10.0.0.1",)])
    monkeypatch.setattr(transport, "resolve_host", lambda *_: next(answers))
    (fetched,) = take(f"http://changing.example:{port}/page")
    assert fetched.body == PAGE


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://", "not a web address"),
        ("http://[::1", "not well formed"),
        ("https://name:secret@example.org/", "holds a name or password"),
    ],
)
def test_bad_address_is_told(address, message):
    assert message in only_problem(address).message


def test_password_is_not_repeated():
    problem = only_problem("https://name:secret@example.org/")
    assert "secret" not in problem.words


def test_unknown_name_is_told(monkeypatch):
    def fail(*_):
        raise socket.gaierror("unknown")

    monkeypatch.setattr(transport, "resolve_host", fail)
    assert "no.example is not known" in only_problem("http://no.example/").message


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("2001:db8::1", False),
        ("2606:2800:220:1::1", True),
    ],
)
def test_public_addresses(address, public):
    assert is_public(address) is public
