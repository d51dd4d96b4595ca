"""Texts to numbers: each word's hash and place.

In: a document. Out: one 32-bit number a word, with the code points where the word stands.
Letters are folded (case, accents, width), marks inside a word are passed over, all punctuation
separates, and a CJK character is a word of its own, so that curly quotes, hyphens and layout do
not hide a copy. Navigation, donation and licence text, captions and source lines are left out.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from enduse.model.document import Document, SectionKind

Codes = NDArray[np.uint32]
Places = NDArray[np.int32]
Hashes = NDArray[np.uint64]

COUNTED = (SectionKind.TITLE, SectionKind.BODY)
SEPARATOR, PASSED_OVER = 0, 1
ALONE = 0x8000_0000
TABLE_SIZE = 0x10000
LETTER_BASE = 0x9E37_79B9_7F4A_7C15
WORD_BASE = 0xD1B5_4A32_D192_ED03
MIX_1 = 0xFF51_AFD7_ED55_8CCD
MIX_2 = 0xC4CE_B9FE_1A85_EC53
_ALONE_RANGES = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text: 32-bit hashes, and where each starts and ends in code points."""

    hashes: Codes
    starts: Places
    ends: Places

    def __len__(self) -> int:
        """The number of words."""
        return len(self.hashes)


@cache
def fold_table() -> Codes:
    """Return what each code point below 65536 is: separator, passed over, or a folded letter.

    The table depends on nothing but the Unicode data, so keeping it hides no state.
    """
    folded = (_fold(chr(code)) for code in range(TABLE_SIZE))
    return np.fromiter(folded, np.uint32, TABLE_SIZE)


def _fold(char: str) -> int:
    if not char.isalnum():
        return PASSED_OVER if unicodedata.category(char) in ("Mn", "Me", "Cf") else SEPARATOR
    first = ord(unicodedata.normalize("NFKD", char.casefold())[0])
    alone = any(low <= ord(char) <= high for low, high in _ALONE_RANGES)
    return first | ALONE if alone else first


def read_codes(document: Document) -> Codes:
    """Return the text's code points, with 0 for all that is not title or body.

    >>> from enduse.model.document import Section
    >>> page = Document("d", "s", "Donate:here", sections=(Section(SectionKind.DONATION, 0, 7),))
    >>> read_codes(page).tolist()[4:9]
    [0, 0, 0, 104, 101]
    """
    raw = document.text.encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(raw, np.uint32)
    left_out = [part for part in document.sections if part.kind not in COUNTED]
    if left_out:
        codes = codes.copy()
    for part in left_out:
        codes[part.start : part.end] = SEPARATOR
    return codes


def read_words(codes: Codes) -> Words:
    """Return the words of a text given as code points.

    >>> text = "The “Kornet” hit."
    >>> found = read_words(read_codes(Document("d", "s", text)))
    >>> [text[a:b] for a, b in zip(found.starts, found.ends)]
    ['The', 'Kornet', 'hit']
    """
    kinds = fold_table()[np.minimum(codes, TABLE_SIZE - 1)]
    places = np.flatnonzero(kinds != PASSED_OVER)
    kinds = kinds[places]
    letters = kinds > PASSED_OVER
    alone = kinds >= ALONE
    first = letters.copy()
    first[1:] &= ~letters[:-1] | alone[1:] | alone[:-1]
    inside = np.flatnonzero(letters)
    heads = np.flatnonzero(first[inside])
    if not len(heads):
        empty = np.zeros(0, np.int32)
        return Words(np.zeros(0, np.uint32), empty, empty)
    tails = np.append(heads[1:], len(inside)) - 1
    return Words(
        _hash_words(kinds[inside], heads, tails),
        places[inside[heads]].astype(np.int32),
        (places[inside[tails]] + 1).astype(np.int32),
    )


def _hash_words(letters: Codes, heads: NDArray[np.intp], tails: NDArray[np.intp]) -> Codes:
    lengths = tails - heads + 1
    rank = np.arange(len(letters)) - np.repeat(heads, lengths)
    steps = np.full(int(lengths.max()), LETTER_BASE, np.uint64)
    steps[0] = 1
    powers = np.cumprod(steps, dtype=np.uint64)
    sums = np.add.reduceat(letters.astype(np.uint64) * powers[rank], heads)
    return finish_hashes(sums)


def finish_hashes(sums: Hashes) -> Codes:
    """Return the words' hashes from the weighted sums of their letters."""
    return (mix(sums) >> np.uint64(32)).astype(np.uint32)


def mix(values: Hashes) -> Hashes:
    """Return the values with their bits spread (the finaliser of MurmurHash3)."""
    shift = np.uint64(33)
    values = (values ^ (values >> shift)) * np.uint64(MIX_1)
    values = (values ^ (values >> shift)) * np.uint64(MIX_2)
    return values ^ (values >> shift)


def hash_grams(hashes: Codes, gram: int) -> Hashes:
    """Return one hash for each run of `gram` words; none if there are fewer words.

    >>> same = np.array([7, 8, 7, 8], np.uint32)
    >>> [int(h) for h in hash_grams(same, 2)][0] == int(hash_grams(same, 2)[2])
    True
    """
    return mix(sum_grams(hashes, gram))


def sum_grams(hashes: Codes, gram: int) -> Hashes:
    """Return the weighted sum of each run of `gram` words: equal where the words are, not mixed."""
    count = len(hashes) - gram + 1
    if count < 1:
        return np.zeros(0, np.uint64)
    wide = hashes.astype(np.uint64)
    total = wide[:count]
    base = np.uint64(WORD_BASE)
    for step in range(1, gram):
        total = total * base + wide[step : step + count]
    return total
