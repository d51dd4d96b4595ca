"""The walk over a page's tree.

In: the parsed tree. Out: the text, its blocks with what the markup says of them, and for each the
path of the element it stands in. Refused: what no reader sees: scripts, styles, hidden elements.
The walk keeps its own list of open elements, so that depth is no limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from enduse.model.document import MarkupAnchor, SectionKind
from enduse.read.blocks import Block, make_block, split_lines
from enduse.read.marks import class_kinds
from enduse.read.markup.elements import (
    BLOCKS,
    CELLS,
    CONTAINERS,
    EXEMPTING,
    HIDDEN,
    KEPT_SPACE,
    KINDS,
    ROLES,
    STORY,
    UNREAD,
)
from enduse.read.markup.text import BLOCK, CELL, Stretch, TextBuilder

_CLASS_WORD = re.compile(r"[A-Za-z]+")
_NAMED = CONTAINERS.union(KINDS)  # elements that may have a part in the page
_FOLDED = " \t\n\r\f"  # the white space that markup folds
_DEEPEST_PATH = 100  # elements in a path; deeper ones are named by their hundredth ancestor
_WHOLE_STORY = 0.4  # share of a page's prose that no menu holds


@dataclass(frozen=True, slots=True)
class WalkedPage:
    """The text of a page, its blocks, and where each stands in the markup."""

    text: str
    blocks: tuple[Block, ...]
    anchors: tuple[MarkupAnchor, ...]


@dataclass(slots=True)
class _Open:
    """An element whose children are being walked."""

    path: str
    block_path: str
    depth: int
    kind: SectionKind | None
    weak: int
    linked: bool
    kept: bool
    breaks: int
    counts: dict[str, int] = field(default_factory=dict)


def walk_page(tree: LexborHTMLParser) -> WalkedPage:
    r"""Return what the page shows, in document order.

    >>> page = walk_page(LexborHTMLParser("<h1>Rifles  lost</h1><p>Two were <b>seen</b>.</p>"))
    >>> page.text, page.anchors[1].path
    ('Rifles lost\n\nTwo were seen.', '/html[1]/body[1]/p[1]')
    """
    builder = TextBuilder()
    if tree.body is not None:
        _Walk(tree, builder).run()
    text = builder.text
    _free_story(builder.stretches)
    blocks: list[Block] = []
    for stretch in builder.stretches:
        blocks.extend(_make_blocks(text, stretch))
    anchors = tuple(MarkupAnchor(s.start, s.end, s.path) for s in builder.stretches)
    return WalkedPage(text, tuple(blocks), anchors)


def _make_blocks(text: str, stretch: Stretch) -> list[Block]:
    """Return the lines of a stretch, for markup may keep line breaks (`pre`)."""
    words = text[stretch.start : stretch.end]
    at, kind, share = stretch.start, stretch.kind, stretch.linked / max(len(words), 1)
    if "\n" not in words and len(words.strip()) == len(words):
        return [make_block(text, at, stretch.end, kind, share)]
    return [
        Block(at + line.start, at + line.end, line.words, line.ended, kind, share)
        for line in split_lines(words)
    ]


def _free_story(stretches: list[Stretch]) -> None:
    """Take back a kind that only class names gave, where it would hold most of the prose."""
    held: dict[int, int] = {}
    total = 0
    for stretch in stretches:
        size = stretch.end - stretch.start - stretch.linked
        total += size
        if stretch.weak:
            held[stretch.weak] = held.get(stretch.weak, 0) + size
    freed = {weak for weak, size in held.items() if size > _WHOLE_STORY * total}
    for stretch in stretches:
        if stretch.weak in freed:
            stretch.kind = None


class _Walk:
    """One pass over the tree."""

    def __init__(self, tree: LexborHTMLParser, builder: TextBuilder) -> None:
        self._builder = builder
        self._body = tree.body
        self._hidden = {node.mem_id for node in tree.css(HIDDEN)}
        self._weak = 0

    def run(self) -> None:
        """Walk all nodes in document order."""
        root = _Open("/html[1]/body[1]", "/html[1]/body[1]", 2, None, 0, False, False, BLOCK)
        opened = [root]
        waiting: list[LexborNode | None] = [self._body.child if self._body else None]
        while waiting:
            node = waiting[-1]
            if node is None:
                waiting.pop()
                level = opened.pop().breaks
                if level:
                    self._builder.break_at(level)
                continue
            waiting[-1] = node.next
            tag = node.tag
            if tag == "-text":
                self._read_text(node, opened[-1])
            elif tag is not None and tag[0] not in "-!":
                child = self._open(node, tag, opened)
                if child is not None:
                    waiting.append(child)

    def _read_text(self, node: LexborNode, parent: _Open) -> None:
        words = node.text_content
        if not words:
            return
        builder = self._builder
        if words.isspace() and not parent.kept and not words.strip(_FOLDED):
            builder.add_space()
            return
        if builder.begins_stretch:
            builder.begin(parent.kind, parent.weak, parent.block_path)
        if parent.kept:
            builder.add_kept(words, linked=parent.linked)
        else:
            builder.add(words, linked=parent.linked)

    def _open(self, node: LexborNode, tag: str, opened: list[_Open]) -> LexborNode | None:
        """Open an element; return its first child, or None if there is nothing to walk."""
        parent = opened[-1]
        count = parent.counts[tag] = parent.counts.get(tag, 0) + 1
        if tag == "br":
            self._builder.break_line()
            return None
        if tag in UNREAD or (self._hidden and node.mem_id in self._hidden):
            return None
        level = BLOCK if tag in BLOCKS else CELL if tag in CELLS else 0
        if level:
            self._builder.break_at(level)
        child = node.child
        if child is not None:
            opened.append(self._enter(node, tag, count, level, parent))
        return child

    def _enter(self, node: LexborNode, tag: str, count: int, level: int, parent: _Open) -> _Open:
        path = parent.path
        if parent.depth < _DEEPEST_PATH:
            path = f"{path}/{tag}[{count}]"
        kind, weak = parent.kind, parent.weak
        if tag in _NAMED and (kind is None or kind is SectionKind.TITLE):
            kind, weak = self._name(node, tag, parent)
        return _Open(
            path,
            path if level else parent.block_path,
            parent.depth + 1,
            kind,
            weak,
            parent.linked or tag == "a",
            parent.kept or tag in KEPT_SPACE,
            level,
        )

    def _name(self, node: LexborNode, tag: str, parent: _Open) -> tuple[SectionKind | None, int]:
        """Return what the element's name, role and class say it is."""
        kind = KINDS.get(tag, parent.kind)
        if tag not in CONTAINERS or kind is SectionKind.TITLE:
            return kind, parent.weak
        attributes = node.attributes
        if tag == "header" or attributes.get("role") in ROLES:
            return (None if self._holds_story(node) else SectionKind.NAVIGATION), 0
        named = _name_class(attributes)
        if named is None or self._holds_story(node):
            return kind, parent.weak
        self._weak += 1
        return named, self._weak

    def _holds_story(self, node: LexborNode) -> bool:
        return node.css_first(STORY) is not None


def _name_class(attributes: dict[str, str | None]) -> SectionKind | None:
    """Return what the words of a class and id show, None if they show nothing."""
    words = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    kinds = class_kinds()
    for name in words.split():
        parts = [part.lower() for part in _CLASS_WORD.findall(name)]
        if EXEMPTING.isdisjoint(parts):
            found = next((kinds[part] for part in parts if part in kinds), None)
            if found is not None:
                return found
    return None
