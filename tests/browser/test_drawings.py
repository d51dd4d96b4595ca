"""Maps and timelines in a real browser: alive, without WebGL, without a script, on a base map."""

import struct
import zlib

import pytest

from enduse.web import app as web_app
from enduse.web.app import find_built

BUILT = find_built(web_app._STATIC / "dist")

needs_islands = pytest.mark.skipif(
    "map" not in BUILT, reason="the islands were not bundled: python frontend/bundle.py"
)


def open_map(page, path="/map"):
    page.goto(path)
    page.wait_for_selector("figure[data-island=map].moving")


def drawn(page):
    """The rows of the table that are drawn, as (extent, name)."""
    return page.eval_on_selector_all(
        ".areas tr[data-extent]",
        "rows => rows.filter(row => row.dataset.extent).map(row => row.dataset.name)",
    )


@needs_islands
def test_the_map_moves_and_its_table_has_the_same_content(page):
    open_map(page)
    assert not page.locator(".still").is_visible()
    assert page.locator(".live-map canvas").is_visible()
    names = drawn(page)
    assert len(names) > 3
    assert page.locator(".areas button.show").count() == len(names)
    assert "none" not in page.get_attribute(".live-map canvas", "aria-label")


@needs_islands
def test_the_map_is_worked_by_keyboard(page):
    open_map(page)
    button = page.locator(".areas button.show").first
    button.focus()
    page.keyboard.press("Enter")
    page.locator(".live-tools button").first.focus()
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "CANVAS":
            break
    assert page.evaluate("document.activeElement.tagName") == "CANVAS"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")


@needs_islands
def test_a_click_on_an_area_leads_to_its_row(page, until):
    open_map(page)
    page.locator(".areas tr[data-extent=country] button.show").first.click()
    page.wait_for_timeout(800)
    box = page.locator(".live-map canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    until(page, "document.activeElement.matches('.areas tr')")


def test_without_webgl_the_drawing_stays(chromium, address, case):
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    trouble = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
    page.goto("/map")
    page.wait_for_timeout(500)
    assert page.locator("svg.map .land").first.is_visible()
    assert not page.locator(".live").first.is_visible()
    assert trouble == []
    context.close()


def test_without_a_script_the_drawing_and_the_table_agree(chromium, address, case):
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/map")
    titles = page.locator(".still .patch title").all_text_contents()
    rows = page.locator(".areas tr[data-extent]").all()
    told = [row for row in rows if row.get_attribute("data-extent")]
    assert [title.rsplit(":", 1)[0] for title in titles] == [
        row.get_attribute("data-name") for row in told
    ]
    assert [title.rsplit(": ", 1)[1] for title in titles] == [
        row.locator(".num").inner_text() for row in told
    ]
    assert page.locator(".still circle, .still image").count() == 0  # areas, never a pin
    context.close()


@needs_islands
def test_the_timeline_moves_and_keeps_faded_ends(page):
    page.goto("/entity/islamic-state")
    page.wait_for_selector("figure[data-island=timeline].moving")
    bar = page.locator(".timeline .bar:not([class*=fade]) rect").first
    before = float(bar.get_attribute("width"))
    page.locator("[data-island=timeline] [data-act=in]").focus()
    page.keyboard.press("Enter")
    wider = float(bar.get_attribute("width"))
    assert wider > before
    faded = page.locator(".timeline .bar[class*=fade] rect").first
    assert float(faded.get_attribute("width")) == pytest.approx(60, abs=0.1)
    page.locator("[data-island=timeline] [data-act=whole]").click()
    assert float(bar.get_attribute("width")) == pytest.approx(before, abs=0.1)


def number(value):
    """A varint."""
    out = b""
    while value >= 128:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def picture(size, colour):
    """A PNG of one colour."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = zlib.compress((b"\0" + bytes(colour) * size) * size)
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def archive(tile):
    """A PMTiles file of version 3 with one PNG tile: the whole world at zoom 0."""
    directory = number(1) + number(0) + number(1) + number(len(tile)) + number(1)
    told = b'{"attribution":"<b onclick=alert(1)>Made</b> for a test"}'
    at = 127
    root = (at, len(directory))
    meta = (root[0] + root[1], len(told))
    data = (meta[0] + meta[1], len(tile))
    head = b"PMTiles\x03" + struct.pack("<8Q", *root, *meta, data[0], 0, *data)
    head += struct.pack("<3Q", 1, 1, 1) + bytes([1, 1, 1, 2, 0, 0])
    head += struct.pack("<4i", -1800000000, -850000000, 1800000000, 850000000)
    head += bytes([0]) + struct.pack("<2i", 0, 0)
    assert len(head) == at
    return head + directory + told + tile


@pytest.fixture
def with_base_map(finished):
    file = finished / "base.pmtiles"
    file.write_bytes(archive(picture(256, (10, 200, 90))))
    return {"base_map": file.name}


@needs_islands
def test_a_base_map_of_the_user_lies_below_the_areas(with_base_map, serve_case, chromium):
    with serve_case(with_base_map) as address:
        context = chromium.new_context(base_url=address, viewport={"width": 1360, "height": 900})
        page = context.new_page()
        trouble = []
        page.on(
            "request", lambda one: one.url.startswith((address, "blob:")) or trouble.append(one.url)
        )
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: said.type == "error" and trouble.append(said.text))
        open_map(page)
        page.wait_for_timeout(1500)
        shot = page.locator(".live-map canvas").screenshot()
        assert "Made for a test" in page.locator("figcaption .credit").inner_text()
        assert trouble == []
        assert green_share(page, shot) > 0.2
        context.close()


def green_share(page, shot):
    """The share of the picture's points in the colour of the test's tile."""
    from io import BytesIO

    from PIL import Image

    points = Image.open(BytesIO(shot)).convert("RGB").resize((80, 40)).get_flattened_data()
    return sum(g > 150 and r < 90 and b < 140 for r, g, b in points) / len(points)
