"""What kind of thing a snapshot's bytes are.

In: the bytes, the type their sender states, and their address. Out: the name of a reader, or the
signature of a kind that is not read. The bytes' own first words go before the stated type, and
that before the file's name, for servers and names are often wrong. A signature of few bytes counts
only where the bytes are no text.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from enduse.model.snapshot import Snapshot
from enduse.reference.pages import Signature, load_signatures

RECORD_TYPE = "application/vnd.enduse.document+json"
_HEAD = 1024
_SHORT_SIGNATURE = 4  # bytes; shorter ones also begin words
_PDF = b"%PDF-"
_LATE_PDF = re.compile(rb"%PDF-\d\.\d")  # the header after other bytes, as some senders leave it
_SPACE = b" \t\r\n\x0c\xef\xbb\xbf"
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|table|h1|article|script|a|br|center)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(
    rb"(?:From |[A-Za-z][A-Za-z0-9-]*:)[^\n]*\n(?:[ \t][^\n]*\n|[A-Za-z][A-Za-z0-9-]*:[^\n]*\n)+"
)
_SENT = re.compile(  # headers that servers add; a note that begins "Date:" has none
    rb"^(?:Message-ID|Received|MIME-Version|Return-Path|Delivered-To):",
    re.MULTILINE | re.IGNORECASE,
)
_STATED = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "message/rfc822": "mail",
    "application/mbox": "mail",
    "application/json": "record",
    RECORD_TYPE: "record",
}
_ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".eml": "mail",
    ".mbox": "mail",
}


def choose_reader(snapshot: Snapshot, body: bytes) -> str:
    """Return the name of the reader that fits: record, pdf, html, mail or plain."""
    stated = snapshot.media_type.partition(";")[0].strip().lower()
    if stated == RECORD_TYPE:
        return "record"
    head = body[:_HEAD].lstrip(_SPACE)
    if head.startswith(_PDF):
        return "pdf"
    if _HTML.match(head) or (head.startswith((b"<?xml", b"<!--")) and _HTML.search(head)):
        return "html"
    mail = _MAIL.match(head)
    if mail is not None and _SENT.search(mail[0]) is not None:
        return "mail"
    if head.startswith(b"{") and b'"text"' in body:
        return "record"
    late = _LATE_PDF.search(body[:_HEAD]) is not None
    return "pdf" if late else _by_name(snapshot.address, stated, head)


def _by_name(address: str, stated: str, head: bytes) -> str:
    name = address.partition("#")[0].partition("?")[0].lower()
    ending = next((kind for end, kind in _ENDINGS.items() if name.endswith(end)), None)
    if _STATED.get(stated) == "mail" or ending == "mail":
        return "mail"
    reader = _STATED.get(stated) or ending
    if reader == "pdf" or (reader == "record" and not head.startswith(b"{")):
        return "plain"
    return reader or "plain"


def find_signature(body: bytes) -> Signature | None:
    r"""Return the kind of file, known by its first bytes, that holds no text we read.

    >>> find_signature(b"PK\x03\x04" + bytes(30)).name
    'a ZIP archive or an office file'
    >>> find_signature("BM-21 “Grad” rockets were seen.".encode()) is None
    True
    """
    if not any(body.startswith(starts, offset) for offset, starts in _starts()):
        return None
    for signature in load_signatures():
        if body.startswith(signature.start, signature.offset):
            sure = len(signature.start) >= _SHORT_SIGNATURE
            if sure or not _is_utf8(body[:_HEAD]) or 0 in body[:_HEAD]:
                return signature
    return None


def _is_utf8(head: bytes) -> bool:
    """Return whether the bytes are UTF-8, the last character perhaps cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


@cache
def _starts() -> tuple[tuple[int, tuple[bytes, ...]], ...]:
    """Return the known starts by offset: one look tells nearly every text from the rest."""
    found: dict[int, list[bytes]] = {}
    for signature in load_signatures():
        found.setdefault(signature.offset, []).append(signature.start)
    return tuple((offset, tuple(starts)) for offset, starts in sorted(found.items()))
