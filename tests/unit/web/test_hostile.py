"""Nothing in a document, its title, names, file name or address can run or leave its place."""

import json
import re
from html import escape
from urllib.parse import quote

import pytest
from PIL import Image
from starlette.testclient import TestClient

from enduse.case.add import add_to_case
from enduse.case.casebook import create_case
from enduse.case.imports import import_claims
from enduse.case.run import run_stages
from enduse.case.unfinished import note_begun
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


PLACES = ("Damascus", "Syria")
"""Places that a map draws, so that hostile parties come to stand on it."""


def write_saved_page(folder):
    """A saved page whose pictures, their names, words and captions are hostile; return names."""
    beside = folder / "page_files"
    beside.mkdir(parents=True)
    body, names = [], []
    for at, words in enumerate(HOSTILE):
        name = f"{at} {words.replace('/', '')[:60]}.png"
        Image.new("RGB", (80, 60), (at, 0, 0)).save(beside / name)
        told, source = escape(words, quote=True), escape(f"page_files/{quote(name)}", quote=True)
        body.append(f'<figure><img src="{source}" alt="{told}"><figcaption>{told}</figcaption>')
        body.append("</figure>")
        names.append(name)
        (folder / f"alone {name}").write_bytes((beside / name).read_bytes())
    text = "<p>The army seized a mortar near the bridge, said the miller.</p>"
    markup = f"<html><title>Page</title><body><article>{text}{''.join(body)}</article></html>"
    (folder / f"page {HOSTILE[1]}.html").write_text(markup, encoding="utf-8")
    return names


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
                "place": re.sub(r"\d", "", words) if at % 3 else PLACES[at % 2],  # digits hide it
                "time": {"text": "June", "start": "2015-06-01", "end": "2015-06-09"},
                "attribution": [words],
                "quote": "Before",
                "start": 0,
                "end": 6,
            }
            stream.write(json.dumps(record) + "\n")
    with create_case(folder / "case") as book:
        import_claims(book, claims, documents)
        write_saved_page(folder / "saved")
        add_to_case(book, [str(folder / "saved")])
        note_begun(book.folder, HOSTILE[0], "add", {"address": HOSTILE[2]})
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
    assert (
        len({path.split("?")[0] for path in pages if "/documents/doc-" in path}) == len(HOSTILE) + 1
    )
    assert sum(path.startswith("/entity/") for path in pages) >= len(HOSTILE)


def test_hostile_words_reach_the_map_the_pictures_and_the_overview(pages):
    """Else nothing were tried there."""
    assert "&lt;script&gt;" in pages["/map"].text
    assert "onerror=alert(1)" in pages["/pictures"].text
    assert "Not finished" in pages["/"].text
    shown = next(one.text for path, one in pages.items() if "figcaption" in one.text)
    assert "&lt;script&gt;" in shown


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
