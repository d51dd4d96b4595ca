"""Every page can be reached and read without a script; a page and the API give the same answer."""

import re

import pytest

from enduse.case.views.incidents import party_view
from enduse.model.claim import Part
from enduse.model.incident import Party
from enduse.trace.network import UNTOLD_GIVER
from enduse.web.pages import VIEWS
from enduse.web.render import LANGUAGES, translations

LINK = re.compile(r'href="(/[^"#]*)')


def reachable(client):
    seen, waiting = {}, ["/", "/search?words=TOW"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith(("/static", "/raw")):
            continue
        seen[path] = client.get(path)
        if "html" in seen[path].headers["content-type"]:
            waiting += [found.replace("&amp;", "&") for found in LINK.findall(seen[path].text)]
    return seen


@pytest.fixture(scope="module")
def walked(book):
    from starlette.testclient import TestClient

    from enduse.web.app import make_app

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
        pattern = re.compile(re.sub(r"\{\w+\}", "[^/?]+", view.path) + r"(\?.*)?")
        assert any(pattern.fullmatch(path) for path in walked), view.path


def test_no_page_has_inline_script_style_or_outside_address(walked):
    for path, answer in walked.items():
        page = answer.text
        assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)", page), path
        assert not re.search(r"<style|\sstyle=|\son\w+=\"", page), path
        assert not re.search(r"(?:src|href|action)=\"(?!/|#)", page), path


def test_headers_allow_nothing_but_our_own_files(client):
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.path)
def test_the_api_describes_every_view(client, view):
    description = client.get("/api/openapi.json").json()
    path = "/api/overview" if view.path == "/" else f"/api{view.path}"
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


def test_search_takes_any_words(client):
    for words in ('"', "a OR b", "NEAR(", "*", "\x00", "' --", "%", "()"):
        assert client.get("/search", params={"words": words}).status_code == 200, words


def test_the_interface_speaks_arabic(client):
    client.cookies.set("lang", "ar")
    page = client.get("/").text
    assert '<html lang="ar" dir="rtl">' in page
    assert translations("ar")["Documents"] in page


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
