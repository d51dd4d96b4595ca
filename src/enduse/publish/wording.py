"""Findings in words: names with their article, chances, counts, days, patterns of acts.

In: values of the model and the reviewed patterns of `data/wording.toml`. Out: plain text, not
escaped: the exporters escape. Refused: nothing; a party that is missing is called not named.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from enduse.model.dates import DateRange
from enduse.reference.priors import Band

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NONE = "None of these"
"""How the remainder is called."""
_LEAST, _LOW = 0.05, 0.1
"""Chances below one in twenty and one in ten are said as bounds: a share of ten is too coarse."""
_CLASS_LABEL = re.compile(r"[A-Z][a-z-]+( [a-z-]+)*s")
"""The register's labels of whole classes: "Missiles", "Anti-tank guided missiles"."""


@cache
def patterns() -> Mapping[str, Any]:
    """Return the patterns of `data/wording.toml`."""
    return _read_toml("wording.toml")


@cache
def standing_text() -> Mapping[str, Any]:
    """Return the standing sentences of `data/standing.toml`."""
    return _read_toml("standing.toml")


def _read_toml(name: str) -> Mapping[str, Any]:
    text = files("enduse.publish").joinpath("data", name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def name_party(label: str) -> str:
    """Return the name with its article where English gives it one.

    >>> name_party("Free Syrian Army"), name_party("Ahrar al Sham")
    ('the Free Syrian Army', 'Ahrar al Sham')
    """
    words = label.split()
    last = words[-1].casefold() if words else ""
    articles = patterns()["articles"]
    named = bool(words) and words[0].casefold() in articles["first_words"]
    return f"the {label}" if last in articles["last_words"] and not named else label


def name_speaker(label: str) -> str:
    """Return a speaker; one told only by a task in small letters gets an article.

    >>> name_speaker("spokesman"), name_speaker("officers"), name_speaker("State Department")
    ('a spokesman', 'officers', 'the State Department')
    """
    first = label.split(" ", maxsplit=1)[0]
    bare = label[:1].islower() and first not in patterns()["articles"]["first_words"]
    if not bare or label.endswith("s"):
        return name_party(label)
    return f"an {label}" if label[0] in "aeiou" else f"a {label}"


def name_weapon(label: str, quantity: str = "") -> str:
    """Return the weapon with its count; a class named in small letters stands in the plural.

    >>> name_weapon("anti-tank missile", "about 1,000"), name_weapon("BGM-71 TOW")
    ('about 1,000 anti-tank missiles', 'BGM-71 TOW')
    >>> name_weapon("Anti-tank guided missiles")
    'anti-tank guided missiles'
    """
    last = "".join(label.split()[-1:])
    mass = last.casefold() in patterns()["mass_nouns"]["last_words"]
    one = quantity.casefold() in patterns()["singular"]["counts"]
    plural = last.isalpha() and last.isascii() and last.islower() and not last.endswith("s")
    named = f"{label}s" if plural and not mass and not one else label
    named = named[:1].lower() + named[1:] if _CLASS_LABEL.fullmatch(named) else named
    return f"{quantity[:1].lower()}{quantity[1:]} {named}".strip()


def say_chance(probability: float, interval: tuple[float, float] | None = None) -> str:
    """Return a chance as a share of ten, no finer than it is known, and its interval.

    >>> say_chance(0.41, (0.22, 0.60))
    'about 4 in 10 (22–60 %)'
    >>> say_chance(0.99)
    'more than 19 in 20'
    """
    words = _share(probability)
    return words if interval is None else f"{words} ({say_interval(interval)})"


def _share(probability: float) -> str:
    if probability <= 0.0:
        return "none"
    if probability < _LEAST:
        return "less than 1 in 20"
    if probability > 1 - _LEAST:
        return "more than 19 in 20"
    if probability < _LOW:
        return "less than 1 in 10"
    if probability > 1 - _LOW:
        return "more than 9 in 10"
    return f"about {int(probability * 10 + 0.5)} in 10"


def say_interval(interval: tuple[float, float]) -> str:
    """Return the bounds in percent.

    >>> say_interval((0.22, 0.604))
    '22–60 %'
    """
    low, high = (int(bound * 100 + 0.5) for bound in interval)
    return f"{low}–{high} %" if low != high else f"{low} %"


def say_likelihood(probability: float, bands: Sequence[Band]) -> str:
    """Return the likelihood word for a probability.

    >>> say_likelihood(0.41, (Band("unlikely", 0.2, 0.45), Band("roughly even", 0.45, 0.55)))
    'unlikely'
    """
    fitting = [band.words for band in bands if band.low <= probability]
    return fitting[-1] if fitting else bands[0].words


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a count of things in words.

    >>> count(1, "witness", "witnesses"), count(3, "copy", "copies"), count(12, "claim")
    ('one witness', 'three copies', '12 claims')
    """
    said = _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"
    return f"{said} {noun if number == 1 else plural or noun + 's'}"


def join(items: Iterable[str], last: str = "and") -> str:
    """Return the items as one enumeration.

    >>> join(["photo", "video", "statement"])
    'photo, video and statement'
    """
    *first, end = list(items) or [""]
    return f"{', '.join(first)} {last} {end}" if first else end


def say_day(day: date) -> str:
    """Return the day as a dossier prints it.

    >>> say_day(date(2015, 6, 9))
    '9 June 2015'
    """
    return f"{day.day} {day:%B %Y}"


def say_month(day: date) -> str:
    """Return the month of a day, for what must not be dated more closely.

    >>> say_month(date(2015, 6, 9))
    'June 2015'
    """
    return f"{day:%B %Y}"


def say_time(start: date | None, end: date | None) -> str:
    """Return the interval as the end of a sentence: with its preposition, or empty if unknown.

    >>> say_time(date(2015, 6, 9), date(2015, 6, 9)), say_time(None, date(2015, 6, 9))
    ('on 9 June 2015', 'by 9 June 2015')
    """
    if start is None and end is not None:
        return f"by {say_day(end)}"
    if start is None:
        return ""
    if start == end:
        return f"on {say_day(start)}"
    return DateRange(start, end).words if end else f"on or after {say_day(start)}"


def say_period(start: date | None, end: date | None) -> str:
    """Return the interval short enough for a cell.

    >>> say_period(date(2014, 4, 1), date(2015, 6, 9))
    '1 Apr 2014 – 9 Jun 2015'
    """
    days = [f"{day.day} {day:%b %Y}" if day else "…" for day in (start, end)]
    if start is None and end is None:
        return "not said"
    return days[0] if start == end else " – ".join(days)


def finish(text: str) -> str:
    """Return the text as a sentence: capital first, one full stop at the end.

    >>> finish("the United States supplied it ")
    'The United States supplied it.'
    """
    text = " ".join(text.split())
    ended = text if text.endswith((".", "?", "!", "”")) else f"{text}."
    return ended[:1].upper() + ended[1:]
