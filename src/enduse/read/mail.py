"""One e-mail message to its text.

In: the bytes of a message (.eml). Out: the texts that it shows, in order, and those of messages
forwarded in it, each under its own sender, day and subject; of one text in several forms plain text
goes before HTML, unless it is blank; with the message's subject, sender and day. Attachments and
the later messages of a mailbox are told, not read: save them, and add each as its own file.
Refused: messages that show no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from email.utils import parseaddr

from msgspec.structs import replace

from enduse.model.document import MarkupAnchor, SectionKind
from enduse.model.problem import Problem
from enduse.model.snapshot import Snapshot
from enduse.read.blocks import Block, split_lines
from enduse.read.compose import Reading
from enduse.read.decode import clean_text
from enduse.read.facts import Facts, drop_future
from enduse.read.mail_parts import (
    children,
    decode_headers,
    is_forwarded,
    is_group,
    is_text,
    list_attachments,
)
from enduse.read.markup import read_html
from enduse.read.plain import read_plain
from enduse.read.problems import report

_MOST_PARTS = 50  # messages within messages; the time to read them grows with its square
_STEP = "Save the message's text as plain text or HTML, and add that"
_SAVE = "Save each as its own file, and add that"
_FAULTS = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)
_NEXT_MESSAGE = re.compile(
    rb"\r?\n\r?\nFrom \S+ [^\n]{0,80}\d\d:\d\d[^\n]*\n(?=[A-Za-z][A-Za-z0-9-]*:)"
)
_SHOWN_HEADERS = ("From", "Date", "Subject")
_GAP = "\n\n"


def read_mail(snapshot: Snapshot, body: bytes) -> Reading | Problem:
    """Return what the message shows, or why it cannot be read."""
    body, later = _cut_mailbox(body)
    lowered = body.lower()
    if lowered.count(b"multipart/") + lowered.count(b"message/rfc822") > _MOST_PARTS:
        return report(snapshot, f"the message has more than {_MOST_PARTS} nested parts", _STEP)
    try:
        message = message_from_bytes(body, policy=policy.compat32)
        found = list(_read_part(snapshot, message))
        attached = list_attachments(message)
    except _FAULTS:
        return report(snapshot, "the message is damaged", _STEP)
    readings = [one for one in found if isinstance(one, Reading)]
    failed = [one for one in found if isinstance(one, Problem)]
    if not any(map(_holds_words, readings)):
        return failed[0] if failed else _refuse_wordless(snapshot, attached)
    left = (*failed, *_report_attached(snapshot, attached), *_report_later(snapshot, later))
    reading = _join_readings(readings)
    facts = drop_future(_read_headers(decode_headers(message)), snapshot.fetched_at.date())
    return replace(
        reading, given=facts, fallback=readings[0].given, problems=reading.problems + left
    )


def _cut_mailbox(body: bytes) -> tuple[bytes, int]:
    """Return the first message of a mailbox, and how many follow; other messages are one."""
    if not body.startswith(b"From "):
        return body, 0
    starts = [found.start() for found in _NEXT_MESSAGE.finditer(body)]
    return (body[: starts[0]] + b"\n", len(starts)) if starts else (body, 0)


def _read_part(snapshot: Snapshot, part: Message) -> Iterator[Reading | Problem]:
    """Yield the texts that a part shows, in order; blank ones are passed over."""
    if part.get_content_type() == "multipart/alternative":
        yield from _choose_form(snapshot, children(part))
    elif is_group(part):
        for one in children(part):
            yield from _read_part(snapshot, one)
    elif is_forwarded(part):
        for one in children(part):
            yield _show_headers(decode_headers(one))
            yield from _read_part(snapshot, one)
    elif is_text(part):
        found = _read_text(snapshot, part)
        if isinstance(found, Problem) or _holds_words(found):
            yield found


def _choose_form(snapshot: Snapshot, forms: Sequence[Message]) -> list[Reading | Problem]:
    """Return the texts of the first form that shows any; else what went wrong with the forms."""
    failed: list[Reading | Problem] = []
    for form in forms:
        found = list(_read_part(snapshot, form))
        if any(isinstance(one, Reading) for one in found):
            return found
        failed += found
    return failed


def _read_text(snapshot: Snapshot, part: Message) -> Reading | Problem:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return Reading("", ())
    inner = replace(snapshot, media_type=_stated_type(part))
    reader = read_html if part.get_content_type() == "text/html" else read_plain
    return reader(inner, payload)


def _holds_words(reading: Reading) -> bool:
    return any(character.isalnum() for character in reading.text)


def _show_headers(message: Message) -> Reading:
    """Return the headers of a forwarded message, which tell whose words follow; none are claims."""
    given = {name: " ".join(_header(message, name).split()) for name in _SHOWN_HEADERS}
    text = "\n".join(f"{name}: {words}" for name, words in given.items() if words)
    return Reading(text, [replace(one, hint=SectionKind.NAVIGATION) for one in split_lines(text)])


def _join_readings(readings: Sequence[Reading]) -> Reading:
    """Return the readings as one, a blank line between them; anchors name the part they are in."""
    if len(readings) == 1:
        return readings[0]
    text = ""
    blocks: list[Block] = []
    anchors: list[MarkupAnchor] = []
    for number, one in enumerate(readings, start=1):
        text += _GAP if text else ""
        at = len(text)
        text += one.text
        blocks += [replace(each, start=at + each.start, end=at + each.end) for each in one.blocks]
        anchors += [
            MarkupAnchor(at + each.start, at + each.end, f"part[{number}]/{each.path}")
            for each in one.anchors
        ]
    problems = tuple(problem for one in readings for problem in one.problems)
    return Reading(text, blocks, anchors=tuple(anchors), problems=problems)


def _refuse_wordless(snapshot: Snapshot, attached: str) -> Problem:
    step = f"{_SAVE}: {attached}" if attached else _STEP
    return report(snapshot, "the message's body holds no text", step)


def _report_attached(snapshot: Snapshot, attached: str) -> tuple[Problem, ...]:
    if not attached:
        return ()
    return (report(snapshot, f"attachments that are not read: {attached}", _SAVE),)


def _report_later(snapshot: Snapshot, later: int) -> tuple[Problem, ...]:
    if not later:
        return ()
    message = f"the file is a mailbox, of which the first message is read; later messages: {later}"
    return (report(snapshot, message, _SAVE),)


def _stated_type(part: Message) -> str:
    charset = part.get_content_charset()
    return f"{part.get_content_type()}; charset={charset}" if charset else part.get_content_type()


def _read_headers(message: Message) -> Facts:
    """Return subject, sender and day; a header that cannot be read tells nothing."""
    name, address = parseaddr(_header(message, "from"))
    subject = " ".join(_header(message, "subject").split())
    return Facts(
        title=subject or None, byline=name or address or None, date_published=_read_day(message)
    )


def _header(message: Message, name: str) -> str:
    try:
        return clean_text(str(message.get(name) or ""))
    except _FAULTS:
        return ""


def _read_day(message: Message) -> date | None:
    try:
        header = message.get("date")
        moment = getattr(header, "datetime", None)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, OverflowError):
        return None
    return moment.date() if moment is not None else None
