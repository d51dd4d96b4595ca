"""What the parts of an e-mail message are to its reader.

In: a message taken apart. Out: its parts in the order they are shown, each with the name of what it
is here; and the names of its attachments. Refused: nothing; parts of no known kind are attachments.

Of several forms of one text all are given, plain text first, for the reader to choose. Pictures
that an HTML part shows as its own, and the signature beside a signed part, are no attachments.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import Message

from enduse.read.decode import clean_text

_TEXTS = ("text/plain", "text/html")
_SHOWN = ("image", "audio", "video")  # by the HTML part that they are related to
_FORWARDED = "message/rfc822"
_MOST_NAMES = 20  # attachments that are told by name


def children(part: Message) -> list[Message]:
    """Return the parts within a part, in order, without those that only serve another."""
    payload = part.get_payload()
    found = (
        [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
    )
    kind = part.get_content_type()
    if kind == "multipart/signed":
        return found[:1]
    if kind == "multipart/related":
        return found[:1] + [one for one in found[1:] if not _is_shown(one)]
    if kind == "multipart/alternative":
        return sorted(found, key=lambda one: one.get_content_type() != "text/plain")
    return found


def is_text(part: Message) -> bool:
    """Return whether the part is text that the message shows."""
    return part.get_content_type() in _TEXTS and not _is_attached(part)


def is_forwarded(part: Message) -> bool:
    """Return whether the part is another message, shown or attached."""
    return part.get_content_type() == _FORWARDED and part.is_multipart()


def is_group(part: Message) -> bool:
    """Return whether the part holds other parts of its own message."""
    return part.get_content_maintype() == "multipart" and part.is_multipart()


def decode_headers(part: Message) -> Message:
    """Return the part, whose headers are from now on decoded when they are asked for.

    That takes a hundred times as long as looking at one, so parts are told apart without it.
    """
    part.policy = policy.default
    return part


def list_attachments(part: Message) -> str:
    """Return the names of the parts that are not read, of many the first; else their types."""
    found = list(_attachments(part))
    more = len(found) - _MOST_NAMES
    names = ", ".join(map(_name, found[:_MOST_NAMES]))
    return f"{names} and {more} more" if more > 0 else names


def _attachments(part: Message) -> Iterator[Message]:
    if is_group(part) or is_forwarded(part):
        for one in children(part):
            yield from _attachments(one)
    elif not is_text(part):
        yield part


def _name(part: Message) -> str:
    try:
        given = decode_headers(part).get_filename()
    except (MessageError, LookupError, ValueError, TypeError, AttributeError):
        given = None
    return " ".join(clean_text(given or part.get_content_type()).split())


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _is_shown(part: Message) -> bool:
    return part.get_content_maintype() in _SHOWN and not _is_attached(part)
