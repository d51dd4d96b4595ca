"""Bulletins in capitals set in running case, since the network was taught by text with case.

In: a text, the offsets of its sentences, the names found in it, common words. Out: a text of the
same length. Refused: a sentence that has small letters stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from enduse.extract.tokens import is_all_capitals

_WORD = re.compile(r"[^\W\d_]+")
Offsets = tuple[int, int]


def recase(
    text: str, sentences: Sequence[Offsets], names: Sequence[Offsets], common: Collection[str]
) -> str:
    """Return the text with its capital sentences in small letters, but for names.

    A word is a name where the register knows it, or where the list of common words does not.

    >>> recase("REBELS TOOK TABIR.", [(0, 18)], [(12, 17)], {"rebels", "took"})
    'Rebels took Tabir.'
    """
    letters: list[str] | None = None
    inside = {at for start, end in names for at in range(start, end)}
    for start, end in sentences:
        if not is_all_capitals(text[start:end].split()):
            continue
        letters = letters if letters is not None else list(text)
        for found in _WORD.finditer(text, start, end):
            first, last = found.span()
            word = found.group().lower()
            if len(word) != last - first:
                continue  # a letter whose small form is longer
            name = first in inside or (bool(common) and word not in common)
            title = name or first == start
            letters[first:last] = word[:1].upper() + word[1:] if title else word
    return text if letters is None else "".join(letters)
