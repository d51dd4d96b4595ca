"""Where there is more than a page shows, the page says so, and the rest can be reached."""

from html import unescape

from enduse.case.views import documents, maps
from enduse.case.views.incidents import IncidentRow
from enduse.case.views.timeline import draw_timeline
from enduse.model.problem import Problem
from enduse.store.kinds import INCIDENT, PROBLEM
from enduse.store.pages import PAGE


def test_every_judgement_by_a_person_can_be_taken_back(client, post):
    for number in range(PAGE + 5):
        post("/judge", left=f"Name {number}", verdict="different", right=f"Other {number}")
    first = client.get("/names").text
    assert first.count('action="/unjudge"') == PAGE
    following = unescape(first.split('rel="next" href="')[1].split('"')[0])
    assert client.get(following).text.count('action="/unjudge"') == 5


def test_problems_that_are_not_shown_are_counted(client, book):
    assert "the first of more" not in client.get("/").text
    book.store.put(PROBLEM, [Problem("read", f"file {n}", "cannot be read") for n in range(25)])
    total = book.store.count(PROBLEM)
    assert f"20 / {total} (the first of more)" in client.get("/").text


def test_passages_that_are_not_shown_are_counted(client, monkeypatch):
    rows = client.get("/api/copies").json()["rows"]
    copy = max((row["copy"] for row in rows), key=lambda one: one["passages"])
    assert copy["passages"] == len(copy["aligned"]) > 1
    monkeypatch.setattr(documents, "_MOST_ALIGNED", 1)
    assert f"1 / {copy['passages']} passages side by side" in client.get("/copies").text


def test_the_map_says_how_many_incidents_there_are(client, book, monkeypatch):
    monkeypatch.setattr(maps, "MOST", 2)
    assert f"The latest incidents: 2 / {book.store.count(INCIDENT)}." in client.get("/map").text


def test_every_dated_incident_is_on_the_timeline():
    rows = [
        IncidentRow(
            id=f"incident-{day}",
            head="use",
            kind="use",
            parties=(),
            place=None,
            when="",
            started="2015-06-09" if day else "",
            ended="2015-06-10" if day else "",
            certainty="certain",
            planned=False,
            probability=0.5,
            witnesses=1.0,
            denials=0,
            conflicts=0,
            quantity="",
        )
        for day in range(81)
    ]
    drawn = draw_timeline(rows)
    assert (len(drawn.bars), drawn.undated) == (80, 1)


def test_only_the_claim_to_be_corrected_has_the_form(client, post):
    document = max(client.get("/api/documents").json()["rows"], key=lambda row: row["claims"])
    page = client.get(f"/documents/{document['id']}?done=x").text
    assert document["claims"] > 5
    assert page.count('action="/correct"') == 0
    link = unescape(page.split('class="mend" href="')[1].split('"')[0])
    address, claim = link.split("#")
    assert address == f"/documents/{document['id']}?mend={claim}"
    form = client.get(address).text.split('action="/correct"')
    assert len(form) == 2
    assert f'name="subject" value="{claim}"' in form[1]
