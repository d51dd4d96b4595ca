"""Bytes to text.

In: the bytes of a text, and the charset its sender or markup states. Out: the text, with line
ends as one line feed and without byte order mark. Refused: bytes that are no text.

Order of trust: byte order mark; UTF-8, which other encodings do not look like by chance; zero
bytes that show UTF-16; UTF-8 with some damaged bytes, more of them if it is stated; another stated
charset; charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_SPARSE = 0.02  # share of bytes above ASCII below which only punctuation and names hold them
_WHOLE = 2  # whole characters above ASCII for each damaged one; other encodings reach 0.4
_WHOLE_IF_STATED = 1  # the same where UTF-8 is stated
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_MOST_CONTROLS = 0.02  # share of such characters above which bytes are no text
_HIGH_BYTES = bytes(range(7))
_TEXT_CODECS = re.compile(
    r"utf-8|cp\d+|iso8859-\d+|iso2022\w+|koi8-\w|mac-\w+|gb18030|big5.*|euc_.*|shift.*"
)
_NOT_GUESSED = [  # the first are told by their zero bytes, the others are hardly met any more
    *("utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_7", "cp037", "cp500"),
    *("mac_greek", "mac_cyrillic", "mac_latin2", "mac_turkish", "mac_iceland", "mac_roman"),
]
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949"}  # as browsers read them
_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_LINE_MARKS = "\r\u0085\u2028\u2029"
_REPLACED = "\ufffd"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read by, and how many characters were damaged."""

    text: str
    encoding: str
    damaged: int = 0


def decode_text(body: bytes, stated: str | None = None) -> Decoded | None:
    """Return the text that the bytes hold, or None if they hold none.

    Args:
        body: the bytes.
        stated: the charset that the sender or the markup states, if any.

    >>> decode_text("Кирпич".encode("windows-1251"), "windows-1251").text
    'Кирпич'
    >>> decode_text(bytes(range(256)) * 4) is None
    True
    """
    found = _decode(body, stated)
    if not _is_text(found.text):
        return None
    damaged = _count_damaged(found.text, body)
    return Decoded(clean_text(join_line_ends(found.text)), found.encoding, damaged)


def _count_damaged(text: str, body: bytes) -> int:
    """Return how many characters stand as U+FFFD that did not come so."""
    found = text.count(_REPLACED)
    return max(found - body.count(_REPLACED.encode()), 0) if found else 0


def join_line_ends(text: str) -> str:
    """Return the text with every kind of line end as one line feed."""
    if not any(mark in text for mark in _LINE_MARKS):
        return text
    return _LINE_ENDS.sub("\n", text)


def clean_text(text: str) -> str:
    """Return the text with code points that cannot be stored replaced one for one by U+FFFD.

    Zero and lone surrogates have no place in databases or UTF-8; every offset stays as it was.

    >>> clean_text("a" + chr(0) + "b") == "a" + chr(0xFFFD) + "b"
    True
    """
    return text if _storable(text) else _UNSTORABLE.sub("\ufffd", text)


def _storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def _decode(body: bytes, stated: str | None) -> Decoded:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(encoding, "replace"), encoding)
    name = _guess_wide(body) or _codec_name(stated)
    if name is not None and name.startswith(("utf-16", "iso2022")):
        return Decoded(body.decode(name, "replace"), name)
    try:
        return Decoded(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(body, name)


def _decode_legacy(body: bytes, name: str | None) -> Decoded:
    text = body.decode("utf-8", "replace")
    damaged = _count_damaged(text, body)
    whole = len(text) - len(text.encode("ascii", "ignore")) - damaged
    if whole >= damaged * (_WHOLE_IF_STATED if name == "utf-8" else _WHOLE):
        return Decoded(text, "utf-8")
    if name is not None and name != "utf-8":
        return Decoded(body.decode(name, "replace"), name)
    guess = _guess_narrow(body)
    return Decoded(body.decode(guess, "replace"), guess)


def _guess_wide(body: bytes) -> str | None:
    """Return the UTF-16 form that high bytes at every other place show, or None.

    The high byte is 0 to 6 for Latin, Cyrillic, Hebrew and Arabic letters: control codes that no
    other text holds.
    """
    sample = body[:_SAMPLE]
    pairs = max(len(sample) // 2, 1)
    even = len(sample[0::2]) - len(sample[0::2].translate(None, _HIGH_BYTES))
    odd = len(sample[1::2]) - len(sample[1::2].translate(None, _HIGH_BYTES))
    if odd > pairs // 3 and even <= pairs // 50:
        return "utf-16-le"
    return "utf-16-be" if even > pairs // 3 and odd <= pairs // 50 else None


def _guess_narrow(body: bytes) -> str:
    sample = body[:_SAMPLE]
    above = len(sample) - len(sample.decode("ascii", "ignore"))
    if above < _SPARSE * len(sample):
        return "cp1252"
    best = from_bytes(sample, cp_exclusion=_NOT_GUESSED).best()
    return best.encoding if best is not None else "cp1252"


def _codec_name(stated: str | None) -> str | None:
    """Return the codec that browsers use for a stated charset, None if it is unknown."""
    if not stated:
        return None
    try:
        name = codecs.lookup(stated.strip().strip("\"'").lower()).name
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    name = _WIDER.get(name, name)
    return name if _TEXT_CODECS.fullmatch(name) else None


def _is_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) <= _MOST_CONTROLS * len(sample) + 1
