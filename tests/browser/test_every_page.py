"""Every page in a real browser: nothing from elsewhere, no error, no axe violation."""

import pytest

from enduse.case.gate import prepare_dossier
from enduse.store.kinds import TRACE


@pytest.fixture
def paths(case):
    """One address for each kind of page."""
    row = case.store.select(
        "SELECT document_id AS id, min(id) AS claim FROM claim "
        "GROUP BY document_id ORDER BY count(*) DESC"
    )[0]
    arabic = case.store.select("SELECT id FROM document WHERE language = 'ar'")[0]
    plan = case.store.select(
        "SELECT body ->> '$.claims[0]' AS id FROM incident WHERE status = 'planned'"
    )[0]
    incident = case.store.select("SELECT id FROM incident ORDER BY probability DESC")[0]
    trace = case.store.ids(TRACE)[0]
    dossier = prepare_dossier(case, trace).id
    return [
        "/",
        "/documents",
        f"/documents/{row['id']}",
        f"/documents/{arabic['id']}",
        f"/review?document={row['id']}",
        f"/documents/{row['id']}?mend={row['claim']}",
        "/review/many?column=kind&word=use",
        "/names?verdict=same",
        "/copies",
        "/decisions",
        "/incidents",
        "/map",
        "/pictures",
        f"/incidents/{incident['id']}",
        "/contradictions",
        "/entities/weapon",
        "/entity/bgm-71-tow",
        "/entity/islamic-state",
        "/custody",
        f"/custody/{trace}",
        "/drift",
        "/plans",
        f"/plans/{plan['id']}",
        "/search?words=TOW",
        "/publish",
        f"/publish/{dossier}",
    ]


def test_axe_finds_nothing_on_any_page(page, paths, violations):
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for path in paths if scheme == "light" else paths[:3] + paths[-1:]:
            page.goto(path)
            if path == "/map" and page.locator("script[src*='/dist/map']").count():
                page.wait_for_selector("figure.moving")
            found += [f"{scheme} {path}: {told}" for told in violations(page)]
    assert not found, "\n".join(found)


def test_nothing_is_cut_off_at_200_percent(page, paths):
    page.set_viewport_size({"width": 680, "height": 450})
    for path in paths:
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, path


def test_arabic_runs_from_right_to_left(page, paths):
    page.goto("/")
    page.click("button[name=lang][value=ar]")
    page.wait_for_selector("html[dir=rtl]")
    page.wait_for_load_state("load")  # with its style
    side = page.evaluate("document.querySelector('.ways').getBoundingClientRect().left")
    assert side > 600
    page.goto(paths[3])
    align = page.evaluate("getComputedStyle(document.getElementById('text')).unicodeBidi")
    assert align == "plaintext"
