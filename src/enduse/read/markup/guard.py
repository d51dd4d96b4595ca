"""Whether a page's markup can be built into a tree in reasonable time.

In: the markup. Out: whether it is costly. Refused: nothing.

Building the tree looks back over the open elements at each tag, copies unclosed formatting
elements into each new block, and compares each attribute of a tag with all others of it. So a page
made for it takes hours: the cost grows with the square of its size, and the builder cannot be
stopped. No page made for reading comes near the limits; one that does is read flat, without its
structure: see `enduse.read.markup.flat`.

The estimate takes markup apart by the tokeniser's rules of the HTML standard (13.2.5), and keeps a
list of open elements that is never shorter than the builder's, but for markup made to deceive it.
"""

from __future__ import annotations

import re

from enduse.read.markup.elements import FORMATTING, IMPLIED, RAW, SCOPES, VOID

_SMALL = 2800  # tags; below, no markup can pass the limits on steps and copies
_SHORT = 100_000  # characters; below, attributes cannot cost much
_MOST_TAGS = 200_000  # more take too long to walk
_MOST_STEPS = 50_000_000  # looks back over open elements: a fifth of a second
_MOST_COPIES = 2_000_000  # copies of formatting elements: two seconds
_MOST_ATTRIBUTES = 2000  # of one tag
_MOST_ROOTS = 20  # tags for the page or its body; each adds its attributes to the first
_LOOK_BACK = 8  # open elements that a closing tag may close beside its own
_LONG_TAG = 2 * _MOST_ATTRIBUTES

_ATTRIBUTE = (
    r"=?[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?)?|="
)
_TAG_REST = rf"((?:[\s/]++|{_ATTRIBUTE})*+)(?:>|\Z)"
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<({'|'.join(sorted(RAW))})(?=[\s/>]){_TAG_REST}(?:.*?(?=</\1[\s/>])|.*)"
    rf"|<(/?)([a-z][^\s/>]*+){_TAG_REST}",
    re.IGNORECASE | re.DOTALL,
)
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)


def is_costly(markup: str) -> bool:
    """Return whether a tree of the markup would take too long to build.

    >>> is_costly("<div>" * 100_000), is_costly("<p>One<p>Two")
    (True, False)
    """
    count = markup.count("<")
    if count <= _SMALL and len(markup) <= _SHORT:
        return False
    return count > _MOST_TAGS or _Cost().exceeds(markup)


class _Cost:
    """Adds up what the tree of a page would cost, tag by tag."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._formats = 0
        self._roots = 0
        self._steps = 0
        self._copies = 0

    def exceeds(self, markup: str) -> bool:
        """Return whether a limit is passed."""
        for found in _TOKEN.finditer(markup):
            rest = found[2] or found[5]
            if rest is not None and len(rest) > _LONG_TAG and _has_many(rest):
                return True
            if found[4] is not None:
                self._add(found[4].lower(), closing=found[3] == "/")
            if (
                self._steps > _MOST_STEPS
                or self._copies > _MOST_COPIES
                or self._roots > _MOST_ROOTS
            ):
                return True
        return False

    def _add(self, tag: str, *, closing: bool) -> None:
        if closing:
            self._close(tag)
        elif tag not in VOID and tag not in IMPLIED:
            self._open.append(tag)
            self._formats += tag in FORMATTING
        self._roots += tag in ("html", "body")
        self._steps += len(self._open)
        self._copies += self._formats

    def _close(self, tag: str) -> None:
        """Close the element if it is among the last, and nothing it may not reach past is open.

        Formatting elements that another's closing tag closes stay to be copied.
        """
        for back in range(1, min(len(self._open), _LOOK_BACK) + 1):
            name = self._open[-back]
            if name == tag:
                del self._open[-back:]
                self._formats -= tag in FORMATTING
                return
            if name in SCOPES:
                return


def _has_many(attributes: str) -> bool:
    return len(_ONE_ATTRIBUTE.findall(attributes)) > _MOST_ATTRIBUTES
