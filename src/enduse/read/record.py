"""A document given as one JSON object.

In: an object with `text` and, if known, `id`, `lang`, `title`, `publisher`, `byline`,
`date_published` and `address` (or `url`). Out: what it holds; its text is kept code point for code
point, but for those that cannot be stored. A text that is a whole saved page still has its menus
and notices set aside. Refused: JSON without text.
"""

from __future__ import annotations

from typing import Any

import msgspec

from enduse.model.problem import Problem
from enduse.model.snapshot import Snapshot
from enduse.read.blocks import split_lines
from enduse.read.compose import Reading, parse_iso_day, web_address
from enduse.read.decode import clean_text
from enduse.read.facts import Facts
from enduse.read.problems import report

_WRITTEN = (str, int, float)
_BOM = b"\xef\xbb\xbf"
_STEP = "Give a JSON object with the document's words as `text`"


def read_record(snapshot: Snapshot, body: bytes) -> Reading | Problem:
    """Return what the record holds, or why it holds no document."""
    try:
        record = msgspec.json.decode(body.removeprefix(_BOM))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return report(snapshot, "this is not JSON", "Mend it, or give it as plain text")
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return report(snapshot, "this JSON holds no text", _STEP)
    if not record["text"].strip():
        return report(snapshot, "the text is empty", _STEP)
    text = clean_text(record["text"])
    facts = _facts(record)
    return Reading(text, split_lines(text), facts, key=facts.name or "")


def _facts(record: dict[str, Any]) -> Facts:
    address = _words(record.get("address")) or _words(record.get("url"))
    return Facts(
        title=_words(record.get("title")),
        publisher=_words(record.get("publisher")),
        byline=_words(record.get("byline")),
        date_published=parse_iso_day(record.get("date_published")),
        language=_words(record.get("lang")),
        address=web_address(address) or address,
        name=_words(record.get("id")),
    )


def _words(value: object) -> str | None:
    """Return a string or number as words without the space around them, None of anything else."""
    if value is None or isinstance(value, bool) or not isinstance(value, _WRITTEN):
        return None
    return clean_text(str(value)).strip() or None
