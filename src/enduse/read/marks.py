"""What a line's own words show it to be: a menu, a call for gifts, a licence, a byline.

In: one line or block. Out: its kind, or None. Refused: nothing. The words are reviewed data; see
`enduse.reference.pages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from enduse.model.document import SectionKind
from enduse.reference.pages import PageWord, load_page_words

_EDGE = " \t\"'“”‘’«»[](){}<>*•·|–—-_:;,.!►▶→←↑»›‹…"
_PARTS = re.compile(r"\s*[|·•»›/‹►]\s*|\s{3,}|\t")
_SENTENCE_END = re.compile(r"[.!?…؟。！？۔][\"'”’»)\]]*\s*$")
_LONGEST_MARKED = 300  # characters of a line that menu or gift words may mark
_LONGEST_LICENCE = 2000
_PART_WORDS = 4
_TAIL_WORDS = 8


def name_line(line: str) -> SectionKind | None:
    """Return what the line's words show wherever it stands, None if they show nothing.

    >>> name_line("Share this article"), name_line("They share this article of faith.")
    (<SectionKind.NAVIGATION: 'navigation'>, None)
    """
    if len(line) <= _LONGEST_MARKED:
        kind = _whole_lines().get(_fold(line)) or _named(_starts(), line, anchored=True)
        if kind is not None and not (kind is SectionKind.NAVIGATION and is_sentence(line)):
            return kind
    if len(line) <= _LONGEST_LICENCE and holds_any(line, _within_words()):
        return _named(_within(), line, anchored=False)
    return None


def is_sentence(line: str) -> bool:
    """Return whether the line ends as a sentence does.

    >>> is_sentence("He left."), is_sentence("Next page")
    (True, False)
    """
    return _SENTENCE_END.search(line[-8:]) is not None


def holds_any(line: str, words: tuple[str, ...]) -> bool:
    """Return whether any of the case-folded words stands in the line: a cheap first look."""
    folded = line.casefold()
    for word in words:  # noqa: SIM110 - asked of every line; any() takes twice as long
        if word in folded:
            return True
    return False


def name_tail_line(line: str, words: int) -> SectionKind | None:
    """Return what a short line shows that stands after the last prose of a page."""
    if words > _TAIL_WORDS or is_sentence(line):
        return None
    return _named(_tails(), line, anchored=False)


def is_menu(line: str) -> bool:
    """Return whether the line is a row of short labels with marks between them.

    >>> is_menu("Shop | Donate"), is_menu("T-72 | 12 | lost"), is_menu("He came | went away.")
    (True, False, False)
    """
    if len(line) > _LONGEST_MARKED or any(character.isdigit() for character in line):
        return False
    parts = [part for part in _PARTS.split(line.strip()) if part]
    if len(parts) < 2 or is_sentence(line):  # noqa: PLR2004 - a row is two
        return False
    return all(len(part.split()) <= _PART_WORDS for part in parts)


def menu_parts(line: str) -> tuple[str, ...]:
    """Return the labels of a menu line.

    >>> menu_parts("Shop | Field Archive")
    ('Shop', 'Field Archive')
    """
    return tuple(part.strip() for part in _PARTS.split(line) if part.strip())


@cache
def class_kinds() -> Mapping[str, SectionKind]:
    """Return what words in a class or id of markup show."""
    rows = _rows("class")
    return MappingProxyType({row.phrase: SectionKind(row.sense) for row in rows})


def compile_phrases(rows: Iterable[PageWord]) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases as whole words, in any case.

    >>> rows = [PageWord("Field Archive", "start", "x", "en")]
    >>> bool(compile_phrases(rows).match("field  archive,")), compile_phrases(rows).match("fielder")
    (True, None)
    """
    phrases = sorted({row.phrase for row in rows}, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(_phrase_pattern, phrases)), re.IGNORECASE)


def _phrase_pattern(phrase: str) -> str:
    body = re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]")
    before = r"(?<!\w)" if phrase[0].isalnum() else ""
    open_end = phrase[-1].isalpha()
    return f"{before}{body}" + (r"(?!\w)" if open_end else "")


def _named(
    tables: tuple[tuple[SectionKind, re.Pattern[str]], ...], line: str, *, anchored: bool
) -> SectionKind | None:
    for kind, pattern in tables:
        if (pattern.match(line) if anchored else pattern.search(line)) is not None:
            return kind
    return None


def _fold(line: str) -> str:
    return " ".join(line.strip(_EDGE).casefold().split())


def _rows(match: str) -> list[PageWord]:
    return [row for row in load_page_words("marks") if row.match == match]


def _by_kind(match: str) -> tuple[tuple[SectionKind, re.Pattern[str]], ...]:
    rows = _rows(match)
    kinds = dict.fromkeys(row.sense for row in rows)
    order = sorted(kinds, key=lambda sense: sense != SectionKind.DONATION)
    return tuple(
        (SectionKind(kind), compile_phrases(row for row in rows if row.sense == kind))
        for kind in order
    )


@cache
def _whole_lines() -> dict[str, SectionKind]:
    return {_fold(row.phrase): SectionKind(row.sense) for row in _rows("whole")}


@cache
def _starts() -> tuple[tuple[SectionKind, re.Pattern[str]], ...]:
    return _by_kind("start")


@cache
def _within() -> tuple[tuple[SectionKind, re.Pattern[str]], ...]:
    return _by_kind("within")


@cache
def _within_words() -> tuple[str, ...]:
    """Return the longest word of each phrase that may stand within a line."""
    longest = (max(row.phrase.casefold().split(), key=len) for row in _rows("within"))
    return tuple(dict.fromkeys(longest))


@cache
def _tails() -> tuple[tuple[SectionKind, re.Pattern[str]], ...]:
    return _by_kind("tail")
