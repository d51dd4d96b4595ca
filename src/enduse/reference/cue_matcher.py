"""Cue words of any language in a text, the longest first, with nothing known of its grammar.

In: a text and the cues of its language. Out: each cue with its place. A phrase that ends in `*`
takes any ending; in Arabic one joined letter may stand before a word. It tells that the words
stand there, not what they are said of: only English has an engine that does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from re import Pattern

from enduse.reference.cues import CueRow, Cues

JOINED = {"ar": "[وفبلك]?(?:ال)?"}
"""What may be joined to the front of a word, by language."""


@dataclass(frozen=True, slots=True)
class FoundCue:
    """One cue where it stands, in code points of the text."""

    row: CueRow
    start: int
    end: int


def find_cues(text: str, cues: Cues, table: str) -> list[FoundCue]:
    """Return the cues of a table in the text, in order; a longer one hides those inside it."""
    rows = cues.table(table)
    taken = 0
    found: list[FoundCue] = []
    for match in _pattern(rows, cues.language).finditer(fold_text(text)):
        row = rows[_phrase_of(match.lastgroup, rows)]
        if match.start() >= taken:
            found.append(FoundCue(row, match.start(), match.end()))
            taken = match.end()
    return found


def fold_text(text: str) -> str:
    """Return the text in small letters, marks of Arabic vowels made blank; no offset changes.

    >>> fold_text("Не Только")
    'не только'
    """
    lowered = (letter.lower() for letter in unicodedata.normalize("NFC", text))
    return "".join(letter if len(letter) == 1 else letter[0] for letter in lowered)


def _pattern(rows: Mapping[str, CueRow], language: str) -> Pattern[str]:
    phrases = sorted(enumerate(rows), key=lambda pair: (-len(pair[1]), pair[1]))
    parts = (f"(?P<c{place}>{_words(phrase, language)})" for place, phrase in phrases)
    return re.compile("|".join(parts) or r"(?!)")


def _words(phrase: str, language: str) -> str:
    joined = JOINED.get(language, "")
    stem = phrase.endswith("*")
    words = [re.escape(word) for word in fold_text(phrase.rstrip("*")).split()]
    return rf"(?<!\w){joined}" + r"\s+".join(words) + (r"\w*" if stem else r"(?!\w)")


def _phrase_of(group: str | None, rows: Mapping[str, CueRow]) -> str:
    place = int((group or "c0")[1:])
    return list(rows)[place]


def list_senses(text: str, cues: Cues, table: str) -> Iterator[str]:
    """Yield the senses of the table's cues in the text; cues of sense `none` only hide others."""
    yield from (
        found.row.sense for found in find_cues(text, cues, table) if found.row.sense != NONE
    )


NONE = "none"
"""The sense of a phrase listed so that a shorter one inside it does not count."""
