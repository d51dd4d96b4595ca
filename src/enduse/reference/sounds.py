"""The sound of a name: what stays of it when spelling habits are taken away.

In: a name in any script. Out: a short string of consonants that spellings of one name share
("Hodeidah", "Al Hudaydah", "الحديدة"). Nothing is refused.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache

from anyascii import anyascii

PAIRS = (
    ("tch", "ch"),
    ("sch", "sh"),
    ("dzh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("zh", "j"),
    ("ck", "k"),
    ("cz", "ch"),
    ("sz", "sh"),
    ("ch", "sh"),
)
LETTERS = str.maketrans("qcwvzpxg", "kkffsbhj", "aeiouy'`")
WORDS = re.compile(r"[a-z0-9]+")
ARTICLES = frozenset({"al", "el", "ul", "ad", "ar", "as", "ash", "at", "az", "ez", "the"})
ARABIC = re.compile(r"[\u0600-\u06ff]+")
LEADING = re.compile(r"\bو?ال(?=\w{2})")
SILENT = re.compile("[ةعء]")
DOUBLE = re.compile(r"(.)\1+")


def sound_of(name: str) -> str:
    """Return the consonants of the name, its first letter kept.

    >>> sound_of("Al Hudaydah"), sound_of("Hodeida")
    ('hdd', 'hdd')
    >>> sound_of("Deir ez-Zor") == sound_of("Dayr az Zawr")
    True
    """
    words = WORDS.findall(romanise(name).lower().replace("'", "").replace("`", ""))
    return "".join(word_sound(word) for word in words if word not in ARTICLES or len(words) == 1)


@cache
def word_sound(word: str) -> str:
    """Return the consonants of one word in small Latin letters."""
    for pair, one in PAIRS:
        word = word.replace(pair, one)
    word = DOUBLE.sub(r"\1", word)
    head = "a" if word[:1] in "aeiou" else word[:1].translate(LETTERS) or word[:1]
    body = word[1:].translate(LETTERS).replace("h", "").replace("f", "") if len(word) > 1 else ""
    return head + body


def hash_sound(sound: str) -> int:
    """Return 32 bits of the sound's digest; what it leads to is compared in spelling too."""
    return int.from_bytes(hashlib.blake2b(sound.encode(), digest_size=4).digest(), "little")


def romanise(name: str) -> str:
    """Return the name in Latin letters; the Arabic article is taken off first."""
    if ARABIC.search(name):
        name = (
            re.sub(r"\b(و?ال)(?=\w{2})", "", name)
            .replace("ة", "")
            .replace("ع", "")
            .replace("ء", "")
        )
    return str(anyascii(name))
