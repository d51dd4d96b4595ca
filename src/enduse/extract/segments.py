"""The stretches of a document that are read, cut into sentences of bounded length.

In: a document with its sections. Out: (start, end, paragraph) in order. Refused: navigation,
donation, licence and source-line sections.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from enduse.model.document import Document, SectionKind
from enduse.text.sentences import split_sentences

_READ = frozenset({SectionKind.TITLE, SectionKind.BODY, SectionKind.CAPTION})
MOST = 150_000  # code points of one "sentence"
_LONGEST = 1500  # no sentence of a real text is longer; beyond it, work would not stay linear
_GLUED = re.compile(r"(?<=[a-z0-9)\]”\"'’][.?!])(?=[“\"]?[A-Z][a-z])|(?<=[.?!][”\"])(?=[A-Z][a-z])")


def find_segments(
    document: Document, unread: list[tuple[int, int]] | None = None
) -> Iterator[tuple[int, int, int]]:
    """Yield the sentences to read, with the number of their paragraph.

    What stands beyond MOST code points of one sentence is no prose; `unread` gets its offsets.
    """
    paragraph = 0
    text = document.text
    last_end = 0
    for first, last in read_ranges(document):
        for start, end in _inner_sentences(text[first:last], document.language):
            stop = min(end, start + MOST)
            if stop < end and unread is not None:
                unread.append((first + stop, first + end))
            for a, b in _cut(text, first + start, first + stop):
                if text.count("\n\n", last_end, a) or text.count("\n", last_end, a) > 1:
                    paragraph += 1
                last_end = b
                yield a, b, paragraph


# Quotation marks and brackets hide the sentences inside them from the splitter, and a wide blank
# after an initial ("A.\u00a0") makes it fail.
_WIDE = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_MARKS = str.maketrans(dict.fromkeys('"“”[]' + _WIDE, " "))
_CLOSING = re.compile(r"[\"”\])]+")


def _inner_sentences(text: str, language: str | None) -> Iterator[tuple[int, int]]:
    """Yield the sentences, those inside quotation marks and brackets each on its own."""
    at = 0
    for start, end in split_sentences(text.translate(_MARKS), language):
        closing = _CLOSING.match(text, end)
        first = at + len(text[at:start]) - len(text[at:start].lstrip())
        at = closing.end() if closing else end
        yield min(first, start), at


def read_ranges(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the stretches that are read: text outside every section is body."""
    at = 0
    for section in document.sections:
        if section.kind in _READ:
            continue
        if at < section.start:
            yield at, section.start
        at = max(at, section.end)
    if at < len(document.text):
        yield at, len(document.text)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence in parts: at glued sentence ends ("left.He"), and at the length cap."""
    bounds = [start, *(m.start() for m in _GLUED.finditer(text, start, end)), end]
    for first, last in itertools.pairwise(bounds):
        yield from _cap(text, first, last)


def _cap(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while end - at > _LONGEST:
        blank = text.rfind(" ", at + _LONGEST // 2, at + _LONGEST)
        stop = blank if blank > at else at + _LONGEST
        yield at, stop
        at = stop
    if text[at:end].strip():
        yield at, end
