"""Blocks of a page to its sections: what is told, and what only surrounds it.

In: a text, its blocks in order, and its title if another fact gives it. Out: the kind of each
block, and the sections. Refused: nothing; what no rule marks is body, so that a doubtful line is
read rather than lost.

The rules, in order: what the markup says; what the line's own words show; before the first prose,
rows of labels and short lines above the title; after the last prose, short lines that follow a
mark of the page's end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from enduse.model.document import Section, SectionKind
from enduse.read.blocks import Block
from enduse.read.marks import is_menu, name_line, name_tail_line
from enduse.read.notices import is_dateline, parse_byline, parse_notice
from enduse.read.source_lines import find_source_line

_TITLE_WORDS = range(4, 31)
_SHORT_TITLE_WORDS = range(2, 4)
_LONGEST_TITLE = 250
_LABEL_WORDS = 6  # a line above the title with more is not the name of a page or part
_TAIL_WORDS = 8
_LINK_ROW = 3  # blocks of links in a row that make a menu
_LINK_SHARE = 0.7
_LINK_WORDS = 14
_BULLETS = "-*•–—·"


class Layout(msgspec.Struct, frozen=True):
    """The kinds of a page's blocks.

    Attributes:
        blocks: in order.
        kinds: for each block its kind; None is body.
        first, last: the indices of the first and last prose; both None where there is none.
        title: the index of the title's block, None if there is none.
    """

    blocks: tuple[Block, ...]
    kinds: tuple[SectionKind | None, ...]
    first: int | None
    last: int | None
    title: int | None

    def near_edge(self, index: int) -> bool:
        """Return whether the block stands before the first prose or after the last."""
        if self.first is None or self.last is None:
            return True
        return index < self.first or index > self.last


def lay_out(text: str, blocks: Sequence[Block], title: str | None = None) -> Layout:
    """Return the kinds of the blocks.

    Args:
        text: the document's text.
        blocks: its blocks, in order.
        title: the title, if markup or a record gives it.
    """
    kinds: list[SectionKind | None] = [_own_kind(text, block) for block in blocks]
    _mark_link_rows(blocks, kinds)
    prose = [
        index
        for index, block in enumerate(blocks)
        if kinds[index] is None and block.prose and not _same(text, block, title)
    ]
    while len(prose) > 1 and parse_notice(_line(text, blocks[prose[-1]])) is not None:
        kinds[prose.pop()] = SectionKind.LICENCE
    first, last = (prose[0], prose[-1]) if prose else (None, None)
    top = _pick_title(text, blocks, kinds, first, title)
    if top is not None:
        kinds[top] = SectionKind.TITLE
        _mark_head(text, blocks, kinds, top if first is None else min(top, first))
    if last is not None:
        _mark_tail(text, blocks, kinds, last)
    return Layout(tuple(blocks), tuple(kinds), first, last, top)


def join_sections(layout: Layout) -> tuple[Section, ...]:
    """Return the sections that are not body; neighbours of one kind are one section."""
    sections: list[Section] = []
    joins = False
    for block, kind in zip(layout.blocks, layout.kinds, strict=True):
        if kind is None:
            joins = False
            continue
        if joins and sections[-1].kind is kind and kind is not SectionKind.SOURCE_LINE:
            sections[-1] = Section(kind, sections[-1].start, block.end)
        else:
            sections.append(Section(kind, block.start, block.end))
        joins = True
    return tuple(sections)


def _own_kind(text: str, block: Block) -> SectionKind | None:
    if block.hint is SectionKind.CAPTION:
        return block.hint
    line = _line(text, block)
    if find_source_line(line, block.start, bracketed=True) is not None:
        return SectionKind.SOURCE_LINE
    named = name_line(line)
    if block.hint is None or block.hint is SectionKind.TITLE:
        return named
    return block.hint if named in (None, SectionKind.NAVIGATION) else named


def _mark_link_rows(blocks: Sequence[Block], kinds: list[SectionKind | None]) -> None:
    """Mark runs of short blocks that are nearly all link."""
    run: list[int] = []
    for index, block in enumerate(blocks):
        if block.links >= _LINK_SHARE and block.words <= _LINK_WORDS and block.hint is None:
            run.append(index)
            continue
        _mark_run(run, kinds)
        run = []
    _mark_run(run, kinds)


def _mark_run(run: list[int], kinds: list[SectionKind | None]) -> None:
    if len(run) >= _LINK_ROW:
        for index in run:
            kinds[index] = kinds[index] or SectionKind.NAVIGATION


def _pick_title(
    text: str,
    blocks: Sequence[Block],
    kinds: list[SectionKind | None],
    first: int | None,
    title: str | None,
) -> int | None:
    """Return the block of the title: as marked up, as given, or the first line like a headline."""
    end = len(blocks) if first is None else first
    for index, block in enumerate(blocks):
        if _same(text, block, title) and kinds[index] in (None, SectionKind.CAPTION):
            return index
    marked = (i for i, block in enumerate(blocks) if block.hint is SectionKind.TITLE)
    found = next((index for index in marked if kinds[index] is None), None)
    if found is not None or first is None:
        return found
    free = [index for index in range(end) if _like_title(text, blocks[index], kinds[index])]
    long = next((index for index in free if blocks[index].words in _TITLE_WORDS), None)
    return long if long is not None else (free[0] if free else None)


def _like_title(text: str, block: Block, kind: SectionKind | None) -> bool:
    line = _line(text, block)
    if kind is not None or len(line) > _LONGEST_TITLE or line[0] in _BULLETS or line[-1] in ":;,":
        return False
    if block.words not in _TITLE_WORDS and block.words not in _SHORT_TITLE_WORDS:
        return False
    return not (is_menu(line) or is_dateline(line) or parse_byline(line) is not None)


def _same(text: str, block: Block, title: str | None) -> bool:
    if title is None or abs(block.end - block.start - len(title)) > len(title) // 4:
        return False
    return _fold(_line(text, block)) == _fold(title)


def _line(text: str, block: Block) -> str:
    return text[block.start : block.end]


def _fold(words: str) -> str:
    return " ".join(words.casefold().split())


def _mark_head(
    text: str, blocks: Sequence[Block], kinds: list[SectionKind | None], end: int
) -> None:
    """Mark labels and menus above the title."""
    for index in range(end):
        block = blocks[index]
        line = _line(text, block)
        label = block.words <= _LABEL_WORDS and not block.ended and line[0] not in _BULLETS
        if kinds[index] is None and (is_menu(line) or (label and not _has_digit(line))):
            kinds[index] = SectionKind.NAVIGATION


def _mark_tail(
    text: str, blocks: Sequence[Block], kinds: list[SectionKind | None], last: int
) -> None:
    """Mark short lines after the last prose that follow a mark of the page's end."""
    ending = False
    for index in range(last + 1, len(blocks)):
        block = blocks[index]
        line = _line(text, block)
        if kinds[index] is None:
            kinds[index] = _tail_kind(line, block, ending=ending)
        ending = ending or kinds[index] not in (None, SectionKind.CAPTION)


def _tail_kind(line: str, block: Block, *, ending: bool) -> SectionKind | None:
    if block.ended or block.hint is SectionKind.TITLE:
        return None
    if find_source_line(line, block.start, bracketed=False) is not None:
        return SectionKind.SOURCE_LINE
    kind = name_tail_line(line, block.words)
    if kind is not None:
        return kind
    if is_menu(line) or (ending and block.words <= _TAIL_WORDS):
        return SectionKind.NAVIGATION
    return None


def _has_digit(line: str) -> bool:
    return any(character.isdigit() for character in line)


def iterate_kind(layout: Layout, kind: SectionKind) -> Iterator[Block]:
    """Yield the blocks of one kind, in order."""
    for block, found in zip(layout.blocks, layout.kinds, strict=True):
        if found is kind:
            yield block
