"""Names of authors and publishers: whether two ways of writing mean the same.

In: two names as documents print them. Out: yes or no. Nothing is looked up.
"""

from __future__ import annotations


def names_agree(one: str, other: str) -> bool:
    """Return whether one name holds the other, by whole words and without case.

    A name of one word agrees only with the same name, or with a part set off by commas.

    >>> names_agree("Threat Desk, The Harbour Journal", "Harbour Journal")
    True
    >>> names_agree("The Times", "New Times of Basra")
    False
    """
    if _parts(one) & _parts(other):
        return True
    return (is_telling(one) and names_within(one, other)) or (
        is_telling(other) and names_within(other, one)
    )


def bare_name(name: str) -> str:
    """Return a name without case, marks, articles and "by", as names are compared here.

    >>> bare_name("The Hill-Post") == bare_name("Hill Post")
    True
    """
    return " ".join(_name_words(name))


def names_within(name: str, text: str) -> bool:
    """Return whether the text holds the name, by whole words and without case."""
    words = bare_name(name)
    return bool(words) and f" {words} " in f" {_fold(text)} "


def is_telling(name: str) -> bool:
    """Return whether a name is more than one word, so that finding it tells something."""
    return len(_name_words(name)) > 1


def _parts(name: str) -> set[str]:
    parts = (bare_name(part) for part in name.split(","))
    return {part for part in parts if part}


def _name_words(name: str) -> list[str]:
    return [word for word in _fold(name).split() if word not in ("the", "by")]


def _fold(text: str) -> str:
    kept = "".join(char if char.isalnum() else " " for char in text.casefold())
    return " ".join(kept.split())
