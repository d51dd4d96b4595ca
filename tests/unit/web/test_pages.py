"""Every page can be reached and read without a script; a page and the API give the same answer."""

import re
from html import escape, unescape

import pytest
from starlette.testclient import TestClient

from enduse.case.views import overview, search
from enduse.case.views.incidents import party_view
from enduse.model.claim import Part
from enduse.model.incident import Party
from enduse.trace.network import UNTOLD_GIVER
from enduse.web.app import make_app
from enduse.web.pages import VIEWS
from enduse.web.render import LANGUAGES, translations

LINK = re.compile(r'href="(/[^"#]*)')


def reachable(client):
    """Return what every link leads to; of the pages with a form to correct a claim, some."""
    seen, waiting = {}, ["/", "/search?words=TOW"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith(("/static", "/raw")):
            continue
        if "mend=" in path and sum("mend=" in one for one in seen) > 20:
            continue
        seen[path] = client.get(path)
        if "html" in seen[path].headers["content-type"]:
            waiting += [found.replace("&amp;", "&") for found in LINK.findall(seen[path].text)]
    return seen


@pytest.fixture(scope="module")
def walked(book):
    with TestClient(make_app(book, "t"), base_url="http://127.0.0.1:1") as client:
        yield reachable(client)


def test_every_link_leads_to_a_page(walked):
    assert [path for path, answer in walked.items() if answer.status_code != 200] == []
    assert len(walked) > 100


def test_a_giver_whom_nobody_names_has_no_page():
    assert party_view(UNTOLD_GIVER).party == ""
    assert party_view(Party(Part.FROM, "a smuggler")).party == "name:a smuggler"


def test_every_view_is_reached(walked):
    for view in VIEWS:
        pattern = re.compile(re.sub(r"\{[\w:]+\}", "[^/?]+", view.path) + r"(\?.*)?")
        assert any(pattern.fullmatch(path) for path in walked), view.path


def test_no_page_has_inline_script_style_or_outside_address(walked):
    for path, answer in walked.items():
        page = answer.text
        assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)", page), path
        assert not re.search(r"<style|\sstyle=|\son\w+=\"", page), path
        assert not re.search(r"(?:src|href|action)=\"(?!/|#)", page), path


def test_enter_in_a_field_decides_nothing(walked):
    """It presses the first button of the form: where that is a choice, one that does nothing."""
    from selectolax.lexbor import LexborHTMLParser

    found = 0
    for path, answer in walked.items():
        for form in LexborHTMLParser(answer.text).css("form:has(input:not([type=hidden]))"):
            if len(form.css("button[name]")) > 1:
                assert "disabled" in form.css_first("button").attributes, path
                found += 1
    assert found > 10


def test_a_page_comes_back_to_what_it_shows(walked):
    asked = [path for path, answer in walked.items() if "?" in path and "<form" in answer.text]
    assert asked
    for path in asked:
        form = walked[path].text.split('action="/language"')[1].split("</form>")[0]
        assert unescape(re.search(r'name="back" value="([^"]*)"', form)[1]) == path


def test_what_fails_in_the_program_is_said_so(book, monkeypatch):
    monkeypatch.setattr(overview, "view_overview", lambda _: 1 / 0)
    app = make_app(book, "t")
    with TestClient(app, base_url="http://127.0.0.1:1", raise_server_exceptions=False) as client:
        page, record = client.get("/"), client.get("/api/overview")
    for answer in (page, record):
        assert answer.status_code == 500
        assert "the program failed: ZeroDivisionError" in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert '<main id="main"' in page.text
    assert record.json()["next_step"]


def test_a_name_may_hold_a_slash(client):
    assert "nothing is known of 'name:a/b'" in client.get("/api/entity/name%3Aa%2Fb").text


def test_pages_on_incidents_say_that_decisions_wait(client, post, walked):
    claim = next(one for one in client.get("/api/review").json()["document"]["claims"])
    post("/decide", subject=claim["id"], verdict="reject")
    kinds = {path.split("?")[0].split("/")[1] for path in walked} - {"documents", "raw"}
    told = {"incidents", "contradictions", "map", "entities", "entity", "custody", "plans", ""}
    assert told <= kinds
    for path in walked:
        if path.split("?")[0].split("/")[1] in told:
            assert "incidents and chains are from before them" in client.get(path).text, path
    post("/undo", decision=client.get("/api/review").json()["last"]["id"])
    assert "incidents and chains are from before them" not in client.get("/incidents").text


def test_headers_allow_nothing_but_our_own_files(client):
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.path)
def test_the_api_describes_every_view(client, view):
    description = client.get("/api/openapi.json").json()
    path = "/api/overview" if view.path == "/" else f"/api{view.path}".replace(":path", "")
    shape = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    name = shape["schema"]["$ref"].rsplit("/", 1)[-1]
    assert name in description["components"]["schemas"]


def test_page_and_api_say_the_same_of_a_document(client, book):
    listed = client.get("/api/documents").json()["rows"]
    row = max(listed, key=lambda one: one["claims"])
    view = client.get(f"/api/documents/{row['id']}").json()
    page = client.get(f"/documents/{row['id']}").text
    assert len(view["claims"]) == row["claims"] == page.count('<article class="card')
    for claim in view["claims"]:
        assert f'id="{claim["id"]}"' in page
    assert view["snapshot"]["digest"] in page


