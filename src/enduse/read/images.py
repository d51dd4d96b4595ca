"""One picture's bytes to pixels of our own making.

In: the bytes of a picture. Out: the same picture encoded anew as PNG or JPEG, upright, without its
metadata, no larger than a screen; or a cover of it: grey, blurred, a few dozen grains. Whatever was
hidden in the bytes (scripts, archives, places where it was taken) is not in them. Refused, each by
name: drawings that can hold scripts, kinds we do not decode, pictures of too many pixels, and
damaged ones.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from enduse.errors import ReadingError

KINDS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
"""The kinds that are decoded."""

MOST_BYTES = 60_000_000
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 1600
SMALLEST_SIDE = 32
"""Pictures no larger than this both ways are ornaments of a page."""

_GRAINS, _COVER = 12, 320
_HEAD = 1024


@dataclass(frozen=True, slots=True)
class Recoded:
    """A picture of our own making."""

    body: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What a picture is, without decoding its pixels."""

    kind: str
    width: int
    height: int

    @property
    def is_ornament(self) -> bool:
        """Whether it is too small to show anything."""
        return max(self.width, self.height) <= SMALLEST_SIDE


def measure_image(body: bytes) -> Measured:
    """Return kind and size of a picture.

    Raises:
        ReadingError: it is none that is decoded; names why.
    """
    with _open(body) as image:
        return Measured(image.format or "", *image.size)


def recode_image(body: bytes, *, cover: bool = False) -> Recoded:
    """Return the picture encoded anew, or a cover of it that shows no detail.

    Raises:
        ReadingError: it is none that is decoded; names why.
    """
    with _open(body) as image:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of damaged metadata, which is dropped
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                drawn = ImageOps.exif_transpose(image)
                drawn = drawn.convert("RGBA" if drawn.has_transparency_data else "RGB")
        except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError) as error:
            raise _refuse("the picture is damaged", str(error)) from error
    return _cover(drawn) if cover else _encode(drawn)


def _open(body: bytes) -> Image.Image:
    if len(body) > MOST_BYTES:
        raise _refuse("the picture is larger than 60 MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(body), formats=KINDS)
    except Image.DecompressionBombError as error:
        raise _refuse("the picture has more pixels than 60 million") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise _refuse(_name_other(body)) from error
    if image.width * image.height > MOST_PIXELS:
        image.close()
        raise _refuse("the picture has more pixels than 60 million")
    return image


def _name_other(body: bytes) -> str:
    head = body[:_HEAD].lower()
    if b"<svg" in head or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return "it is a drawing as markup (SVG), which can hold scripts"
    return "it is no picture of a kind that is decoded"


def _encode(image: Image.Image) -> Recoded:
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    out = io.BytesIO()
    if image.mode == "RGBA":
        clean.save(out, "PNG")
    else:
        clean.save(out, "JPEG", quality=88)
    media_type = "image/png" if image.mode == "RGBA" else "image/jpeg"
    return Recoded(out.getvalue(), media_type, *clean.size)


def _cover(image: Image.Image) -> Recoded:
    """Return a grey blur: the picture is first made of a few grains, so no detail is in it."""
    grey = image.convert("L")
    grey.thumbnail((_GRAINS, _GRAINS))
    wide, high = (max(1, round(side * _COVER / max(grey.size))) for side in grey.size)
    blurred = grey.resize((wide, high), Image.Resampling.BICUBIC)
    blurred = blurred.filter(ImageFilter.GaussianBlur(_COVER / _GRAINS))
    out = io.BytesIO()
    blurred.save(out, "JPEG", quality=60)
    return Recoded(out.getvalue(), "image/jpeg", wide, high)


def _refuse(reason: str, place: str = "") -> ReadingError:
    return ReadingError(reason, place, "Its bytes are kept; open them elsewhere, with care")
