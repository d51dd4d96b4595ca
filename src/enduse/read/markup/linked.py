"""The linked data of a page: the objects that describe articles.

In: the parsed tree. Out: those objects, and the words their fields hold. Refused: linked data that
is broken, and objects beyond the first two thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser

from enduse.reference.pages import load_page_words

_LONGEST = 500  # characters of a fact
_MOST_OBJECTS = 2000  # objects of linked data looked at
_MOST_ITEMS = 20  # items of one field


def iterate_articles(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Yield the objects of linked data that describe an article, outermost first."""
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            data = msgspec.json.decode(node.text(deep=True))
        except (msgspec.DecodeError, RecursionError, UnicodeError):
            continue  # broken linked data states nothing
        for thing in _objects(data):
            if not _article_types().isdisjoint(names_of(thing.get("@type"))):
                yield thing


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of linked data, outermost first."""
    waiting, seen = [data], 0
    while waiting and seen < _MOST_OBJECTS:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, list):
            waiting.extend(item[:_MOST_OBJECTS])
        elif isinstance(item, dict):
            yield item
            waiting.append(item.get("@graph"))
            waiting.append(item.get("mainEntity"))


def names_of(value: Any) -> tuple[str, ...]:
    """Return the names that a value of linked data holds: itself, its `name`, or its items'."""
    if isinstance(value, str):
        return tuple(filter(None, (clean_fact(value),)))
    if isinstance(value, dict):
        return names_of(value.get("name"))
    if isinstance(value, list):
        items = value[:_MOST_ITEMS]
        return tuple(name for item in items for name in names_of(item) if "://" not in name)
    return ()


def addresses_of(value: Any) -> tuple[str, ...]:
    """Return the web addresses that a value of linked data holds: itself, or its `url` or `@id`.

    >>> addresses_of([{"@type": "Article", "url": "https://example.org/a"}, "soon"])
    ('https://example.org/a',)
    """
    if isinstance(value, str):
        words = value.strip()
        return (words,) if words.lower().startswith(("http://", "https://")) else ()
    if isinstance(value, dict):
        given = (addresses_of(value.get(key)) for key in ("url", "@id", "mainEntityOfPage"))
        return next((found for found in given if found), ())
    if isinstance(value, list):
        return tuple(found for item in value[:_MOST_ITEMS] for found in addresses_of(item))
    return ()


def clean_fact(words: str | None) -> str | None:
    """Return the words of a fact with single spaces, None if there are none."""
    return " ".join(words.split())[:_LONGEST] or None if words else None


@cache
def _article_types() -> frozenset[str]:
    rows = load_page_words("meta")
    return frozenset(row.phrase for row in rows if row.match == "json-ld")
