"""Sentences of a text as spans.

In: a text and its language. Out: offsets in code points, in order, never overlapping, without the
white space around them. Refused: nothing; a blank text has no sentence.

Boundaries come from sentencex (rules and abbreviations of 200 languages). Three things are ours:
a line break ends a sentence unless the line is wrapped, a piece that starts in lower case belongs
to the one before, and a lone number or letter ("1.", "M.") belongs to the one after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

Offsets = tuple[int, int]

_WIDEST_WRAP = 160  # no page is wrapped wider; longer lines are paragraphs
_NARROWEST_WRAP = 30  # nor narrower; shorter lines are headings and list items
_FULL_LINE = 0.75  # share of the widest line, for fonts whose letters differ in width
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?=\n)")


def split_sentences(text: str, language: str | None) -> tuple[Offsets, ...]:
    """Return the sentences as (start, end) in code points.

    Args:
        text: any text.
        language: ISO 639-1 code; None or an unknown code is read by English rules.

    >>> text = "Gen. Ali left. He took 2 guns."
    >>> [text[start:end] for start, end in split_sentences(text, "en")]
    ['Gen. Ali left.', 'He took 2 guns.']
    """
    pieces: list[Offsets] = []
    for found in get_sentence_boundaries(language or "en", text):
        pieces.extend(_split_lines(text, found["start_index"], found["end_index"]))
    return tuple(_join_fragments(text, pieces))


def _split_lines(text: str, start: int, end: int) -> Iterator[Offsets]:
    """Yield the parts of a piece between line breaks that end a sentence, trimmed."""
    for block_start, block_end in _cut(start, end, _blank_lines(text, start, end)):
        breaks = _hard_breaks(text, block_start, block_end)
        for line_start, line_end in _cut(block_start, block_end, breaks):
            words = text[line_start:line_end]
            if words.strip():
                left = len(words) - len(words.lstrip())
                yield line_start + left, line_start + len(words.rstrip())


def _blank_lines(text: str, start: int, end: int) -> Iterator[int]:
    if text.find("\n", start, end) >= 0:
        for found in _BLANK_LINE.finditer(text, start, end):
            yield found.end()


def _hard_breaks(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the line breaks in a block that are not made by wrapping.

    A line is wrapped if the first word of the next would not have fitted into it.
    """
    if text.find("\n", start, end) < 0:
        return
    block = _line_block(text, start, end)
    widest = max(len(line) for line in text[block[0] : block[1]].split("\n"))
    at = text.find("\n", start, end)
    while at >= 0:
        if not _wrapped(text, at, widest, block):
            yield at
        at = text.find("\n", at + 1, end)


def _line_block(text: str, start: int, end: int) -> Offsets:
    """Return the whole lines that the piece touches."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return first, len(text) if last < 0 else last


def _wrapped(text: str, at: int, widest: int, block: Offsets) -> bool:
    line_start = max(text.rfind("\n", 0, at) + 1, block[0])
    line_end = text.find("\n", at + 1, block[1])
    following = text[at + 1 : block[1] if line_end < 0 else line_end].lstrip()
    if following[:1].islower():
        return True
    word = following.split(maxsplit=1)[0] if following.strip() else ""
    return (
        _NARROWEST_WRAP <= widest <= _WIDEST_WRAP
        and at - line_start + 1 + len(word) >= _FULL_LINE * widest
    )


def _cut(start: int, end: int, breaks: Iterator[int]) -> Iterator[Offsets]:
    for at in breaks:
        yield start, at
        start = at
    yield start, end


def _join_fragments(text: str, pieces: list[Offsets]) -> Iterator[Offsets]:
    """Yield the pieces, with those that cannot stand alone joined to their neighbour."""
    held: Offsets | None = None
    for piece in pieces:
        if held is None:
            held = piece
        elif _belongs(text, held, piece):
            held = (held[0], piece[1])
        else:
            yield held
            held = piece
    if held is not None:
        yield held


def _belongs(text: str, before: Offsets, after: Offsets) -> bool:
    if "\n" in text[before[1] : after[0]]:
        return False
    head = text[before[0] : before[1]]
    lone = head.endswith(".") and len(head) <= len("10.") and head[:-1].isalnum()
    return lone or (head.endswith(".") and text[after[0]].islower())