def test_page_and_api_say_the_same_of_custody(client):
    trace = client.get("/api/custody").json()["rows"][0]["id"]
    view, page = client.get(f"/api/custody/{trace}").json(), client.get(f"/custody/{trace}").text
    steps = [step for chain in view["chains"] for step in chain["steps"]]
    rows = re.findall(r'<tr class="(lawful|diversion) (flat|hedged|inferred)">', page)
    assert rows == [(step["link"], step["told"]) for step in steps]
    shares = [chain["probability"] for chain in view["chains"]]
    assert sum(shares) + view["remainder"] == pytest.approx(1, abs=1e-9)
    assert view["picture"].count('<path class="line"') == len(steps) + 4  # four in the legend


@pytest.mark.parametrize("path", ["/documents/none", "/entity/none", "/custody/x", "/nothing"])
def test_what_is_not_there_is_said_so(client, path):
    assert client.get(path).status_code == 404
    assert client.get(f"/api{path}").json()["message"]


def test_search_finds_parts_of_arabic_words(client):
    found = client.get("/api/search", params={"words": "صاروخ"}).json()
    assert [hit["found"] for hit in found["documents"]] == ["صاروخ"]


def test_search_finds_words_in_any_order_and_claims_that_hold_them(client):
    for words in ("missile TOW", '"TOW missile"', "tow"):
        found = client.get("/api/search", params={"words": words}).json()
        assert found["documents"]
        assert all(hit["found"] for hit in found["documents"]), words
        assert found["claims"], words
        for claim in found["claims"]:
            assert "tow" in claim["quote"].lower()


def test_claims_are_told_with_who_says_so_and_how_firmly(client):
    found = client.get("/api/search", params={"words": "denied"}).json()["claims"]
    denied = [claim for claim in found if claim["polarity"] == "denied"]
    many = client.get("/api/review/many", params={"column": "polarity", "word": "denied"}).json()
    assert denied
    assert many["shown"]
    for path, claims in (
        ("/search?words=denied", denied),
        ("/review/many?column=polarity&word=denied", many["shown"]),
    ):
        page = client.get(path).text
        assert page.count("<b>denied</b>") == len(claims)
        for claim in claims:
            for speaker in claim["speakers"]:
                assert escape(speaker) in page


def test_search_says_where_it_leaves_some_out(client, monkeypatch):
    assert "the first of more" not in client.get("/search?words=TOW").text
    for name in ("_DOCUMENTS", "_CLAIMS", "_PARTIES"):
        monkeypatch.setattr(search, name, 1)
    assert client.get("/search?words=TOW").text.count("the first of more") >= 2


def test_search_finds_all_words_wherever_they_stand(client):
    found = client.get("/api/search", params={"words": "TOW captured"}).json()
    assert found["documents"]
    assert {hit["found"].lower() for hit in found["documents"]} <= {"captured", "tow"}
    assert found["claims"]
    for claim in found["claims"]:
        assert "captured" in claim["quote"].lower()
        assert "tow" in claim["quote"].lower()
    quoted = client.get("/api/search", params={"words": '"TOW captured"'}).json()
    assert quoted["documents"] == []


def test_search_takes_any_words(client):
    for words in ('"', "a OR b", "NEAR(", "*", "\x00", "' --", "%", "()"):
        assert client.get("/search", params={"words": words}).status_code == 200, words


def test_the_interface_speaks_arabic(client):
    client.cookies.set("lang", "ar")
    page = client.get("/").text
    assert '<html lang="ar" dir="rtl">' in page
    assert translations("ar")["Documents"] in page


def test_arrows_point_the_way_the_page_is_read(client):
    trace = client.get("/api/custody").json()["rows"][0]["id"]
    plan = next(row for row in client.get("/api/plans").json()["rows"] if row["claim_id"])
    pages = ("/", f"/custody/{trace}", "/publish", f"/plans/{plan['claim_id']}")
    heads = [client.get(path).text.split("<main")[1].split("<svg")[0] for path in pages]
    client.cookies.set("lang", "ar")
    arabic = [client.get(path).text.split("<main")[1].split("<svg")[0] for path in pages]
    for english, other in zip(heads, arabic, strict=True):
        assert "</bdi>" in english
        assert "→" in english
        assert "→" not in other
        assert "←" in other


def test_every_translation_is_of_words_in_use():
    from importlib.resources import files

    templates = files("enduse.web").joinpath("templates")
    text = "".join(one.read_text(encoding="utf-8") for one in templates.iterdir())
    asked = set(re.findall(r'_\("([^"]+)"\)', text))
    for language in set(LANGUAGES) - {"en"}:
        assert asked <= set(translations(language)), language


def test_a_question_asked_again_is_listed_once_with_its_latest_answer(book, client):
    from dataclasses import replace

    from enduse.case.ask import _asked
    from enduse.case.clock import now
    from enduse.case.views.custody import list_traces
    from enduse.store.kinds import TRACE

    [before] = list_traces(book).rows
    newer = replace(book.store.get(TRACE, before.id), id="trace-newer")
    book.store.put(TRACE, [newer])
    book.store.log([_asked(newer, now())])
    [row] = list_traces(book).rows
    assert (row.id, row.earlier) == ("trace-newer", (before.id, *before.earlier))
    assert client.get("/").text.count("/custody/trace-") == 1
    assert before.id in client.get("/custody").text
    book.store.remove(TRACE, ["trace-newer"])
