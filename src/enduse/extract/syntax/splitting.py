"""Words as the network was taught to see them: hyphens and contractions stand apart.

In: a text's offsets and the rules of the weights' file. Out: words with offsets and normal forms.
Refused: white space is no word.

The rules are spaCy's for English: prefixes, suffixes and infixes by regular expression, around a
table of special chunks ("don't", "U.S."). A chunk's parts are remembered, since most come again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_CHUNK = re.compile(r"\S+")
_LONGEST = 120  # a longer chunk is no word; its rules could take quadratic time
_REMEMBERED = 50_000
Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word: code points of the text, as written, normal form ("" where it is the lower case)."""

    start: int
    end: int
    text: str
    norm: str


@dataclass(slots=True)
class Splitter:
    """The compiled rules, with the chunks seen so far."""

    special: Mapping[str, tuple[Part, ...]]
    prefix: re.Pattern[str]
    suffix: re.Pattern[str]
    infix: re.Pattern[str]
    whole: re.Pattern[str]
    seen: dict[str, tuple[Part, ...]] = field(default_factory=dict)

    @classmethod
    def from_rules(cls, rules: Mapping[str, Any]) -> Splitter:
        """Return a splitter by the rules of the weights' file."""
        special = {
            chunk: tuple((text, norm) for text, norm in parts)
            for chunk, parts in rules["special"].items()
        }
        return cls(
            special,
            re.compile(rules["prefix_search"]),
            re.compile(rules["suffix_search"]),
            re.compile(rules["infix_finditer"]),
            re.compile(rules["token_match"]),
        )

    def split(self, text: str, start: int, end: int) -> Iterator[Word]:
        """Yield the words between two offsets."""
        for found in _CHUNK.finditer(text, start, end):
            at = found.start()
            for part, norm in self._parts(found.group()):
                yield Word(at, at + len(part), part, norm)
                at += len(part)

    def _parts(self, chunk: str) -> tuple[Part, ...]:
        known = self.special.get(chunk) or self.seen.get(chunk)
        if known is None:
            known = tuple(self._cut(chunk)) if len(chunk) <= _LONGEST else ((chunk, ""),)
            if len(self.seen) >= _REMEMBERED:
                self.seen.clear()
            self.seen[chunk] = known
        return known

    def _cut(self, chunk: str) -> Iterator[Part]:
        middle, before, after = self._peel(chunk)
        yield from ((part, "") for part in before)
        if middle in self.special:
            yield from self.special[middle]
        elif middle and self.whole.match(middle):
            yield middle, ""
        elif middle:
            yield from self._cut_inside(middle)
        yield from ((part, "") for part in reversed(after))

    def _peel(self, chunk: str) -> tuple[str, list[str], list[str]]:
        """Return the chunk without prefixes and suffixes, and these, outermost first."""
        before: list[str] = []
        after: list[str] = []
        size = 0
        while chunk and len(chunk) != size:
            if self.whole.match(chunk) or chunk in self.special:
                break
            size = len(chunk)
            head, tail = self.prefix.search(chunk), self.suffix.search(chunk)
            first = len(head.group()) if head else 0
            last = len(tail.group()) if tail else 0
            if first and chunk[first:] in self.special:
                last = 0
            elif (last and chunk[:-last] in self.special) or first + last > size:
                first = 0 if last and chunk[:-last] in self.special else first
                last = 0 if first else last
            if first:
                before.append(chunk[:first])
            if last:
                after.append(chunk[size - last :])
            chunk = chunk[first : size - last]
        return chunk, before, after

    def _cut_inside(self, chunk: str) -> Iterator[Part]:
        at = 0
        for found in self.infix.finditer(chunk):
            if found.start() == 0:
                continue
            if found.start() > at:
                yield chunk[at : found.start()], ""
            if found.group():
                yield found.group(), ""
            at = found.end()
        if at < len(chunk):
            yield chunk[at:], ""
