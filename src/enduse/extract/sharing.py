"""Weapons named by what stands beside them: a shared head, a class in apposition.

In: the chunks of a sentence, "of" already joined. Out: the chunks with such phrases made weapons.
Refused: a plural before the list's last word ("bombers and fighter aircraft": two heads).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enduse.extract.phrases import Chunk
from enduse.extract.tokens import Token
from enduse.reference.cues import Cues

_KINDS = ("weapon", "craft")
_REACH = 12  # chunks of a list of modifiers
SHARED = "shared:"


def name_by_neighbours(chunks: Sequence[Chunk], tokens: Sequence[Token], cues: Cues) -> list[Chunk]:
    """Return the chunks with "attack and bomber" of "attack and bomber aircraft" made weapons."""
    named = list(chunks)
    for at, chunk in enumerate(chunks):
        if chunk.phrase is None:
            continue
        if chunk.phrase.kind in _KINDS and at > 1:
            _share_head(named, at, tokens, cues)
        if chunk.phrase.kind in ("name", "place"):
            _take_class(named, at, tokens)
    return named


def _share_head(chunks: list[Chunk], at: int, tokens: Sequence[Token], cues: Cues) -> None:
    phrase = chunks[at].phrase
    k = at - 1
    if phrase is None or chunks[k].tag != "C" or phrase.determiner or phrase.quantity is not None:
        return
    shared = []
    while k > 0 and chunks[k].tag in "C," and at - k < _REACH:
        k -= chunks[k - 1].tag == ","
        if not _is_modifier(chunks[k - 1], tokens, cues):
            break
        shared.append(k - 1)
        k -= 2
    for i in shared:
        item = chunks[i].phrase
        if item is not None:
            head = tokens[phrase.head].text
            chunks[i] = replace(
                chunks[i], phrase=replace(item, kind="weapon", sense=SHARED + head, named=None)
            )
    if shared and phrase.kind == "craft":
        chunks[at] = replace(chunks[at], phrase=replace(phrase, kind="weapon"))


def _is_modifier(chunk: Chunk, tokens: Sequence[Token], cues: Cues) -> bool:
    phrase = chunk.phrase
    return phrase is not None and tokens[phrase.head].low in cues.group("shared_modifiers")


def _take_class(chunks: list[Chunk], at: int, tokens: Sequence[Token]) -> None:
    """Take "the Harrow 3, an anti-drone gun" for a weapon by its apposition."""
    if at + 2 >= len(chunks) or chunks[at + 1].tag != ",":
        return
    phrase, beside = chunks[at].phrase, chunks[at + 2].phrase
    ends = at + 3 == len(chunks) or chunks[at + 3].tag in ",.IW-;"
    if phrase is None or beside is None or beside.kind not in _KINDS or not ends:
        return
    if beside.determiner in ("a", "an") and tokens[phrase.head].tag in "PQ" and not phrase.named:
        chunks[at] = replace(chunks[at], phrase=replace(phrase, kind="weapon", sense="apposed"))
