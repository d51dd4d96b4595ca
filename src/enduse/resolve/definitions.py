"""Short forms that a text itself defines: "Sons of the Red Hill (SRH)".

In: a text. Out: each short form with the words it stands for. Refused, by leaving it out: a
bracket whose letters are not those of the words before it. Method: Schwartz and Hearst, "A simple
algorithm for identifying abbreviation definitions in biomedical text", 2003: the letters of the
short form are found from the last to the first in the words before the bracket, the first letter
at the start of a word.
"""

from __future__ import annotations

import re

_BRACKET = re.compile(r"\s*[(\[]([^\W_][\w&-]{1,9})(?:[,;][^)\]]{0,40})?[)\]]")
_WORD = re.compile(r"[^\W_][\w'’.-]*")
_STOP = re.compile(r"[.!?;:\n()\[\]\"“”]\s|[\n()\[\]\"“”]")
_MOST_WORDS, _REACH = 2, 5
_LEADING = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def find_definitions(text: str) -> dict[str, str]:
    """Return what each short form stands for; of two definitions the first counts.

    >>> find_definitions("the Sons of the Red Hill (SRH) and SRH men (all of them)")
    {'SRH': 'Sons of the Red Hill'}
    """
    found: dict[str, str] = {}
    for bracket in _BRACKET.finditer(text):
        short = bracket[1]
        if not is_short_form(short) or short in found:
            continue
        long = match_letters(short, words_before(text, bracket.start(), short))
        if long is not None:
            found[short] = long
    return found


def is_short_form(word: str) -> bool:
    """Return whether a word looks like a short form: a capital or two among few letters.

    >>> is_short_form("SRH"), is_short_form("YPG-W"), is_short_form("left"), is_short_form("2015")
    (True, True, False, False)
    """
    letters = [letter for letter in word if letter.isalpha()]
    return word[0].isalnum() and sum(letter.isupper() for letter in letters) > len(letters) / 2


def words_before(text: str, end: int, short: str) -> str:
    """Return the words before a bracket, as many as the short form may stand for."""
    head = text[max(0, end - 200) : end]
    stops = list(_STOP.finditer(head))
    head = head[stops[-1].end() :] if stops else head
    count = min(len(short) + _REACH, len(short) * _MOST_WORDS)
    words = list(_WORD.finditer(head))[-count:]
    return head[words[0].start() :].rstrip() if words else ""


def match_letters(short: str, words: str) -> str | None:
    """Return the end of the words that the short form's letters spell, None if they do not."""
    at = len(words) - 1
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    for place in range(len(letters) - 1, -1, -1):
        while at >= 0 and not fits(words, at, letters[place], first=place == 0):
            at -= 1
        if at < 0:
            return None
        at -= 1
    long = _LEADING.sub("", words[at + 1 :])
    return long if len(long) > len(short) and " " in long else None


def fits(words: str, at: int, letter: str, *, first: bool) -> bool:
    """Return whether the letter stands here, for the first one at the start of a word."""
    if words[at].casefold() != letter:
        return False
    return not first or at == 0 or not words[at - 1].isalnum()
