"""Hostile words in text, titles, names and addresses: in a real browser nothing of them runs."""

import json
from html import escape
from urllib.parse import quote

from PIL import Image

from enduse.case.add import add_to_case
from enduse.case.run import run_stages
from enduse.case.unfinished import note_begun, note_restart

HOSTILE = (
    "<script>document.title = 'ran'</script>",
    "<img src=x onerror=\"document.title = 'ran'\">",
    '"><svg onload="document.title = \'ran\'">',
    "' autofocus onfocus='document.title = `ran`",
    "</textarea></title></style><script>document.title = 'ran'</script>",
    "javascript:document.title='ran'",
    "<iframe srcdoc=\"<script>parent.document.title = 'ran'</script>\"></iframe>",
)


def write_saved_page(folder):
    """A saved page with pictures beside it, whose names, words and captions are hostile."""
    beside = folder / "page_files"
    beside.mkdir(parents=True)
    figures = []
    for at, words in enumerate(HOSTILE):
        name = f"{at} {words.replace('/', '')[:60]}.png"
        Image.new("RGB", (80, 60), (at, 0, 0)).save(beside / name)
        (folder / f"alone {name}").write_bytes((beside / name).read_bytes())
        told, source = escape(words, quote=True), f"page_files/{quote(name)}"
        figures.append(f'<figure><img src="{source}" alt="{told}"><figcaption>{told}</figcaption>')
        figures.append("</figure>")
    text = "<p>The army seized a mortar near the bridge, said the miller.</p>"
    body = f"<article>{text}{''.join(figures)}</article>"
    markup = f"<html><title>Saved page</title><body>{body}</body></html>"
    (folder / "page.html").write_text(markup, encoding="utf-8")


def test_nothing_hostile_runs(page, case, tmp_path):
    file = tmp_path / "hostile.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for at, words in enumerate(HOSTILE):
            text = f"Fighters captured a TOW missile from the army. {words} said so."
            facts = dict.fromkeys(("title", "publisher", "byline", "url"), words)
            stream.write(json.dumps({"id": f"{at} {words}", "text": text, **facts}) + "\n")
    pages = [file.with_name("saved"), file]
    write_saved_page(pages[0])
    add_to_case(case, [str(one) for one in pages])
    run_stages(case)
    page.on("dialog", lambda dialog: dialog.dismiss())
    rows = case.store.select("SELECT id FROM document WHERE text LIKE 'Fighters captured a TOW%'")
    assert len(rows) == len(HOSTILE)
    page_of = "SELECT id FROM document WHERE name LIKE '%saved%' OR title = 'Saved page'"
    rows += case.store.select(page_of)
    assert len(rows) > len(HOSTILE)
    note_begun(case.folder, HOSTILE[0], "add", {"address": HOSTILE[2]})
    note_restart(case.folder)
    pages = [f"/documents/{row['id']}" for row in rows]
    for path in [
        "/",
        "/documents",
        "/pictures",
        "/map",
        "/search?words=onerror",
        "/search?words=%3Cscript%3E",
        *pages,
    ]:
        page.goto(path)
        assert page.title().endswith("enduse"), path
        assert page.evaluate("document.title") != "ran", path
        assert (
            page.locator("main iframe, main script, main img[onerror], main svg[onload]").count()
            == 0
        )
