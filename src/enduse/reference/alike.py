"""The words of two names laid beside each other: which pair up, and what is left over.

In: two names in any script. Out: `Pairing`, from which a score is made: words that are the same,
sound the same or differ by a slip of the pen pair up; words left over on both sides part the
names, words left over on one side only (a patronymic, a clan, "Group") do not. Nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product

from rapidfuzz.distance import OSA

from enduse.reference.latin import latinise
from enduse.reference.sounds import DOUBLE, romanise, word_sound
from enduse.reference.sources import DATA, read_table

WEAK = frozenset("al el ul the of and de la le du von van der bin ben ibn bint i y".split())  # noqa: SIM905
PATRONYM = frozenset({"bin", "ben", "ibn"})
ARABIC_WORD = re.compile(r"[\u0621-\u064a]+")
ARTICLE = re.compile(r"^ال(?=\w{2})")
DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
PARTS = re.compile(r"[a-z]+|\d+")
SLIP_LENGTH, LONG_LENGTH = 6, 10
SHORT_WORD, LEAST_SHORT, LEAST_LONG = 5, 0.4, 0.55
VOWELS = frozenset("aeiou")
MEANING, SOUND, NICK, LETTER = 0.95, 0.93, 0.9, 0.85
KEPT = 1 << 16
TENS = frozenset(map(str, range(20, 100, 10)))


@dataclass(frozen=True, slots=True)
class Said:
    """A name as words: `strong` in order, with the legal form and weak words set aside.

    Attributes:
        run: all words but the legal form, in order, as one.
    """

    strong: tuple[str, ...]
    run: str
    weak: tuple[str, ...] = ()
    legal: frozenset[str] = frozenset()


@dataclass(slots=True)
class Pairing:
    """How the words of two names pair up.

    Attributes:
        values: how alike each pair is, 0 to 1.
        left_over: words of the first and of the second name without a partner.
        crossed: whether a "son of" stands between words that changed places.
    """

    values: list[float] = field(default_factory=list)
    left_over: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    crossed: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Lore:
    """Word lists: phrases to what they stand for, titles, words of one meaning, short names."""

    legal: Mapping[tuple[str, ...], str]
    numbers: Mapping[tuple[str, ...], str]
    titles: frozenset[str]
    meanings: Mapping[str, frozenset[str]]
    nicks: Mapping[str, frozenset[str]]
    countries: frozenset[str]
    longest: int


@cache
def load_lore() -> Lore:
    """Return the word lists of `data/names/words.tsv`, in Latin letters."""
    legal: dict[tuple[str, ...], str] = {}
    numbers: dict[tuple[str, ...], str] = {}
    titles: set[str] = set()
    meanings: dict[str, set[str]] = {}
    nicks: dict[str, set[str]] = {}
    for row in read_table(DATA / "names" / "words.tsv"):
        words = tuple(split_words(row["word"]))
        if row["sense"] == "legal":
            legal.setdefault(words, row["as"])
        elif row["sense"] == "number":
            numbers.setdefault(words, row["as"])
        elif row["sense"] == "title":
            titles.update(words)
        elif len(words) == 1:
            table = nicks if row["sense"] == "nick" else meanings
            table.setdefault(words[0], set()).add(row["as"])
    longest = max(map(len, (*legal, *numbers)))
    named = (split_words(row["name"]) for row in read_table(DATA / "places" / "countries.tsv"))
    countries = {name[0] for name in named if len(name) == 1}
    tables = freeze(meanings), freeze(nicks), frozenset(countries)
    return Lore(legal, numbers, frozenset(titles), *tables, longest)


def freeze(table: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """Return the table with its sets frozen."""
    return {word: frozenset(of) for word, of in table.items()}


def split_words(name: str) -> list[str]:
    """Return the words and figures of a name in small Latin letters.

    >>> split_words("A.B.C. Int’l & Co. 44th")
    ['abc', 'intl', 'and', 'co', '44', 'th']
    """
    text = DOTTED.sub(lambda found: found[0].replace(".", "") + " ", name)
    text = ARABIC_WORD.sub(read_arabic, text)
    text = romanise(text.replace("&", " and ").replace("'", "").replace("’", ""))
    return PARTS.findall(text.lower().replace("'", "").replace("`", ""))


def read_arabic(found: re.Match[str]) -> str:
    """Return an Arabic word as it is likely written in Latin letters, its article left off."""
    word = ARTICLE.sub("", found[0])
    spelled = latinise(word, 1)
    return spelled[0][0] if spelled else word


@lru_cache(maxsize=KEPT)
def read_name(name: str, lore: Lore) -> Said:
    """Return the name's words with phrases replaced, titles dropped, legal forms set aside."""
    words = split_words(name)
    while len(words) > 1 and words[0] in lore.titles:
        words = words[1:]
    strong: list[str] = []
    run: list[str] = []
    weak: list[str] = []
    legal: set[str] = set()
    place = 0
    while place < len(words):
        length, form, number = match_phrase(words, place, lore)
        if form is not None and (place or length < len(words)):
            legal.add(form)
        elif number is not None or words[place].isdigit():
            add_number(strong, number or words[place])
            run.append(number or words[place])
        elif words[place] in WEAK and len(words) > 1:
            weak.append(words[place])
            run.append(words[place])
        elif words[place] not in ("th", "st", "nd", "rd") or not place:
            strong.append(words[place])
            run.append(words[place])
        place += length
    kept = tuple(dict.fromkeys(strong)) or tuple(words)
    return Said(kept, "".join(run) or "".join(words), tuple(weak), frozenset(legal))


