"""Plain text to a document.

In: the bytes of a text in any common encoding. Out: its text, line ends as line feeds, in lines.
Damaged
characters are told. Refused: bytes that are no text.
"""

from __future__ import annotations

from email.message import Message

from enduse.model.problem import Problem
from enduse.model.snapshot import Snapshot
from enduse.read.blocks import split_lines
from enduse.read.compose import Reading
from enduse.read.decode import Decoded, decode_text
from enduse.read.problems import report


def read_plain(snapshot: Snapshot, body: bytes) -> Reading | Problem:
    """Return the text, or why the bytes are none."""
    decoded = decode_text(body, stated_charset(snapshot.media_type))
    if decoded is None:
        return refuse_bytes(snapshot)
    problems = report_damage(snapshot, decoded)
    return Reading(decoded.text, split_lines(decoded.text), problems=problems)


def refuse_bytes(snapshot: Snapshot) -> Problem:
    """Return the problem of bytes that are no text."""
    return report(
        snapshot,
        "these bytes are no text in any encoding that is known here",
        "If it is a document, save it as PDF, HTML or plain text, and add that",
    )


def report_damage(snapshot: Snapshot, decoded: Decoded) -> tuple[Problem, ...]:
    """Return the problem that some characters of the text are damaged, if any are."""
    if not decoded.damaged:
        return ()
    message = f"characters that are damaged, and stand as \ufffd in the text: {decoded.damaged}"
    return (report(snapshot, message, "Get the file again; the rest of the text is read"),)


def stated_charset(media_type: str) -> str | None:
    """Return the charset that a media type names, None if it names none.

    >>> stated_charset('text/html; charset="windows-1256"'), stated_charset("text/html")
    ('windows-1256', None)
    """
    message = Message()
    message["content-type"] = media_type.replace("\n", " ").replace("\r", " ")
    charset = message.get_param("charset")
    return charset if isinstance(charset, str) and charset else None
