"""Noun phrases and verb groups of a tagged sentence, as a row of chunks.

In: tokens. Out: chunks in order: each a phrase ("N"), a verb group ("V") or one other word with
its tag. Refused: nothing; a stretch that no pattern takes stays single words.

Chunking by regular expressions over tags follows the finite-state cascades of FASTUS (Hobbs and
others, 1997) and Abney (1996).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from enduse.extract.names import Named
from enduse.extract.quantities import read_quantity
from enduse.extract.tokens import Token
from enduse.model.mention import EntityKind
from enduse.model.quantity import Quantity
from enduse.reference.cues import Cues

_PHRASE = re.compile(r"(?:D{1,2}Y*)?(?:A(?=[AQJ])|[QJ])*(?:A(?=J)|[QJNPOK])*[NPQK]|R|D")
_VERBS = re.compile(
    r"T[AO]*(?:XA*)*[bdng]|T[A]*X|[XM](?:[AO]*[XM])*(?:A*[bdng](?![bdng]))?|[bzdng]"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One noun phrase.

    Attributes:
        first, last: tokens of the sentence, last not included.
        head: token of its head noun.
        kind: weapon, craft, strike, attack, group, people, place, speaker, medium, time, name,
            pronoun or other.
        named: what the register knows in it (the one at or nearest the head), None if nothing.
        owner: a name standing before the head that is not the head ("ISIL tanks").
        owner_words: tokens of a possessor ("Nagumo's aircraft"), None if none.
        quantity: how many.
        determiner: its first word if that is a determiner or possessive pronoun, lower case.
        core: tokens that name it: no determiner, amount or possessor.
    """

    first: int
    last: int
    head: int
    kind: str
    named: Named | None
    owner: Named | None
    owner_words: tuple[int, int] | None
    quantity: Quantity | None
    determiner: str
    core: tuple[int, int]
    sense: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A phrase, a verb group or another word: tag, tokens first to last (not included)."""

    tag: str
    first: int
    last: int
    phrase: Phrase | None = None


def chunk_sentence(tokens: Sequence[Token], names: Sequence[Named], cues: Cues) -> list[Chunk]:
    """Return the sentence as chunks, "of" not yet joined (see joining).

    >>> from enduse.extract.tagger import tag_sentence
    >>> from enduse.reference.cues import load_cues
    >>> cues = load_cues("en")
    >>> tokens = tag_sentence("Rebels fired two old rockets.", (0, 29), cues, ())
    >>> [chunk.tag for chunk in chunk_sentence(tokens, (), cues)]
    ['N', 'V', 'N', '.']
    """
    tags = "".join(token.tag for token in tokens)
    chunks: list[Chunk] = []
    at = 0
    while at < len(tokens):
        found = _VERBS.match(tags, at) if tags[at] in "TXMbzdng" else None
        if found:
            chunks.append(Chunk("V", at, found.end()))
            at = found.end()
            continue
        if tags[at] == "Y":
            end = next((i for i in range(at, len(tags)) if tags[i] != "Y"), len(tags))
            chunks.append(Chunk("Y", at, end))
            at = end
            continue
        state = tags[at : at + 2] in ("JQ", "JD") and tokens[at].low in cues.table("tolls")
        found = _PHRASE.match(tags, at) if tags[at] in "DAQJNPRK" and not state else None
        if found:
            last = _cut_at_name(tokens, at, found.end())
            phrase = read_phrase(tokens, (at, last), names, cues)
            chunks.append(Chunk("N", at, last, phrase))
            at = last
        else:
            chunks.append(Chunk(tags[at], at, at + 1))
            at += 1
    return chunks


def _cut_at_name(tokens: Sequence[Token], first: int, last: int) -> int:
    """End a phrase before an amount that follows a noun ("Palmyra 14 tanks")."""
    for i in range(first + 1, last):
        if tokens[i].tag == "Q" and tokens[i - 1].tag in "NP" and i + 1 < last:
            if tokens[i - 1].mention >= 0 and tokens[i - 1].mention == tokens[i].mention:
                continue
            if tokens[i + 1].tag in "NJP" and tokens[i].text[:1].isdigit():
                return i
    return last


def read_phrase(
    tokens: Sequence[Token], span: tuple[int, int], names: Sequence[Named], cues: Cues
) -> Phrase:
    """Return what the tokens of a noun phrase say: head, kind, name, owner, amount."""
    first, last = span
    owner_at = max((i for i in range(first, last) if tokens[i].tag == "O"), default=-1)
    core_first = owner_at + 1 if first < owner_at < last - 1 else first
    determiner = tokens[core_first].low if tokens[core_first].tag == "D" else ""
    if tokens[first].tag == "D" and not determiner:
        determiner = tokens[first].low
    start = core_first
    while start < last - 1 and (
        tokens[start].tag in "DQY" or (tokens[start].tag == "A" and tokens[start + 1].tag != "J")
    ):
        start += 1
    head = _head_of(tokens, start, last)
    inside = [names[i] for i in _mentions_in(tokens, start, last)]
    covering = tokens[head].mention
    named = names[covering] if covering >= 0 else None
    kind, sense = _kind_of(tokens, (start, head), named, inside, cues)
    others = [
        name for name in inside if name is not named and not _is_compound(tokens, name, first, last)
    ]
    counted = last if tokens[head].tag == "Q" else _count_end(tokens, start, head)
    quantity = read_quantity(tokens, (core_first, counted), cues)
    owner_words = (first, owner_at) if core_first > first else None
    owner = _owner_of(tokens, owner_words, others, names)
    return Phrase(
        first, last, head, kind, named or _own_name(kind, inside), owner, owner_words, quantity,
        determiner, (start, last), sense,
    )  # fmt: skip


def _count_end(tokens: Sequence[Token], start: int, head: int) -> int:
    """Return the end of the words that count: "the other nine" rockets."""
    for i in range(head - 1, start - 1, -1):
        if tokens[i].tag == "Q" and tokens[i].mention < 0:
            return i + 1
    return start


def _is_compound(tokens: Sequence[Token], name: Named, first: int, last: int) -> bool:
    """Return whether the name is only the front of a word such as "US-made"."""
    return any(
        token.start <= name.start and token.end > name.end and "-" in token.text
        for token in tokens[first:last]
        if token.start < name.end and name.start < token.end
    )


def _head_of(tokens: Sequence[Token], start: int, last: int) -> int:
    for i in range(last - 1, start - 1, -1):
        if tokens[i].tag in "NPR" and not tokens[i].low.isdigit():
            return i
    return last - 1


def _mentions_in(tokens: Sequence[Token], first: int, last: int) -> list[int]:
    seen: list[int] = []
    for token in tokens[first:last]:
        if token.mention >= 0 and token.mention not in seen:
            seen.append(token.mention)
    return seen


def _own_name(kind: str, inside: Sequence[Named]) -> Named | None:
    """Return the register's name of the phrase's own kind ("TOW missiles": TOW)."""
    if kind in ("weapon", "craft"):
        return next((n for n in reversed(inside) if n.kind is EntityKind.WEAPON), None)
    return None


def _owner_of(
    tokens: Sequence[Token],
    words: tuple[int, int] | None,
    others: Sequence[Named],
    names: Sequence[Named],
) -> Named | None:
    if words is not None:
        mentions = _mentions_in(tokens, *words)
        return names[mentions[-1]] if mentions else None
    return next((n for n in others if n.kind is not EntityKind.WEAPON), None)


def _kind_of(  # noqa: PLR0911 - one case a line
    tokens: Sequence[Token],
    span: tuple[int, int],
    named: Named | None,
    inside: Sequence[Named],
    cues: Cues,
) -> tuple[str, str]:
    """Return the phrase's kind and, for a listed noun, its sense in the list."""
    start, head = span
    if tokens[head].tag == "R" or (start == head and tokens[head].tag == "D"):
        return "pronoun", ""
    sense = _listed_sense(tokens, start, head, cues.table("heads"))
    if any(tokens[i].text in cues.table("ship_prefixes") for i in range(start, head)):
        return "weapon", "designation"
    if (
        sense in ("weapon", "craft")
        and named is not None
        and named.kind is EntityKind.ACTOR
        and head > start
        and named.start < tokens[head].start
    ):
        return "weapon", sense  # "Orlandish jets", known as its air force
    if (
        sense == "weapon"
        and named is not None
        and named.kind is not EntityKind.WEAPON
        and ("-" in tokens[head].text)
    ):
        return "weapon", sense  # "US-weaponry"
    if named is not None:
        return named_kind(named, sense), sense
    if sense == "craft" and _is_military(tokens, (start, head), inside, cues):
        return "weapon", sense
    if sense:
        return sense, sense
    if _is_designation(tokens, start, head, cues):
        return "weapon", "designation"
    if any(name.kind is EntityKind.WEAPON for name in inside) and tokens[head].tag in "NP":
        part = singular(tokens[head].low) in cues.table("parts")
        return ("weapon" if part else "weapon_part"), ""
    return ("name" if tokens[head].tag == "P" else "other"), ""


