"""Phrases joined over "of": "dozens of rifles", "members of the army", "Ministry of Defence".

In: the chunks of a sentence. Out: the chunks with such phrases made one. Refused: an "of" between
two things of their own ("the capture of Tabir").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from enduse.extract.names import Named
from enduse.extract.phrases import Chunk, Phrase, named_kind, singular
from enduse.extract.quantities import read_quantity
from enduse.extract.tokens import Token
from enduse.model.mention import EntityKind
from enduse.model.quantity import Quantity
from enduse.reference.cues import Cues

_TRIPLE = 3  # phrase, "of", phrase


@dataclass(frozen=True, slots=True)
class _Sentence:
    tokens: Sequence[Token]
    names: Sequence[Named]
    cues: Cues


def join_phrases(
    chunks: Sequence[Chunk], tokens: Sequence[Token], names: Sequence[Named], cues: Cues
) -> list[Chunk]:
    """Return the chunks with phrases joined where "of" makes one thing of two."""
    sentence = _Sentence(tokens, names, cues)
    joined: list[Chunk] = []
    for chunk in chunks:
        joined.append(chunk)
        while len(joined) >= _TRIPLE:
            left, link, right = joined[-_TRIPLE:]
            made = _join_at(left, link, right, sentence)
            if made is None:
                break
            joined[-_TRIPLE:] = [Chunk("N", left.first, right.last, made)]
    return joined


def _join_at(left: Chunk, link: Chunk, right: Chunk, sentence: _Sentence) -> Phrase | None:
    word = sentence.tokens[link.first].low
    if link.tag != "I" or word not in sentence.cues.group("name_join"):
        return None
    if left.phrase is None or right.phrase is None:
        return None
    if _same_mention(left, right, sentence):
        return _whole(left.phrase, right.last, sentence)
    return _join_over_of(left.phrase, right.phrase, sentence) if word == "of" else None


def _same_mention(left: Chunk, right: Chunk, sentence: _Sentence) -> bool:
    mention = sentence.tokens[left.last - 1].mention
    return mention >= 0 and mention == sentence.tokens[right.first].mention


def _join_over_of(one: Phrase, two: Phrase, sentence: _Sentence) -> Phrase | None:
    tokens, cues = sentence.tokens, sentence.cues
    low = singular(tokens[one.head].low)
    amount = one.determiner in ("a", "an") and low in cues.group("amounts")
    if tokens[one.head].tag == "Q" or low in cues.table("measures") or amount:
        return _measured(one, two, read_quantity(tokens, (one.first, one.last), cues))
    if low in cues.table("member_nouns") and two.kind in ("group", "name") and one.owner is None:
        owner = two.named if two.named and two.named.kind is EntityKind.ACTOR else None
        return replace(_whole(one, two.last, sentence), owner=owner)
    capital = tokens[one.head].text[:1].isupper() and tokens[two.first].tag in "PD"
    named = tokens[two.head].tag == "P" and tokens[one.head].tag == "P"
    if capital and named and one.sense in ("group", "speaker"):
        return _whole(one, two.last, sentence)
    return None


def _measured(one: Phrase, two: Phrase, quantity: Quantity | None) -> Phrase:
    return replace(
        two,
        first=one.first,
        quantity=quantity or two.quantity,
        determiner=two.determiner or one.determiner,
    )


def _whole(one: Phrase, last: int, sentence: _Sentence) -> Phrase:
    """Return the phrase of a name that holds "of": its head stands before it."""
    covering = sentence.tokens[one.head].mention
    named = sentence.names[covering] if covering >= 0 else None
    kind = "name" if one.kind == "other" else one.kind
    kind = named_kind(named, one.sense) if named else kind
    return replace(one, last=last, kind=kind, named=named, core=(one.core[0], last))
