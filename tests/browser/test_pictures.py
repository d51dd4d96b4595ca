"""Pictures in a real browser: a marked one is not even fetched until somebody asks for it."""

import io

import pytest
from PIL import Image

from enduse.case.add import add_to_case
from enduse.case.run import run_stages

PAGE = """<html lang=en><title>Field note with a photograph</title><body><article>
<p>Fighters of the brigade captured a TOW missile near the town, the note says.</p>
<figure><img src="note_files/launcher.jpg" alt="A launcher on a lorry">
<figcaption>By the road</figcaption></figure>
<img src="note_files/evil.svg" alt="A sketch"></article></body></html>"""


@pytest.fixture
def document(case, tmp_path):
    folder = tmp_path / "saved"
    (folder / "note_files").mkdir(parents=True)
    (folder / "note.html").write_text(PAGE, encoding="utf-8")
    out = io.BytesIO()
    Image.new("RGB", (400, 240), (220, 30, 10)).save(out, "JPEG")
    (folder / "note_files" / "launcher.jpg").write_bytes(out.getvalue())
    (folder / "note_files" / "evil.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg'><script>document.title='ran'</script></svg>"
    )
    add_to_case(case, [str(folder)])
    run_stages(case, ("read",))
    rows = case.store.select("SELECT id FROM document WHERE title LIKE 'Field note with a%'")
    return rows[0]["id"]


def colourful(page, selector):
    """Whether what is on the screen there has colour."""
    shot = Image.open(io.BytesIO(page.locator(selector).screenshot())).convert("HSV")
    return max(one[1] for one in shot.resize((20, 20)).get_flattened_data()) > 60


def test_a_marked_picture_is_grey_and_blurred_until_it_is_asked_for(page, document, until):
    fetched = []
    page.on("request", lambda one: "/media/" in one.url and fetched.append(one.url))
    page.goto(f"/documents/{document}")
    picture = page.locator("img[alt='A launcher on a lorry']")
    picture.scroll_into_view_if_needed()
    until(page, "document.querySelector('.media img').complete")
    assert colourful(page, "img[alt='A launcher on a lorry']")
    page.select_option("#verdict-m1", "graphic")
    page.click("#media ~ .media-grid form button >> nth=0")
    page.wait_for_selector(".media.covered .cover")
    fetched.clear()
    page.reload(wait_until="networkidle")
    page.locator(".cover").scroll_into_view_if_needed()
    until(page, "document.querySelector('.cover').complete")
    assert [address.rsplit("?", 1)[-1] for address in fetched] == ["as=cover"]
    assert not picture.is_visible()
    assert not colourful(page, ".cover")
    page.locator(".reveal summary").focus()
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.reveal .bare').naturalWidth > 0")
    assert not colourful(page, ".reveal .bare")
    page.locator(".reveal .colour").focus()
    page.keyboard.press("Space")
    assert colourful(page, ".reveal .bare")
    assert page.locator("img[alt='A sketch']").count() == 0
    assert page.evaluate("document.title") != "ran"


def test_pages_with_pictures_have_no_violation(page, document, violations):
    for path in (f"/documents/{document}", "/pictures"):
        page.goto(path)
        assert violations(page) == []
        page.select_option("#verdict-m1", "graphic")
        page.locator(".media form button").first.click()
        page.wait_for_selector(".media.covered")
        assert violations(page) == []