_MODEL = re.compile(r"^[A-Z][A-Za-z]{0,3}-\d{1,4}[A-Za-z]{0,3}(?:['’]?s)?$")


def _is_designation(tokens: Sequence[Token], start: int, head: int, cues: Cues) -> bool:
    """Return whether the words look like a model ("T-62") or a warship ("HMS Hermes")."""
    if any(tokens[i].text in cues.table("ship_prefixes") for i in range(start, head)):
        return True
    return any(
        _MODEL.match(tokens[i].text) and tokens[i].low not in cues.table("not_models")
        for i in range(max(start, head - 1), head + 1)
    )


_NO_WEAPON = frozenset({"electronic-warfare", "fire-control", "engine", "protective-equipment"})


def named_kind(named: Named, sense: str) -> str:
    """Return the sort of a phrase whose head the register knows."""
    if named.kind is EntityKind.WEAPON and named.category in _NO_WEAPON:
        return "other"
    if named.kind is EntityKind.WEAPON:
        return sense if sense in ("strike", "craft", "people", "group") else "weapon"
    if named.kind is EntityKind.PLACE:
        return sense if sense == "group" else "place"
    return "people" if named.category == "population" else "group"


def _listed_sense(
    tokens: Sequence[Token], start: int, head: int, heads: Mapping[str, object]
) -> str:
    """Return the sense of the longest listed ending of the phrase."""
    low = [singular(tokens[i].low) if i == head else tokens[i].low for i in range(start, head + 1)]
    for size in (4, 3, 2, 1):
        words = low[-size:]
        if len(words) < size:
            continue
        row = heads.get(" ".join(words)) or heads.get(" ".join([*words[:-1], tokens[head].low]))
        if row is not None:
            return str(getattr(row, "sense", ""))
    tail = tokens[head].low.rsplit("-", 1)[-1]
    row = heads.get(singular(tail)) if tail != tokens[head].low else None
    return str(getattr(row, "sense", "")) if row is not None else ""


def _is_military(
    tokens: Sequence[Token], span: tuple[int, int], inside: Sequence[Named], cues: Cues
) -> bool:
    return any(tokens[i].low in cues.group("military") for i in range(*span)) or any(
        name.kind is EntityKind.ACTOR for name in inside
    )


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """Return the singular of a plural English noun; other words unchanged.

    >>> [singular(word) for word in ("rifles", "batteries", "aircraft", "forces", "boxes")]
    ['rifle', 'battery', 'aircraft', 'force', 'box']
    """
    if len(word) <= len("gas") or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


def is_plural(words: str) -> bool:
    """Return whether the last of some English words has the form of a plural, names in -s too.

    >>> [is_plural(words) for words in ("two soldiers", "the crew", "women", "a boy", "Abbas")]
    [True, False, True, False, True]
    """
    last = (words.lower().split() or [""])[-1]
    return last.endswith("s") or last in _IRREGULAR


_IRREGULAR = frozenset({"people", "men", "women", "children"})
