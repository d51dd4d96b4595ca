"""Words of a sentence with their place in the document, and how each may be read.

In: a text, a sentence's offsets, a word list. Out: tokens in order, each with code points of the
document, so that whatever is built from them can be quoted. Refused: nothing; what no rule knows
is a noun.

Tags, one letter each, so that phrases can be found by patterns over the string of tags:
D determiner, Q number or amount, J adjective, N noun, P name, R pronoun, O possessive 's,
I preposition, T infinitive "to", C and/or, S clause opener, W which/who, E "such as",
X auxiliary, M modal, A adverb, b z d n g verb forms (base, third person, past, participle, -ing),
K a bracketed abbreviation's parts, and punctuation as itself (a dash is "-").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(
    r"\d+(?:[.,:/]\d+)*(?:st|nd|rd|th)?(?!\w|-[A-Za-z])"  # numbers
    r"|(?:[A-Za-z]\.){2,}(?:-[A-Za-z]+)?"  # U.S., U.S.-backed
    r"|[^\W_]+(?:[.'’`&/_-][^\W_]+)*"  # words with inner marks
    r"|--+|\.\.\.|[^\w\s]|_",
)
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_NEGATED = re.compile(r"n['’]t$", re.IGNORECASE)
_CONTRACTED = re.compile(r"['’](?:re|ve|ll|d|m)$", re.IGNORECASE)
_DASHES = {"--", "---", "–", "—", "―", "-", "‑", "−"}
_QUOTES = {'"', "“", "”", "''", "«", "»", "``"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark.

    Attributes:
        start, end: code points of the document.
        text: as written; low: lower case.
        tag: its class, see the module's list.
        lemma: base form of a verb, else lower case.
        mention: index of the register mention that covers it, -1 if none.
    """

    start: int
    end: int
    text: str
    low: str
    tag: str = "N"
    lemma: str = ""
    mention: int = -1


def split_words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the words and marks between two offsets; possessives and n't stand apart.

    >>> [("The US's 1,000 AK-47s."[a:b]) for a, b in split_words("The US's 1,000 AK-47s.", 0, 22)]
    ['The', 'US', "'s", '1,000', 'AK-47s', '.']
    """
    for found in _WORD.finditer(text, start, end):
        first, last = found.span()
        word = found.group()
        tail = _POSSESSIVE.search(word) or _NEGATED.search(word) or _CONTRACTED.search(word)
        if tail is not None and tail.start() > 0:
            yield first, first + tail.start()
            yield first + tail.start(), last
        else:
            yield first, last


def mark_tag(word: str) -> str | None:
    """Return the tag of a punctuation mark, None for a word.

    >>> mark_tag("“"), mark_tag("--"), mark_tag("rifle")
    ('"', '-', None)
    """
    if word in _DASHES:
        return "-"
    if word in _QUOTES:
        return '"'
    if len(word) <= len("...") and not any(letter.isalnum() for letter in word):
        return word[0] if word[0] in ",;:()[].?!/%$" else "."
    return None


def is_all_capitals(words: list[str]) -> bool:
    """Return whether case tells nothing: nearly every longer word is in capitals.

    >>> is_all_capitals("TROOPS SEIZED RIFLES IN TABIR".split())
    True
    >>> is_all_capitals("The UN said NATO left".split())
    False
    """
    long_words = [word for word in words if len(word) > len("USA") and word.isalpha()]
    return bool(long_words) and sum(word.isupper() for word in long_words) > 0.8 * len(long_words)
