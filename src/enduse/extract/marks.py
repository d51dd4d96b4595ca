"""Marks inside a phrase: commas, brackets, stops and quotation marks that do not end it.

In: the words of a sentence with their first tags. Out: the same list of tags, changed in place, so
that the phrase goes on over "(FSA)", "Col. Karo" and a quoted word. Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from enduse.reference.cues import Cues


def join_adjectives(text: str, words: Sequence[tuple[int, int]], tags: list[str]) -> None:
    """Take the comma of "shoulder-fired, anti-aircraft missiles" into the phrase."""
    for i in range(1, len(words) - 1):
        compound = "-" in text[slice(*words[i - 1])] and "-" in text[slice(*words[i + 1])]
        plain = tags[i - 1] == "J" and tags[i + 2 : i + 3] in (["N"], ["P"], ["J"])
        if tags[i] == "," and (
            (compound and tags[i - 1] in "JPN" and tags[i + 1] == "J")
            or (plain and tags[i + 1] == "J")
        ):
            tags[i] = "J"


def mark_abbreviations(text: str, words: Sequence[tuple[int, int]], tags: list[str]) -> None:
    """Mark "(FSA)" and "[FMLN]" after a name, so that the name's phrase goes on over them."""
    for i in range(1, len(words) - 2):
        if tags[i] in "([" and tags[i + 2] in ")]":
            inner = text[words[i + 1][0] : words[i + 1][1]]
            short = inner.isupper() and inner.isalnum() and len(inner) <= len("UNAMSIL1")
            if short and tags[i - 1] in "NPJQb":
                tags[i] = tags[i + 1] = tags[i + 2] = "K"


def mark_titles(text: str, words: Sequence[tuple[int, int]], tags: list[str], cues: Cues) -> None:
    """Take the stop of "Col. Karo" and the dash of "Maj.-Gen. Karo" into the phrase."""
    for i in range(len(words) - 2):
        title = text[slice(*words[i])].lower() in cues.group("titles") and tags[i] == "P"
        mark = text[slice(*words[i + 1])]
        if title and mark in (".", "-") and text[words[i + 2][0]] in "-.ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            tags[i + 1] = "K"
            if text[slice(*words[i + 2])] == "-":
                tags[i + 2] = "K"


def mark_initials(text: str, words: Sequence[tuple[int, int]], tags: list[str]) -> None:
    """Take the initial of "Alda A. Karo" and its stop into the name."""
    for i in range(1, len(words) - 2):
        letter, stop = (text[slice(*words[k])] for k in (i, i + 1))
        initial = len(letter) == 1 and letter.isupper() and stop == "."
        if initial and tags[i - 1] == "P" and tags[i + 2] == "P" and words[i + 1][0] == words[i][1]:
            tags[i], tags[i + 1] = "P", "K"


def mark_quoted(words: Sequence[tuple[int, int]], tags: list[str]) -> None:
    """Mark a quoted word or two inside a phrase ("Tip" O'Neill) as part of it."""
    for i in range(len(words) - 2):
        if tags[i] == '"' and tags[i + 2] == '"' and tags[i + 1] in "NPJ":
            tags[i] = tags[i + 2] = "K"
