"""What the stages say in English words of a fixed set, said in the language of the interface.

In: "transfer, capture, done", "between 1 May 2015 and 9 June 2015", "use: actor X, weapon Y", as
the stages and views give them, and the words of a language. Out: the same in that language;
names, numbers and all other words stay as they are. English stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Say = Callable[[str], str]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf"\d{{1,2}} (?:{_MONTHS}) \d{{4}}"
_SPOKEN = re.compile(rf"(\d{{1,2}}) ({_MONTHS}) (\d{{4}})")
_SHORT = re.compile(r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})")
_FULL = {name[:3]: name for name in _MONTHS.split("|")}
_RANGES = (
    (re.compile(rf"between ({_DAY}) and ({_DAY})"), "between {0} and {1}"),
    (re.compile(rf"before ({_DAY})"), "before {0}"),
    (re.compile(rf"after ({_DAY})"), "after {0}"),
)
_PART = re.compile(r"([a-z-]+) (\S.*)", re.DOTALL)


def tell(words: str, say: Say) -> str:
    """Return the words in the language of `say`.

    >>> arabic = {"use": "استخدام", "before {0}": "قبل {0}", "June": "يونيو", "actor": "جهة"}
    >>> tell("before 9 June 2015: use", lambda word: arabic.get(word, word))
    'قبل 9 يونيو 2015: استخدام'
    >>> tell("use: actor Unit, 2", lambda word: arabic.get(word, word))
    'استخدام: جهة Unit, 2'
    """
    return ": ".join(
        ", ".join(_tell_part(part, say) for part in side.split(", ")) for side in words.split(": ")
    )


def _tell_part(part: str, say: Say) -> str:
    known = say(part)
    if known != part:
        return known
    for pattern, english in _RANGES:
        found = pattern.fullmatch(part)
        if found is not None:
            return say(english).format(*(_day(day, say) for day in found.groups()))
    if _SPOKEN.fullmatch(part) is not None:
        return _day(part, say)
    short = _SHORT.fullmatch(part)
    if short is not None:
        return f"{say(_FULL[short[1]])} {short[2]}"
    named = _PART.fullmatch(part)
    if named is not None and say(named[1]) != named[1]:
        return f"{say(named[1])} {named[2]}"
    return part


def _day(words: str, say: Say) -> str:
    return _SPOKEN.sub(lambda found: f"{found[1]} {say(found[2])} {found[3]}", words)
