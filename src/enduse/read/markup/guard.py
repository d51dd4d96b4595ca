"""Whether a page's markup can be built into a tree in reasonable time, and a way round it.

In: the markup. Out: whether it is costly; and its text with the tags taken out. Refused: nothing.

Building the tree looks back over the open elements at each tag, and copies unclosed formatting
elements into each new block, so a page made for it takes hours (the cost grows with the square of
its size). No page made for reading comes near the limits; one that does is read flat, without its
structure, in time that grows with its size.
"""

from __future__ import annotations

import re
from html import unescape

from enduse.read.markup.elements import BLOCKS

_SMALL = 2800  # tags; below, no markup can pass the limits
_MOST_STEPS = 50_000_000  # looks back over open elements: a fifth of a second
_MOST_COPIES = 2_000_000  # copies of formatting elements: two seconds
_MOST_ATTRIBUTES = 1000
_MOST_NODES = 500_000  # tags; more take too long to walk

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{16000}")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_IMPLIED = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "option",
        "optgroup",
        "colgroup",
        "thead",
        "tbody",
        "tfoot",
        "rp",
        "rt",
        "html",
        "head",
        "body",
    ]
)
_FORMATTING = frozenset(
    [
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    ]
)
_RAW = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"])
_SPACES = re.compile(r"[ \t\r\f]+")
_BLANKS = re.compile(r"\s*\n\s*\n\s*|\s*\n\s*")


def is_costly(markup: str) -> bool:
    """Return whether a tree of the markup would take too long to build.

    >>> is_costly("<div>" * 100_000), is_costly("<p>One<p>Two")
    (True, False)
    """
    count = markup.count("<")
    if count <= _SMALL:
        return len(markup) > _LONG_MARKUP and _LONG_TAG.search(markup) is not None
    if count > 2 * _MOST_NODES or _LONG_TAG.search(markup) is not None:
        return True
    return _Cost().exceeds(markup)


_LONG_MARKUP = 100_000  # characters; below, attributes cannot cost much


class _Cost:
    """Estimates, never too low for markup that is not made to deceive it, what a tree costs."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._steps = 0
        self._copies = 0
        self._formats: dict[str, int] = {}

    def exceeds(self, markup: str) -> bool:
        """Return whether a limit is passed."""
        for closing, name in _TAG.findall(markup):
            tag = name.lower()
            if closing:
                self._close(tag)
            elif tag not in _VOID and tag not in _IMPLIED:
                self._open.append(tag)
                if tag in _FORMATTING:
                    self._formats[tag] = self._formats.get(tag, 0) + 1
            self._steps += len(self._open)
            self._copies += sum(self._formats.values()) if self._formats else 0
            if self._steps > _MOST_STEPS or self._copies > _MOST_COPIES:
                return True
        return False

    def _close(self, tag: str) -> None:
        if tag in _FORMATTING and self._formats.get(tag):
            self._formats[tag] -= 1
            if not self._formats[tag]:
                del self._formats[tag]
        for back in range(1, min(len(self._open), 8) + 1):
            if self._open[-back] == tag:
                del self._open[-back:]
                return


def flatten_markup(markup: str) -> str:
    r"""Return the text of markup with its tags taken out, a line for each block.

    >>> flatten_markup("<div><p>Two <b>rifles</b> &amp; more<script>x</script><p>Lost")
    'Two rifles & more\n\nLost'
    """
    pieces: list[str] = []
    at = 0
    while at < len(markup):
        start = markup.find("<", at)
        if start < 0:
            break
        pieces.append(markup[at:start])
        at, break_after = _skip_tag(markup, start)
        pieces.append("\n\n" if break_after else "")
    pieces.append(markup[at:])
    text = _SPACES.sub(" ", unescape("".join(pieces)))
    return _BLANKS.sub(_shorten, text).strip()


def _shorten(found: re.Match[str]) -> str:
    return "\n\n" if found[0].count("\n") > 1 else "\n"


def _skip_tag(markup: str, start: int) -> tuple[int, bool]:
    """Return (where the text goes on, whether a block ends) for what begins with "<"."""
    if markup.startswith("<!--", start):
        return _after(markup, "-->", start), False
    found = _TAG.match(markup, start)
    if found is None:
        declared = markup.startswith(("<!", "<?"), start)
        return (_after(markup, ">", start) if declared else start + 1), False
    tag = found[2].lower()
    end = _after(markup, ">", start)
    if not found[1] and tag in _RAW:
        end = _after(markup, ">", _find_close(markup, tag, end))
    return end, tag in BLOCKS


def _find_close(markup: str, tag: str, start: int) -> int:
    found = re.compile(f"</{tag}", re.IGNORECASE).search(markup, start)
    return len(markup) if found is None else found.start()


def _after(markup: str, mark: str, start: int) -> int:
    end = markup.find(mark, start)
    return len(markup) if end < 0 else end + len(mark)
