"""A case that an older version ran: its table of drift is made by a job, not by a page."""

import pytest

from enduse.case import drifting
from enduse.case.run import run_stages


@pytest.fixture
def due(book):
    book.store.mark_done("drift", {"case": "of another fusing"})
    return book


def test_a_page_says_that_it_is_due_and_works_nothing_out(due, client, post, monkeypatch):
    asked, real = [], drifting.find_drift_in
    monkeypatch.setattr(drifting, "find_drift_in", lambda *given: asked.append(1) or real(*given))
    view = client.get("/api/drift").json()
    assert (view["due"], view["rows"]) == (True, [])
    page = client.get("/drift").text
    assert "has not been worked out" in page
    copy = client.get("/api/copies").json()["rows"][0]["copy"]["id"]
    post("/decide", matter="reprint", subject=copy, verdict="accept")
    assert asked == []
    answer = post("/drift")
    assert answer.headers["location"] == "/drift"
    assert asked
    view = client.get("/api/drift").json()
    assert not view["due"]
    assert view["rows"]
    assert "has not been worked out" not in client.get("/drift").text


def test_a_run_makes_it_with_progress(due, client):
    steps = []
    run_stages(due, progress=lambda step, done, total: steps.append((step, total)))
    assert "drift" in {step for step, _ in steps}
    assert all(total for step, total in steps if step == "drift")
    assert not client.get("/api/drift").json()["due"]
