"""The stretches a page is laid out in: lines of plain text, blocks of markup.

In: a text, or the walk over markup. Out: blocks in order, each with what the markup says of it.
Refused: nothing; blank stretches are no blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from enduse.model.document import SectionKind
from enduse.read.marks import is_sentence

_LINE = re.compile(r"\S[^\n]*")
_PROSE_WORDS = 12
_SHORT_PROSE_WORDS = 5
_PROSE_LETTERS = 80  # where words are not parted by spaces
_MOST_LINES = 100_000
_EDGE = 50_000  # characters at either end that are still taken line by line
_MOST_WORDS = 40  # words that are told apart; no rule asks for more
_LONG = 1000  # characters; such a block is prose whatever it holds


class Block(msgspec.Struct, frozen=True):
    """A line or a block of markup: code points start to end (not included) of the text.

    Attributes:
        words: how many words it holds; of many words, not all are counted.
        ended: whether it ends as a sentence does.
        hint: what the markup says it is; None if it says nothing.
        links: share of its characters that stand in links, 0 to 1.
    """

    start: int
    end: int
    words: int
    ended: bool
    hint: SectionKind | None = None
    links: float = 0.0

    @property
    def prose(self) -> bool:
        """Whether it reads as running text: long, or a whole sentence."""
        if self.words >= _PROSE_WORDS or (self.ended and self.words >= _SHORT_PROSE_WORDS):
            return True
        return self.ended and self.end - self.start >= _PROSE_LETTERS


def make_block(
    text: str, start: int, end: int, hint: SectionKind | None = None, links: float = 0.0
) -> Block:
    """Return the block of these code points, which begin and end with no white space.

    >>> make_block("Two rifles were found.", 0, 22).words
    4
    """
    words = text[start:end]
    count = len(words.split(None, _MOST_WORDS)) if len(words) < _LONG else _PROSE_WORDS
    return Block(start, end, count, is_sentence(words), hint, links)


def split_lines(text: str) -> tuple[Block, ...]:
    r"""Return the lines that hold anything, without the white space around them.

    Of a text with very many lines only those near its start and end are told apart, where menus
    and notices stand; the rest is one block.

    >>> [(block.start, block.end) for block in split_lines(" A title\n\nA text.")]
    [(1, 8), (10, 17)]
    """
    if text.count("\n") <= _MOST_LINES:
        return tuple(_lines(text, 0, len(text)))
    head = text.find("\n", _EDGE)
    tail = text.rfind("\n", 0, len(text) - _EDGE)
    if head < 0 or tail <= head:
        return tuple(_lines(text, 0, len(text)))
    middle = text[head:tail]
    left = head + len(middle) - len(middle.lstrip())
    right = head + len(middle.rstrip())
    whole = [Block(left, right, _PROSE_WORDS, ended=True)] if left < right else []
    return (*_lines(text, 0, head), *whole, *_lines(text, tail, len(text)))


def _lines(text: str, start: int, end: int) -> Iterator[Block]:
    for found in _LINE.finditer(text, start, end):
        yield make_block(text, found.start(), found.start() + len(found[0].rstrip()))
