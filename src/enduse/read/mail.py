"""One e-mail message to its text.

In: the bytes of a message (.eml). Out: the text of its body, plain text before HTML, with its
subject, sender and day. Refused: messages whose body is no text. Attachments are not read: save
them, and add each as its own file.
"""

from __future__ import annotations

from datetime import date
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from msgspec.structs import replace

from enduse.model.problem import Problem
from enduse.model.snapshot import Snapshot
from enduse.read.compose import Reading
from enduse.read.decode import clean_text
from enduse.read.facts import Facts, drop_future
from enduse.read.markup import read_html
from enduse.read.plain import read_plain
from enduse.read.problems import report

_MOST_PARTS = 50  # messages within messages; the time to read them grows with its square
_STEP = "Save the message's text as plain text or HTML, and add that"


def read_mail(snapshot: Snapshot, body: bytes) -> Reading | Problem:
    """Return the body of the message, or why it cannot be read."""
    if body.lower().count(b"multipart/") > _MOST_PARTS:
        return report(snapshot, f"the message has more than {_MOST_PARTS} nested parts", _STEP)
    try:
        message = message_from_bytes(body, policy=policy.default)
        part = message.get_body(("plain", "html"))
        payload = part.get_payload(decode=True) if part is not None else None
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return report(snapshot, "the message is damaged", _STEP)
    if part is None or not isinstance(payload, bytes) or not payload.strip():
        return report(snapshot, "the message's body holds no text", _STEP)
    inner = replace(snapshot, media_type=_stated_type(part))
    reader = read_html if part.get_content_type() == "text/html" else read_plain
    reading = reader(inner, payload)
    if isinstance(reading, Problem):
        return reading
    facts = drop_future(_read_headers(message), snapshot.fetched_at.date())
    return replace(reading, given=facts, fallback=reading.given)


def _stated_type(part: MIMEPart) -> str:
    charset = part.get_content_charset()
    return f"{part.get_content_type()}; charset={charset}" if charset else part.get_content_type()


def _read_headers(message: EmailMessage) -> Facts:
    """Return subject, sender and day; a header that cannot be read tells nothing."""
    name, address = parseaddr(_header(message, "from"))
    subject = " ".join(_header(message, "subject").split())
    return Facts(
        title=subject or None, byline=name or address or None, date_published=_read_day(message)
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return clean_text(str(message.get(name) or ""))
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError):
        return ""


def _read_day(message: EmailMessage) -> date | None:
    try:
        header = message.get("date")
        moment = getattr(header, "datetime", None)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, OverflowError):
        return None
    return moment.date() if moment is not None else None
