"""One HTML page to its text, blocks and publication facts.

In: the bytes of a page. Out: what it shows, with what its markup states of it. Refused: pages too
large to be one document, and bytes that are no text. A page whose markup would take too long to
build into a tree is read flat: see `enduse.read.markup.guard`.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from enduse.model.problem import Problem
from enduse.model.snapshot import Snapshot
from enduse.read.blocks import split_lines
from enduse.read.compose import Reading
from enduse.read.decode import decode_text
from enduse.read.facts import drop_future
from enduse.read.markup.facts import find_facts, find_weak_facts
from enduse.read.markup.flat import flatten_markup
from enduse.read.markup.guard import is_costly
from enduse.read.markup.walk import walk_page
from enduse.read.plain import refuse_bytes, report_damage, stated_charset
from enduse.read.problems import report

_LARGEST = 20_000_000  # bytes; whole books in one page are a tenth of it
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]+(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE
)
_HEAD = 4096  # bytes in which browsers look for the charset, and some more


def read_html(snapshot: Snapshot, body: bytes) -> Reading | Problem:
    """Return what the page shows, or why it cannot be read."""
    if len(body) > _LARGEST:
        return report(
            snapshot,
            "the page is larger than 20 MB",
            "Save the part of it that matters as its own file, and add that",
        )
    decoded = decode_text(body, stated_charset(snapshot.media_type) or meta_charset(body))
    if decoded is None:
        return refuse_bytes(snapshot)
    damage = report_damage(snapshot, decoded)
    if is_costly(decoded.text):
        text = flatten_markup(decoded.text)
        return Reading(text, split_lines(text), problems=damage)
    tree = LexborHTMLParser(decoded.text)
    page = walk_page(tree)
    given = drop_future(find_facts(tree), snapshot.fetched_at.date())
    weak = find_weak_facts(tree)
    return Reading(page.text, page.blocks, given, page.anchors, fallback=weak, problems=damage)


def meta_charset(body: bytes) -> str | None:
    """Return the charset that the markup states, None if it states none."""
    found = _CHARSET.search(body[:_HEAD])
    return found[1].decode("ascii", "replace") if found is not None else None
