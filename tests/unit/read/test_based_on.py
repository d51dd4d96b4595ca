"""What a page's markup says it is made from."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from enduse.model.document import Document
from enduse.model.snapshot import Snapshot
from enduse.read import read_document
from enduse.reprints import find_reprints

WHEN = datetime(2020, 6, 12, tzinfo=UTC)
BODY = "<p>A lorry left the quay at dusk and nobody had asked what was in its crates.</p>"


def read(head, body=BODY):
    page = f"<html><head><title>Dusk</title>{head}</head><body>{body}</body></html>".encode()
    snapshot = Snapshot("snap-1", "d1", len(page), "text/html", "a.html", WHEN, "file 1")
    found = read_document(snapshot, page)
    assert isinstance(found, Document)
    return found


def linked(value, kind="NewsArticle", key="isBasedOn"):
    data = {"@context": "https://schema.org", "@type": kind, "headline": "Dusk", key: value}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


FIRST, SECOND = "https://example.org/first", "https://example.org/second"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked(FIRST), (FIRST,)),
        (linked(FIRST, key="isBasedOnUrl"), (FIRST,)),
        (linked([{"@type": "Article", "url": FIRST}, SECOND, FIRST]), (FIRST, SECOND)),
        (linked({"@id": FIRST}), (FIRST,)),
        (linked("a walk by the quay"), ()),
        (linked(FIRST, kind="Recipe"), ()),
        (linked({"isBasedOn": FIRST}, key="comment"), ()),
        (f'<meta name="DC.Source" content="{FIRST}">', (FIRST,)),
        ('<meta name="DC.Source" content="The Quay Post">', ()),
        ('<script type="application/ld+json">{"isBasedOn": </script>', ()),
        (linked([f"https://example.org/{at}" for at in range(90)]), 20),
        ("", ()),
    ],
)
def test_the_addresses_of_works_it_is_based_on(head, expected):
    found = read(head).based_on
    assert len(found) == expected if isinstance(expected, int) else found == expected


def test_a_marked_link_counts_and_another_does_not():
    links = f'<a itemprop="isBasedOn" href="{FIRST}">a post</a>, <a href="{SECOND}">x</a>'
    body = f"{BODY}<p>From {links}."
    assert read("", body).based_on == (FIRST,)


def test_it_tells_the_direction_before_the_days_do():
    words = " ".join(f"quay{at}" for at in range(60))
    old = Document("a", "", words, date_published=date(2020, 1, 1), based_on=(FIRST,))
    new = Document("b", "", words, date_published=date(2020, 1, 5), address=FIRST)
    (found,) = find_reprints([old, new])
    assert (found.copy, found.of) == ("a", "b")
    assert "its markup says that it is based on the other" in found.because
