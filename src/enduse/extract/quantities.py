"""How many: bounds that the words before a noun support.

In: the tokens before a head noun, the quantity words. Out: a quantity or None. Refused: articles
("a", "the"), which give no amount, and numbers inside a designation, which are not before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from enduse.extract.tokens import Token
from enduse.model.quantity import Quantity
from enduse.reference.cues import Cues

_UNITS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_DIGITS = re.compile(r"^\d{1,3}(?:,\d{3})+$|^\d+(?:\.\d+)?$")
_RANGE = re.compile(r"^(\d[\d,]*)[-–/](\d[\d,]*)$")


def read_number(words: Sequence[str]) -> float | None:
    """Return the number that the words say, None if they say none.

    >>> read_number(["ninety", "six"]), read_number(["1,000"]), read_number(["two", "hundred"])
    (96.0, 1000.0, 200.0)
    >>> read_number(["the"]) is None
    True
    """
    total, seen = 0.0, False
    for word in (part for one in words for part in one.replace("-", " ").split()):
        if _DIGITS.match(word):
            total, seen = total + float(word.replace(",", "")), True
        elif word in _UNITS or word in _TENS:
            total, seen = total + _UNITS.get(word, _TENS.get(word, 0)), True
        elif word in _SCALES and seen:
            total *= _SCALES[word]
        elif word in _SCALES:
            total, seen = float(_SCALES[word]), True
        elif word != "and":
            return None
    return total if seen else None


def read_quantity(tokens: Sequence[Token], span: tuple[int, int], cues: Cues) -> Quantity | None:
    """Return the bounds the words support, None where they state no amount."""
    aged = next(
        (
            i
            for i in range(span[0], min(span[1] + 1, len(tokens)))
            if tokens[i].low in cues.group("ages")
        ),
        span[0],
    )
    words = [token for token in tokens[aged : span[1]] if token.tag in "QADJ"]
    if _is_day(tokens, span[0], cues):
        words = [word for word in words if word.tag != "Q"]
    while words and words[0].tag == "D" and words[0].low not in ("another", "all"):
        words = words[1:]
    if not words:
        return None
    text = " ".join(" ".join(word.low for word in words).split())
    senses = cues.senses("quantity")
    return _listed(text, senses) or _counted(words, senses)


def _is_day(tokens: Sequence[Token], first: int, cues: Cues) -> bool:
    """Return whether the number is a month's day: "the May 4 bombings", "Jan. 4 bombings"."""
    before = [token.low for token in tokens[max(0, first - 2) : first] if token.low != "."]
    return before[-1:] != [] and before[-1] in cues.group("months")


def _quantity(text: str, low: float | None, high: float | None) -> Quantity:
    return Quantity(text, low, high)


def _listed(text: str, senses: Mapping[str, str]) -> Quantity | None:
    """Return the amount of a word such as "dozens", with what bounds it ("more than two dozen")."""
    endings = [p for p, s in senses.items() if ":" in s and text.endswith(p)]
    for phrase in sorted(endings, key=len, reverse=True):
        if text == phrase or text.endswith(" " + phrase):
            low, high = (float(part) if part else None for part in senses[phrase].split(":"))
            bound = senses.get(text.removesuffix(phrase).strip(), "")
            return _bounded(text, bound, low, high)
    return None


def _counted(words: Sequence[Token], senses: Mapping[str, str]) -> Quantity | None:
    said = [word.low for word in words if word.tag == "Q"]
    numbers = [word for word in said if read_number([word]) is not None]
    text = " ".join(word.text for word in words)
    joined = _RANGE.match("".join(numbers)) if len(numbers) == 1 else None
    if joined:
        low, high = (float(part.replace(",", "")) for part in joined.groups())
        return _quantity(text, low, high)
    number = read_number(numbers)
    if number is None:
        return None
    before = " ".join(word.low for word in words if word.low not in numbers)
    parts = {before, *before.split(" or ")}
    bound = next((senses[p] for p in senses if p in parts), "")
    bound = bound or next((senses[p] for p in senses if before.endswith(p) and p), "")
    return _bounded(text, bound, number, number)


def _bounded(text: str, bound: str, low: float | None, high: float | None) -> Quantity:
    if bound == "min":
        return _quantity(text, low, None)
    if bound == "max":
        return _quantity(text, None, high)
    return _quantity(text, low, high)
