"""Printed lines to running text: words joined that a line end parted, letters as they are typed.

In: the texts of a document's pages, as its fonts and lines give them. Out: the same words in
ordinary letters. Refused: nothing. The choices are the same every time: a hyphen at a line end
stays if the document writes the word with it elsewhere, goes if it writes it as one word, and else
stays after the reviewed first parts ("anti-") and before capitals and digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from enduse.reference.pages import load_page_words

_PARTED = re.compile("([^\\W\\d_]+)(?:[\ufffe\x02]\n?|(?<=\\w)[-\u2010\u00ad]\n)(?=(\\w+))")
_SOFT = re.compile("[\ufffe\x02\u00ad]")
_SHAPED = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff]")
_ARABIC_LINE = re.compile("[\u0600-\u06ff]")
_LEFT_RUN = re.compile(r"[A-Za-z0-9\u0660-\u0669][A-Za-z0-9\u0660-\u0669.,:/%-]*")
_ARTICLE = "\u0627\u0644"  # alif lam: opens a fifth of all Arabic words, ends hardly any
_FEWEST_ARTICLES = 5


def mend_print(pages: Sequence[str]) -> list[str]:
    r"""Return the pages with parted words joined and shaped letters made ordinary.

    >>> mend_print(["An anti-\ntank round, weap-\nons."])
    ['An anti-tank round, weapons.']
    """
    plain = [_plain_letters(page) for page in pages]
    if _is_reversed(plain):
        plain = ["\n".join(_turn_line(line) for line in page.split("\n")) for page in plain]
    known = frozenset(re.findall(r"\w+(?:-\w+)*", " ".join(plain).casefold()))
    return [_join_parted(page, known) for page in plain]


def _plain_letters(page: str) -> str:
    """Return the page with presentation forms as the letters they show (NFKC of those only)."""
    return _SHAPED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), page)


def _join_parted(page: str, known: frozenset[str]) -> str:
    joined = _PARTED.sub(lambda found: found[1] + _choose_joint(found[1], found[2], known), page)
    return _CONTROLS.sub("", _SOFT.sub("", joined))


def _choose_joint(left: str, right: str, known: frozenset[str]) -> str:
    """Return "-" or nothing, to stand between the two parts of a word."""
    first, second = left.casefold(), right.casefold()
    if f"{first}-{second}" in known:
        return "-"
    if f"{first}{second}" in known:
        return ""
    return "" if right[0].islower() and first not in _first_parts() else "-"


@cache
def _first_parts() -> frozenset[str]:
    return frozenset(row.phrase for row in load_page_words("hyphens"))


def _is_reversed(pages: Sequence[str]) -> bool:
    """Return whether Arabic words stand letter by letter from last to first."""
    words = [word for page in pages for word in page.split()]
    right = sum(word.startswith(_ARTICLE) for word in words)
    wrong = sum(word.endswith(_ARTICLE[::-1]) for word in words)
    return wrong >= _FEWEST_ARTICLES and wrong > 2 * right


def _turn_line(line: str) -> str:
    """Return a line of reversed Arabic in reading order; numbers and Latin words stay as they are.

    >>> _turn_line("7.62 " + "البنادق"[::-1]) == "البنادق 7.62"
    True
    """
    if _ARABIC_LINE.search(line) is None:
        return line
    return _LEFT_RUN.sub(lambda found: found[0][::-1], line[::-1])
