"""What pictures, videos and sounds a page shows, and where their bytes would be.

In: the bytes of a page and its snapshot. Out: each as the page names it, with the text it gives in
their place and the caption around them. Refused: nothing; a page too costly to build into a tree
has none.
"""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from enduse.model.snapshot import Snapshot
from enduse.read.decode import decode_text
from enduse.read.markup.guard import is_costly
from enduse.read.markup.pages import meta_charset
from enduse.read.plain import stated_charset
from enduse.read.sniff import choose_reader

MOST = 60
"""How many are read from one page."""

_LARGEST = 20_000_000
_LONGEST_WORDS = 500
_TAGS = "img, video, audio, source"
_MENTION = re.compile(rb"<(?:img|video|audio)\b", re.IGNORECASE)
_DEEPEST = 8  # elements between a picture and the figure that holds its caption


@dataclass(frozen=True, slots=True)
class Shown:
    """Something a page shows.

    Attributes:
        kind: image, video or audio.
        address: where its bytes would be; empty if they stand in the page.
        body: the bytes that stand in the page; else None.
        alt: the text in its place.
        caption: the words of the figure around it.
    """

    kind: str
    address: str
    body: bytes | None
    alt: str
    caption: str


def find_media(snapshot: Snapshot, body: bytes) -> tuple[Shown, ...]:
    """Return what the page shows, in order, each address once; nothing for what is no page."""
    if len(body) > _LARGEST or not _may_show(body) or choose_reader(snapshot, body) != "html":
        return ()
    decoded = decode_text(body, stated_charset(snapshot.media_type) or meta_charset(body))
    if decoded is None or is_costly(decoded.text):
        return ()
    found: dict[str, Shown] = {}
    for node in LexborHTMLParser(decoded.text).css(_TAGS):
        source = (node.attributes.get("src") or "").strip()
        if source and source not in found:
            shown = _read(node, source, snapshot.address)
            if shown is not None:
                found[source] = shown
        if len(found) == MOST:
            break
    return tuple(found.values())


def _may_show(body: bytes) -> bool:
    """Return whether a page of these bytes may show anything: most show nothing, told at once."""
    return _MENTION.search(body) is not None or 0 in body  # of two bytes a letter: not told here


def _read(node: LexborNode, source: str, page: str) -> Shown | None:
    kind = _kind(node)
    if not kind:
        return None
    words = " ".join((node.attributes.get("alt") or node.attributes.get("title") or "").split())
    alt, caption = words[:_LONGEST_WORDS], _caption(node)[:_LONGEST_WORDS]
    if source[:5].lower() == "data:":
        body = _unpack(source[5:])
        return None if body is None else Shown(kind, "", body, alt, caption)
    return Shown(kind, resolve_address(page, source), None, alt, caption)


def _kind(node: LexborNode) -> str:
    """Return what the element shows; empty for a `source` of no player."""
    tag = node.tag
    if tag == "source":
        tag = node.parent.tag if node.parent is not None else ""
    return {"img": "image", "video": "video", "audio": "audio"}.get(tag or "", "")


def _caption(node: LexborNode) -> str:
    parent = node.parent
    for _ in range(_DEEPEST):
        if parent is None:
            return ""
        if parent.tag == "figure":
            told = parent.css_first("figcaption")
            return " ".join(told.text(separator=" ").split()) if told is not None else ""
        parent = parent.parent
    return ""


def resolve_address(page: str, source: str) -> str:
    """Return the address that a page means; beside a file, the path of a file.

    >>> resolve_address("saved/page.html", "page_files/a%20b.jpg?w=300")
    'saved/page_files/a b.jpg'
    >>> resolve_address("https://example.org/a/page", "../b.jpg")
    'https://example.org/b.jpg'
    """
    try:
        if urlsplit(page).scheme in ("http", "https") or urlsplit(source).scheme:
            return urljoin(page, source)
        if source.startswith("//"):
            return f"https:{source}"
    except ValueError:
        return source
    path = unquote(source.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def _unpack(rest: str) -> bytes | None:
    """Return the bytes of a `data:` address, None if they are none."""
    head, comma, packed = rest.partition(",")
    if not comma:
        return None
    if not head.lower().rstrip().endswith(";base64"):
        return unquote_to_bytes(packed)
    try:
        return base64.b64decode(unquote_to_bytes(packed), validate=False)
    except (binascii.Error, ValueError):
        return None
