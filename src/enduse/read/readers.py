"""One snapshot to one document, by the reader that fits its bytes.

In: a snapshot and its bytes. Out: the document, or the problem of not reading it, and the problems
of what in it could not be read; nothing is raised, whatever the bytes. Refused: empty bodies, kinds
of file that hold no text we read, and what a reader refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from enduse.model.document import Document
from enduse.model.problem import Problem
from enduse.model.snapshot import Snapshot
from enduse.read.compose import Reading, compose_document
from enduse.read.mail import read_mail
from enduse.read.markup import read_html
from enduse.read.pdf import read_pdf
from enduse.read.plain import read_plain
from enduse.read.problems import report
from enduse.read.record import read_record
from enduse.read.sniff import choose_reader, find_signature

Read = Callable[[Snapshot, bytes], Reading | Problem]

_RECORD = b'{"'  # how JSON begins, and no other kind of file
_LONGEST_TEXT = 30_000_000  # code points; a book has a million

READERS: Mapping[str, Read] = MappingProxyType(
    {
        "record": read_record,
        "html": read_html,
        "pdf": read_pdf,
        "mail": read_mail,
        "plain": read_plain,
    }
)


def read_document(snapshot: Snapshot, body: bytes, *, identify: bool = True) -> Document | Problem:
    """Return the document that the bytes hold, or the problem of not reading it.

    Args:
        snapshot: the record of the bytes; its stated type and address help to read them.
        body: the bytes.
        identify: tell the language where none is stated, which takes most of the time.

    >>> from datetime import UTC, datetime
    >>> when = datetime(2015, 6, 12, tzinfo=UTC)
    >>> snapshot = Snapshot("snap-1", "d1", 7, "text/plain", "a.txt", when, "file 1")
    >>> read_document(snapshot, b"One two").text
    'One two'
    """
    return read_snapshot(snapshot, body, identify=identify)[0]


def read_snapshot(
    snapshot: Snapshot, body: bytes, *, identify: bool = True
) -> tuple[Document | Problem, ...]:
    """Return what `read_document` does, then the problems of what the document lacks.

    They tell of pages without letters, attachments, and damaged characters.
    """
    reading = _read(snapshot, body)
    if isinstance(reading, Problem):
        return (reading,)
    return (compose_document(reading, snapshot, identify=identify), *reading.problems)


def _read(snapshot: Snapshot, body: bytes) -> Reading | Problem:
    if not body.strip():
        return report(snapshot, "it is empty", "Check what was saved, and add it again")
    signature = None if body.startswith(_RECORD) else find_signature(body)
    if signature is not None:
        return report(snapshot, f"it is {signature.name}, not a text", signature.next_step)
    reading = READERS[choose_reader(snapshot, body)](snapshot, body)
    if isinstance(reading, Problem):
        return reading
    if not any(character.isalnum() for character in reading.text):
        return report(snapshot, "it holds no words", "Check what was saved, and add it again")
    if len(reading.text) > _LONGEST_TEXT:
        return report(snapshot, "its text is longer than 30 million characters", "Split it")
    return reading
