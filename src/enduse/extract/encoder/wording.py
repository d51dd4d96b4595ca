"""Words and word pieces, as the encoder reads them.

In: a text and a range. Out: words with offsets; for each, its pieces and its spelling's case.
Refused: nothing; a word of unknown signs is the unknown piece.

Pieces are found greedily, longest first, in lower case without accents (WordPiece as in BERT,
Devlin et al. 2019). The encoder's vocabulary knows no case, so the case stands beside the piece.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_MOST = 200_000  # words whose pieces are kept
_LONGEST = 40  # code points of a word that is cut into pieces
LOWER, TITLE, UPPER, MIXED, NUMBER = range(5)
CASES = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark: where it stands, and its spelling's case."""

    start: int
    end: int
    case: int


def find_words(text: str, start: int, end: int) -> list[Word]:
    """Return the words and marks of a range, in order."""
    return [
        Word(found.start(), found.end(), case_of(found.group()))
        for found in _WORD.finditer(text, start, end)
    ]


def case_of(word: str) -> int:
    """Return the class of a word's spelling.

    >>> [case_of(word) for word in ("tank", "Tank", "TOW", "MoD", "T-72"[2:])]
    [0, 1, 2, 3, 4]
    """
    if word[0].isdigit():
        return NUMBER
    if word.islower() or not word[0].isalpha():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else TITLE
    return TITLE if word[0].isupper() and word[1:].islower() else MIXED


class Pieces:
    """The vocabulary of pieces, and the pieces of each word met."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        """Keep the vocabulary: piece to number."""
        self._vocabulary = vocabulary
        self._known: dict[str, tuple[int, ...]] = {}
        self.unknown = vocabulary["[UNK]"]
        self.first = vocabulary["<s>"]
        self.last = vocabulary["</s>"]

    def of(self, word: str) -> tuple[int, ...]:
        """Return the numbers of a word's pieces."""
        found = self._known.get(word)
        if found is None:
            found = tuple(self._cut(_plain(word)))
            if len(self._known) < _MOST:
                self._known[word] = found
        return found

    def _cut(self, word: str) -> list[int]:
        if not word or len(word) > _LONGEST:
            return [self.unknown]
        pieces: list[int] = []
        at = 0
        while at < len(word):
            for stop in range(len(word), at, -1):
                number = self._vocabulary.get(("##" if at else "") + word[at:stop])
                if number is not None:
                    pieces.append(number)
                    at = stop
                    break
            else:
                return [self.unknown]
        return pieces


def _plain(word: str) -> str:
    flat = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in flat if not unicodedata.combining(sign))
