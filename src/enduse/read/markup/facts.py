"""Publication facts that markup states, though no reader sees them.

In: the parsed tree. Out: facts from meta elements, linked data, times and the language of the
page; and weaker ones, from the name of the window, for where nothing else tells. Refused: what is
not stated of this page: the linked data of other things, times of other stories.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from enduse.read.dates import parse_day
from enduse.read.facts import Facts
from enduse.read.markup.based_on import find_based_on
from enduse.read.markup.linked import clean_fact, iterate_articles, names_of
from enduse.reference.pages import load_page_words

_TITLE_MARKS = (" | ", " :: ", " » ", " — ", " – ", " - ", " · ")
_FEWEST_TITLE_WORDS = 3


def find_facts(tree: LexborHTMLParser) -> Facts:
    """Return what the markup states of the page.

    >>> page = '<meta property="og:site_name" content="The Gazette"><p>Text.'
    >>> find_facts(LexborHTMLParser(page)).publisher
    'The Gazette'
    """
    stated = _read_meta(tree).over(_read_linked_data(tree))
    root = tree.css_first("html")
    language = root.attributes.get("lang") if root is not None else None
    based_on = find_based_on(tree)
    stated = Facts(language=language, address=_canonical(tree), based_on=based_on).over(stated)
    stated = stated.over(Facts(date_published=parse_day(_marked_time(tree))))
    return Facts(title=_choose_title(tree, stated.title)).over(stated)


def find_weak_facts(tree: LexborHTMLParser) -> Facts:
    """Return what the name of the window tells, where nothing better does.

    >>> weak = find_weak_facts(LexborHTMLParser("<title>Rifles lost at port | The Gazette</title>"))
    >>> weak.title, weak.publisher
    ('Rifles lost at port', 'The Gazette')
    """
    title, site = split_window_title(_window_title(tree))
    return Facts(title=title, publisher=site)


def split_window_title(words: str | None) -> tuple[str | None, str | None]:
    """Return (title, site) of a window's name; the site is None where none is set apart."""
    for mark in _TITLE_MARKS:
        if words and mark in words:
            head, tail = (part.strip() for part in words.rsplit(mark, 1))
            if len(head.split()) >= _FEWEST_TITLE_WORDS and len(tail) < len(head):
                return split_window_title(head)[0], tail
    return words, None


def _read_meta(tree: LexborHTMLParser) -> Facts:
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        words = clean_fact(attributes.get("content"))
        for name in ("property", "name", "itemprop", "http-equiv"):
            key = (attributes.get(name) or "").strip().lower()
            if words and key in _meta_fields():
                found.setdefault(key, words)
    best = {}
    for key, field in _meta_fields().items():
        if key in found and field not in best:
            best[field] = found[key]
    return _make_facts(best)


def _make_facts(found: dict[str, str]) -> Facts:
    byline = found.get("byline")
    return Facts(
        title=found.get("title"),
        publisher=found.get("publisher"),
        byline=None if byline is None or "://" in byline else byline,
        date_published=parse_day(found.get("date_published")),
        language=found.get("language"),
        address=found.get("address"),
    )


def _read_linked_data(tree: LexborHTMLParser) -> Facts:
    for thing in iterate_articles(tree):
        facts = _article_facts(thing)
        if facts.date_published or facts.byline or facts.publisher:
            return facts
    return Facts()


def _article_facts(thing: dict[str, Any]) -> Facts:
    authors = ", ".join(names_of(thing.get("author")))
    return Facts(
        title=next(iter(names_of(thing.get("headline"))), None),
        publisher=next(iter(names_of(thing.get("publisher"))), None),
        byline=authors or None,
        date_published=parse_day(next(iter(names_of(thing.get("datePublished"))), None)),
        language=next(iter(names_of(thing.get("inLanguage"))), None),
    )


def _canonical(tree: LexborHTMLParser) -> str | None:
    """Return the address the page gives as its text's own: of its original, else canonical."""
    for query, name in (
        ('meta[name="syndication-source"]', "content"),
        ('meta[name="original-source"]', "content"),
        ('link[rel="canonical"]', "href"),
    ):
        node = tree.css_first(query)
        href = clean_fact(node.attributes.get(name)) if node is not None else None
        if href is not None and href.startswith(("http://", "https://")):
            return href
    return None


def _marked_time(tree: LexborHTMLParser) -> str | None:
    """Return the time that is marked as the page's own."""
    for query in (
        '[itemprop="datePublished"]',
        "time[pubdate]",
        "article time[datetime], main time[datetime]",
    ):
        node = tree.css_first(query)
        if node is not None:
            given = node.attributes
            return given.get("datetime") or given.get("content") or node.text(deep=True)[:100]
    return None


def _choose_title(tree: LexborHTMLParser, stated: str | None) -> str | None:
    """Return the headline as the page shows it, if its markup or window names it too.

    Site names stand in headings as well: a heading that neither names is passed over.
    """
    shown = [words for node in tree.css("h1")[:20] if (words := clean_fact(node.text(deep=True)))]
    if stated is not None:
        return next((words for words in shown if _agree(words, stated)), stated)
    window = _fold(_window_title(tree) or "")
    named = [words for words in shown if _fold(words) in window]
    if named:
        return max(named, key=len)
    return shown[0] if len(shown) == 1 else None


def _agree(left: str, right: str) -> bool:
    return _fold(left) in _fold(right) or _fold(right) in _fold(left)


def _window_title(tree: LexborHTMLParser) -> str | None:
    node: LexborNode | None = tree.css_first("head title") or tree.css_first("title")
    return clean_fact(node.text(deep=True)) if node is not None else None


def _fold(words: str) -> str:
    return " ".join(words.casefold().split())


@cache
def _meta_fields() -> dict[str, str]:
    """Return field by meta key, the most trusted key of each field first."""
    rows = load_page_words("meta")
    return {row.phrase: row.sense for row in rows if row.match == "meta"}
