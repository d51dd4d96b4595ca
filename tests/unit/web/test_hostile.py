"""Nothing in a document, its title, names, file name or address can run or leave its place."""

import json
import re

import pytest
from starlette.testclient import TestClient

from enduse.case.casebook import create_case
from enduse.case.imports import import_claims
from enduse.case.run import run_stages
from enduse.web.app import make_app

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "</textarea></title><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "<style>*{display:none}</style>",
    "<a href=//evil.example>x</a>",
    "\u202ereversed\u2066 <b>bold</b>",
    "]]><!--",
    "data:text/html,<script>alert(1)</script>",
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    documents, claims = folder / "documents.jsonl", folder / "claims.jsonl"
    with documents.open("w", encoding="utf-8") as stream:
        for at, words in enumerate(HOSTILE):
            text = f"Before {words} after. {words} seized a TOW from {words}."
            record = {
                "id": f"{at} {words}",
                "text": text,
                "title": words,
                "publisher": words,
                "byline": words,
                "url": words,
                "date": "2015-06-09",
            }
            stream.write(json.dumps(record) + "\n")
    with claims.open("w", encoding="utf-8") as stream:
        for at, words in enumerate(HOSTILE):
            record = {
                "doc": f"{at} {words}",
                "kind": "transfer",
                "mode": "capture",
                "status": "done",
                "weapon": words,
                "from": words,
                "to": f"to {words}",
                "place": words,
                "attribution": [words],
                "quote": "Before",
                "start": 0,
                "end": 6,
            }
            stream.write(json.dumps(record) + "\n")
    with create_case(folder / "case") as book:
        import_claims(book, claims, documents)
        run_stages(book)
        app = make_app(book, "t")
        with TestClient(app, base_url="http://127.0.0.1:1") as client:
            yield _walk(client)


def _walk(client):
    found, waiting = {}, ["/", *(f"/search?words={words[:9]}" for words in ("<script>", "svg"))]
    while waiting:
        path = waiting.pop()
        if path in found or path.startswith("/static"):
            continue
        answer = client.get(path)
        found[path] = answer
        if "text/html" in answer.headers["content-type"]:
            links = re.findall(r'href="(/[^"#]*)', answer.text)
            waiting += [one.replace("&amp;", "&") for one in links]
    return found


def test_every_hostile_page_opens(pages):
    assert {path: one.status_code for path, one in pages.items() if one.status_code != 200} == {}
    assert sum("/documents/doc-" in path for path in pages) == len(HOSTILE)
    assert sum(path.startswith("/entity/") for path in pages) >= len(HOSTILE)


def test_nothing_hostile_is_markup(pages):
    from selectolax.lexbor import LexborHTMLParser

    for path, answer in pages.items():
        if "text/html" not in answer.headers["content-type"]:
            continue
        tree = LexborHTMLParser(answer.text)
        for script in tree.css("script"):
            assert script.attributes.get("src", "").startswith("/static/"), path
        assert not tree.css("style, iframe, object, embed, base, img[src=x]"), path
        for node in tree.css("*"):
            for name, value in node.attributes.items():
                assert not name.startswith("on"), (path, name)
                if name in ("href", "src", "action", "formaction"):
                    assert re.match(r"/(?!/)|#", value or "/"), (path, value)


def test_overrides_of_direction_are_shown_as_signs(pages):
    shown = [one.text for path, one in pages.items() if path.startswith("/documents/doc-")]
    assert any('title="hidden character">U+202E</span>' in page for page in shown)
    assert not any("\u202e" in page for page in shown)


def test_templates_in_text_are_not_run(pages):
    assert not any("49{% raw" in one.text for one in pages.values())
