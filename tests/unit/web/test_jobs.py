"""Long work tells how far it is, can be cancelled, and is gone on with after a restart."""

import json
import threading

import pytest
from starlette.testclient import TestClient

from enduse.case import unfinished
from enduse.case.add import add_to_case
from enduse.case.casebook import create_case, open_case
from enduse.case.run import run_stages
from enduse.store.kinds import CLAIM, DOCUMENT, INCIDENT
from enduse.web import jobs, working
from enduse.web.app import make_app

TOKEN = "token-of-this-test"
MANY = 400
"""Documents: the stages keep what they finish in batches, so there must be some."""


@pytest.fixture
def folder(tmp_path):
    lines = [
        {"id": f"note {at}", "text": f"Fighters of unit {at} captured a TOW missile at the mill."}
        for at in range(MANY)
    ]
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "notes.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (papers / "empty.txt").write_bytes(b"")
    (papers / "packed.zip").write_bytes(b"PK\x03\x04" + bytes(60))
    (papers / "good.txt").write_text("The army seized a mortar near the bridge.", encoding="utf-8")
    create_case(tmp_path / "case").close()
    return tmp_path / "case"


@pytest.fixture
def serve(folder, monkeypatch):
    """Opens the workbench on the case as a process of its own would."""
    monkeypatch.setattr(jobs, "AT_ONCE", 0)
    opened = []

    def start():
        book = open_case(folder, {"reviewer": "Ana", "workers": 1})
        opened.append(book)
        app = make_app(book, TOKEN)
        app.state.jobs._flags["workers"] = 1
        return TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False)

    yield start
    for book in opened:
        book.close()


@pytest.fixture
def gates(monkeypatch):
    """Work that stops at a gate after its first step, until the test lets it go on."""
    at, on = threading.Event(), threading.Event()

    def slow(book, progress):
        progress("read", 1, 4)
        at.set()
        on.wait(30)
        progress("read", 2, 4)
        return run_stages(book, progress=progress)

    monkeypatch.setattr(working, "run_stages", slow)
    return at, on


def post(client, path, **fields):
    return client.post(path, data={"token": TOKEN, "back": "/", **fields})


def ended(client, answer):
    """Wait for the job and return its record."""
    path = answer.headers["location"]
    job = client.app.state.jobs.find(int(path.rsplit("/", 1)[-1]))
    assert job.ended.wait(120)
    return client.get(f"/api{path}").json()


def test_a_job_tells_what_how_far_and_how_long(serve, gates):
    at, on = gates
    client = serve()
    answer = post(client, "/run")
    assert at.wait(30)
    path = answer.headers["location"]
    told = client.get(f"/api{path}").json()
    assert (told["state"], told["step"], told["done"], told["total"]) == ("running", "read", 1, 4)
    assert told["seconds"] >= 0
    assert told["left"] is not None
    page = client.get(path)
    assert page.headers["refresh"] == "1"  # no script is needed to watch it
    assert 'max="4" value="1"' in page.text
    assert "Seconds so far" in page.text
    on.set()
    assert ended(client, answer)["state"] == "done"
    assert client.get(path).headers["location"] == "/"


def test_a_cancelled_job_ends_and_leaves_nothing_to_go_on_with(serve, gates, folder):
    at, on = gates
    client = serve()
    answer = post(client, "/run")
    assert at.wait(30)
    post(client, f"{answer.headers['location']}/cancel")
    on.set()
    assert ended(client, answer)["state"] == "cancelled"
    assert "Cancelled" in client.get(answer.headers["location"]).text
    assert serve().get("/api/overview").json()["unfinished"] == []


def test_what_was_finished_before_a_cancelling_is_kept_and_not_done_again(serve, folder):
    client = serve()
    with open_case(folder) as book:
        add_to_case(book, [str(folder.parent / "papers")])
    told = []

    class EnoughError(Exception):
        pass

    def stop_late(step, done, total):
        told.append((step, done, total))
        if step == "read" and done > MANY // 2:
            raise EnoughError

    with open_case(folder, {"workers": 1}) as book, pytest.raises(EnoughError):
        run_stages(book, progress=stop_late)
    with open_case(folder) as book:
        kept = book.store.count(DOCUMENT)
    assert 0 < kept < MANY
    assert ended(client, post(client, "/run"))["state"] == "done"
    with open_case(folder) as book:
        assert book.store.count(DOCUMENT) == MANY + 1
        reads = [one for one in told if one[0] == "read"]
        assert reads[0][2] == MANY + 3
        assert book.store.count(CLAIM) > 0


def test_work_that_a_killed_process_left_is_gone_on_with(serve, folder):
    papers = str(folder.parent / "papers")
    unfinished.note_begun(folder, "Adding documents", "add", {"address": papers})
    client = serve()
    [left] = client.get("/api/overview").json()["unfinished"]
    assert (left["action"], left["fields"]) == ("add", {"address": papers})
    page = client.get("/").text
    assert "Not finished when the program ended" in page
    assert papers in page
    answer = post(client, f"/{left['action']}", **left["fields"])
    assert ended(client, answer)["state"] == "done"
    assert client.get("/api/overview").json()["unfinished"] == []
    with open_case(folder) as book:
        assert book.store.count(INCIDENT) > 0


def test_work_that_was_left_can_be_forgotten(serve, folder):
    left = unfinished.note_begun(folder, "Adding documents", "add", {"address": "/nowhere"})
    client = serve()
    post(client, "/jobs/forget", work="../enduse.toml")
    post(client, "/jobs/forget", work=left.id)
    assert client.get("/api/overview").json()["unfinished"] == []
    assert (folder / "enduse.toml").exists()


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"{}",
        b"\xff\xfe",
        b'{"id": "work-1", "what": "x", "action": "decide", "fields": {}}',
        b'{"id": "work-1", "what": "x", "action": "//evil.example", "fields": {}}',
    ],
)
def test_a_damaged_or_foreign_note_is_passed_over(serve, folder, note):
    (folder / "jobs").mkdir()
    (folder / "jobs" / "work-00000000000000000000.begun.json").write_bytes(note)
    client = serve()
    assert client.get("/api/overview").json()["unfinished"] == []
    assert client.get("/").status_code == 200


def test_files_that_cannot_be_read_are_named_and_the_others_go_on(serve, folder):
    client = serve()
    answer = post(client, "/add", address=str(folder.parent / "papers"))
    assert ended(client, answer)["state"] == "done"
    with open_case(folder) as book:
        assert book.store.count(DOCUMENT) == MANY + 1
    page = client.get("/").text
    for name, words in (("empty.txt", "it is empty"), ("packed.zip", "ZIP archive")):
        assert any(name in line and words in line for line in page.splitlines()), name
    told = [one["subject"] for one in client.get("/api/overview").json()["problems"]]
    assert sorted(one.rsplit("/", 1)[-1] for one in told) == ["empty.txt", "packed.zip"]


def test_work_that_fails_says_why(serve, folder):
    client = serve()
    answer = post(client, "/ask", weapon="no such weapon", holder="nobody")
    told = ended(client, answer)
    assert told["state"] == "failed"
    assert told["words"]
    assert 'id="refused"' in client.get(answer.headers["location"]).text