def match_phrase(
    words: Sequence[str], place: int, lore: Lore
) -> tuple[int, str | None, str | None]:
    """Return the length of the longest phrase here, and the legal form or number it stands for."""
    for length in range(min(lore.longest, len(words) - place), 0, -1):
        phrase = tuple(words[place : place + length])
        if phrase in lore.numbers:
            return length, None, lore.numbers[phrase]
        if phrase in lore.legal and (length > 1 or len(phrase[0]) > 1):
            return length, lore.legal[phrase], None
    return 1, None, None


def add_number(strong: list[str], number: str) -> None:
    """Add a number; a unit after a ten makes one number with it.

    >>> strong = ["brigade"]
    >>> for number in ("40", "4"):
    ...     add_number(strong, number)
    >>> strong
    ['brigade', '44']
    """
    if strong and strong[-1] in TENS and len(number) == 1:
        strong[-1] = str(int(strong[-1]) + int(number))
    else:
        strong.append(number)


def pair_words(left: Said, right: Said, lore: Lore) -> Pairing:
    """Return how the words of two names pair up, the most alike first."""
    mine, others = join_split(left.strong, right.strong)
    values = sorted(
        (
            (-alike_words(one, other, lore), abs(i - j), i, j)
            for (i, one), (j, other) in product(enumerate(mine), enumerate(others))
        )
    )
    taken: dict[int, int] = {}
    pairing = Pairing()
    for value, _, i, j in values:
        if value < 0 and i not in taken and j not in taken.values():
            taken[i] = j
            pairing.values.append(-value)
    pairing.left_over = (
        [word for i, word in enumerate(mine) if i not in taken],
        [word for j, word in enumerate(others) if j not in taken.values()],
    )
    order = [taken[i] for i in sorted(taken)]
    both = PATRONYM & set(left.weak) and PATRONYM & set(right.weak)
    pairing.crossed = bool(both) and order != sorted(order)
    return pairing


def join_split(left: Sequence[str], right: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words with those joined on one side that the other writes as one.

    >>> join_split(["abu", "bakr"], ["abubakr"])
    (['abubakr'], ['abubakr'])
    """
    return join_as(list(left), right), join_as(list(right), left)


def join_as(words: list[str], others: Iterable[str]) -> list[str]:
    """Return the words, neighbours joined where the other name has them as one word."""
    wanted = set(others)
    place = 0
    while place < len(words) - 1:
        joined = words[place] + words[place + 1]
        if joined in wanted and words[place] not in wanted:
            words[place : place + 2] = [joined]
        place += 1
    return words


@lru_cache(maxsize=KEPT)
def alike_words(one: str, other: str, lore: Lore) -> float:
    """Return how alike two words are: 1 the same, 0 not the same word."""
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    if min(len(one), len(other)) == 1:
        return LETTER if one[0] == other[0] else 0.0
    return known_alike(one, other, lore) or spelled_alike(one, other)


def known_alike(one: str, other: str, lore: Lore) -> float:
    """Return how alike the word lists say two words are: of one meaning, or a short name."""
    if lore.meanings.get(one, frozenset()) & lore.meanings.get(other, frozenset()):
        return MEANING
    return NICK if lore.nicks.get(one, frozenset()) & lore.nicks.get(other, frozenset()) else 0.0


def spelled_alike(one: str, other: str) -> float:
    """Return how alike two words are that sound the same or differ by slips of the pen.

    Short words, and those of a script that writes no vowels, need less likeness in spelling.

    >>> spelled_alike("hdd", "haddad"), spelled_alike("petrov", "sidorov")
    (0.93, 0.0)
    """
    near = OSA.normalized_similarity(one, other)
    sound, sounds_as = DOUBLE.sub(r"\1", word_sound(one)), DOUBLE.sub(r"\1", word_sound(other))
    longest = max(len(one), len(other))
    bare = longest <= SHORT_WORD or not (VOWELS & set(one) and VOWELS & set(other))
    least = LEAST_SHORT if bare else LEAST_LONG
    if len(sound) > 1 and sound == sounds_as and near >= least:
        return SOUND
    slips = 0 if longest < SLIP_LENGTH else 1 if longest < LONG_LENGTH else 2
    same_head = word_sound(one[:2])[0] == word_sound(other[:2])[0]
    return round(near, 4) if same_head and OSA.distance(one, other) <= slips else 0.0


def initials_of(words: Iterable[str]) -> str:
    """Return the first letters of the words.

    >>> initials_of(["peoples", "liberation", "army"])
    'pla'
    """
    return "".join(word[0] for word in words if word)
