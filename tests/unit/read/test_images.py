"""Pictures are of our own making; hostile ones are refused by name or come out harmless."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from enduse.errors import ReadingError
from enduse.read.images import LONGEST_SIDE, measure_image, recode_image


def picture(kind="PNG", size=(64, 48), mode="RGB", **more):
    out = io.BytesIO()
    image = Image.new(mode, size)
    for x in range(size[0]):
        image.putpixel(
            (x, x % size[1]), 255 if mode in ("L", "P") else (250, 20, 10, 255)[: len(mode)]
        )
    image.save(out, kind, **more)
    return out.getvalue()


def opened(made):
    return Image.open(io.BytesIO(made.body))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_common_kinds_are_encoded_anew(kind):
    made = recode_image(picture(kind))
    assert made.media_type in ("image/png", "image/jpeg")
    assert opened(made).size == (64, 48)
    assert measure_image(picture(kind)).kind == kind


def test_large_ones_are_made_smaller():
    made = recode_image(picture(size=(4000, 1000)))
    assert (made.width, made.height) == (LONGEST_SIDE, 400)


def test_metadata_and_what_follows_the_picture_are_gone():
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "<script>alert(1)</script>")
    exif = Image.Exif()
    exif[0x010E] = "taken at 36.2, 37.1"
    polyglot = picture(pnginfo=told, exif=exif) + b"PK\x03\x04<script>alert(2)</script>"
    made = recode_image(polyglot)
    assert b"script" not in made.body
    assert b"36.2" not in made.body
    assert b"PK\x03\x04" not in made.body
    jpeg = picture("JPEG", exif=exif, comment=b"<svg onload=alert(3)>")
    assert b"36.2" in jpeg
    assert b"36.2" not in recode_image(jpeg).body
    assert b"onload" not in recode_image(jpeg).body


def test_it_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(recode_image(picture("JPEG", exif=exif))).size == (48, 64)


def test_what_is_clear_stays_clear():
    made = recode_image(picture(mode="RGBA"))
    assert opened(made).mode == "RGBA"


def bomb(side):
    """A PNG that says it is a square of this side, in a few hundred bytes."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><svg><script>alert(1)</script></svg>", "SVG"),
        (b"<!-- GIF89a --><SVG onload=alert(1)>", "SVG"),
        (bomb(8_000), "pixels"),
        (bomb(60_000), "pixels"),
        (b"<html><script>alert(1)</script>", "no picture"),
        (b"", "no picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(id) system", "no picture"),
        (b"\x00\x00\x00\x20ftypisom", "no picture"),
        (b"GIF89a", "no picture"),
    ],
)
def test_hostile_ones_are_refused_by_name(body, words):
    with pytest.raises(ReadingError, match=words):
        recode_image(body)
    with pytest.raises(ReadingError, match=words):
        measure_image(body)


def test_a_cut_off_one_is_damaged():
    with pytest.raises(ReadingError, match="damaged"):
        recode_image(picture("JPEG", size=(400, 400))[:900])


@settings(max_examples=60)
@given(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"]), st.data())
def test_whatever_the_bytes_it_is_refused_or_made_anew(kind, data):
    body = bytearray(picture(kind))
    for _ in range(data.draw(st.integers(1, 8))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        made = recode_image(bytes(body))
    except ReadingError:
        return
    assert opened(made).format in ("PNG", "JPEG")


def test_a_cover_is_grey_and_shows_no_detail():
    board = Image.new("RGB", (240, 240))
    for x in range(240):
        for y in range(240):
            board.putpixel((x, y), (255, 0, 0) if (x // 4 + y // 4) % 2 else (0, 0, 255))
    out = io.BytesIO()
    board.save(out, "PNG")
    cover = opened(recode_image(out.getvalue(), cover=True))
    assert cover.mode == "L"
    low, high = cover.getextrema()
    assert high - low < 40  # the board's squares are gone
    assert max(cover.size) == 320
