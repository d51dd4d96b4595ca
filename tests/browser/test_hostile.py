"""Hostile words in text, titles, names and addresses: in a real browser nothing of them runs."""

import json

from enduse.case.add import add_to_case
from enduse.case.run import run_stages

HOSTILE = (
    "<script>document.title = 'ran'</script>",
    "<img src=x onerror=\"document.title = 'ran'\">",
    '"><svg onload="document.title = \'ran\'">',
    "' autofocus onfocus='document.title = `ran`",
    "</textarea></title></style><script>document.title = 'ran'</script>",
    "javascript:document.title='ran'",
    "<iframe srcdoc=\"<script>parent.document.title = 'ran'</script>\"></iframe>",
)


def test_nothing_hostile_runs(page, case, tmp_path):
    file = tmp_path / "hostile.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for at, words in enumerate(HOSTILE):
            text = f"Fighters captured a TOW missile from the army. {words} said so."
            facts = dict.fromkeys(("title", "publisher", "byline", "url"), words)
            stream.write(json.dumps({"id": f"{at} {words}", "text": text, **facts}) + "\n")
    add_to_case(case, [str(file)])
    run_stages(case)
    page.on("dialog", lambda dialog: dialog.dismiss())
    rows = case.store.select("SELECT id FROM document WHERE text LIKE 'Fighters captured a TOW%'")
    assert len(rows) == len(HOSTILE)
    pages = [f"/documents/{row['id']}" for row in rows]
    for path in ["/", "/documents", "/search?words=onerror", "/search?words=%3Cscript%3E", *pages]:
        page.goto(path)
        assert page.title().endswith("enduse"), path
        assert page.evaluate("document.title") != "ran", path
        assert page.locator("main iframe, main script, main img, main svg[onload]").count() == 0
