"""Letters as the matcher sees them: one small number each, case and marks folded away.

In: text of any script. Out: one byte for each code point (0 parts words, 1 to 10 are digits, 11
and up are letters, IGNORED counts as nothing) and the way back to the text's own offsets.
The pairs of letters held to be one stand in `data/folding.tsv`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

SIZE = 0x3000
FIRST_LETTER = 11
IGNORED = 255
PAD = 8
DECIMALS = 10
LAST_BYTE = 255
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ"
HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
CYRILLIC = "абвгдежзиклмнопрстуфхцчшщъыьэюяєі"
ARMENIAN = "".join(map(chr, range(0x561, 0x587)))
GEORGIAN = "".join(map(chr, range(0x10D0, 0x10F1)))
LATIN = "abcdefghijklmnopqrstuvwxyz"
LETTERS = LATIN + GREEK + CYRILLIC + ARMENIAN + HEBREW + ARABIC + GEORGIAN
FIRST_OTHER = FIRST_LETTER + len(LETTERS)
OTHERS = IGNORED - FIRST_OTHER - 4

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.int32]


@dataclass(frozen=True)
class Folded:
    """A text as codes, padded by PAD zeros.

    Attributes:
        codes: one for each code point that counts.
        points: the whole text's own code points, or its ASCII bytes, for their case.
        offsets: where each code stands in the text; None where they are the same.
    """

    codes: Bytes
    points: NDArray[np.uint32] | Bytes
    offsets: Offsets | None

    def __len__(self) -> int:
        return len(self.codes) - PAD


@dataclass(frozen=True)
class Alphabet:
    """The table of codes, and which code points count as capitals (all that have no case do)."""

    codes: Bytes
    capitals: NDArray[np.bool_]

    @cached_property
    def ascii_table(self) -> bytes:
        """Return the table for `bytes.translate`."""
        return self.codes[:256].tobytes()

    def fold(self, text: str) -> Folded:
        """Return the text as codes; marks and other letters that do not count are left out.

        >>> alphabet = make_alphabet({})
        >>> bytes(alphabet.fold("Às 7").codes[:4]) == bytes(alphabet.fold("as-7").codes[:4])
        True
        """
        if text.isascii():
            raw = text.encode("ascii")
            codes = np.frombuffer(raw.translate(self.ascii_table) + bytes(PAD), np.uint8)
            return Folded(codes, np.frombuffer(raw, np.uint8), None)
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        found = bytearray(points.astype(np.uint8).tobytes().translate(self.ascii_table))
        found += bytes(PAD)
        codes = np.frombuffer(found, np.uint8)
        high = np.flatnonzero(points > LAST_BYTE)
        codes[high] = self.codes[np.minimum(points[high], SIZE - 1)]
        if IGNORED not in found:
            return Folded(codes, points, None)
        kept = codes[: len(points)] != IGNORED
        short = np.append(codes[: len(points)][kept], np.zeros(PAD, np.uint8))
        return Folded(short, points, np.flatnonzero(kept).astype(np.int32))

    def fold_apart(self, text: str) -> Folded:
        """Return the text as codes in which what counts as nothing parts words."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        codes = self.codes[np.minimum(points, SIZE - 1)]
        codes[codes == IGNORED] = 0
        return Folded(np.append(codes, np.zeros(PAD, np.uint8)), points, None)

    def are_capitals(self, folded: Folded, places: Offsets) -> NDArray[np.bool_]:
        """Return whether each of these codes stands for a capital, or a letter without case."""
        if folded.offsets is not None:
            places = folded.offsets[places]
        points = folded.points[places]
        if points.dtype != np.uint8:
            points = np.minimum(points, SIZE - 1)
        return self.capitals[points]


def make_alphabet(pairs: Mapping[str, str]) -> Alphabet:
    """Return the alphabet in which each letter of the pairs counts as the other (or as nothing)."""
    codes = np.zeros(SIZE, np.uint8)
    capitals = np.zeros(SIZE, np.bool_)
    known = {letter: FIRST_LETTER + place for place, letter in enumerate(LETTERS)}
    for point in range(SIZE - 1):
        letter = chr(point)
        codes[point] = code_of(letter, pairs, known)
        capitals[point] = (letter == letter.upper() and letter == letter.casefold()) or (
            letter.isupper() or letter.istitle()
        )
    return Alphabet(codes, capitals)


def code_of(letter: str, pairs: Mapping[str, str], known: Mapping[str, int]) -> int:
    """Return the code of a letter: a digit's value and one, a letter's number, IGNORED or 0."""
    low = letter.casefold()[:1]
    if low in pairs:
        low = pairs[low]
        if not low:
            return IGNORED
    if low in known:
        return known[low]
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Cf", "Me"):
        return IGNORED
    if kind == "Nd":
        return 1 + unicodedata.digit(letter)
    base = unicodedata.normalize("NFKD", low)[:1]
    if base != low:
        return code_of(base, pairs, known)
    return FIRST_OTHER + ord(low) % OTHERS if kind.startswith("L") else 0
