"""The works that a page's markup says it is made from.

In: the parsed tree. Out: their web addresses, each once: of `isBasedOn` in linked data and in
marked elements, and of meta elements that name a source. Refused: what is no web address, and the
linked data of things that are no article. The names are reviewed data.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from selectolax.lexbor import LexborHTMLParser

from enduse.read.markup.linked import addresses_of, iterate_articles
from enduse.reference.pages import load_page_words

_MOST = 20


def find_based_on(tree: LexborHTMLParser) -> tuple[str, ...]:
    """Return the addresses of the works that the page is based on, in order.

    >>> page = '<p>Told anew. <a itemprop="isBasedOn" href="https://example.org/a">Source</a>'
    >>> find_based_on(LexborHTMLParser(page))
    ('https://example.org/a',)
    """
    return tuple(dict.fromkeys(_find(tree)))[:_MOST]


def _find(tree: LexborHTMLParser) -> Iterator[str]:
    names = _names()
    for thing in iterate_articles(tree):
        for key, value in thing.items():
            if key.casefold() in names:
                yield from addresses_of(value)
    for node in tree.css("[itemprop], meta[name], meta[property]"):
        given = node.attributes
        told = (given.get("itemprop") or given.get("name") or given.get("property") or "").split()
        if any(each.casefold() in names for each in told):
            yield from addresses_of(given.get("href") or given.get("content"))


@cache
def _names() -> frozenset[str]:
    rows = load_page_words("meta")
    return frozenset(row.phrase.casefold() for row in rows if row.match == "based-on")
