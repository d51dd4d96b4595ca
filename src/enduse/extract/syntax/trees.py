"""A parsed sentence: words with classes, heads and labels, and the names found in it.

In: what the decoders found. Out: a tree that can be walked. Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enduse.extract.syntax.splitting import Word

DELIMITER = "||"


@dataclass(frozen=True, slots=True)
class Entity:
    """A name: its words, first to last (not included), and its sort (ORG, GPE, DATE …)."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence as the network reads it.

    Attributes:
        words: in order, with code points of the document.
        tags: classes of the Penn Treebank.
        heads: the word each depends on, itself for a root.
        labels: of the arc to the head (ClearNLP's set: nsubj, dobj, pobj …), ROOT for a root.
        children: of each word, in order.
        entities: in order.
    """

    words: tuple[Word, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    children: tuple[tuple[int, ...], ...]
    entities: tuple[Entity, ...]

    def under(self, at: int, *labels: str) -> Iterator[int]:
        """Yield the children of a word that carry one of the labels."""
        return (child for child in self.children[at] if self.labels[child] in labels)


def raise_arcs(heads: list[int], labels: list[str]) -> None:
    """Give crossing arcs their true heads back.

    The decoder cannot cross arcs; such a word hangs higher up with a label "own||head's", and its
    head is the first word below that carries the second label (Nivre and Nilsson 2005).
    """
    for i, label in enumerate(labels):
        if DELIMITER in label:
            own, _, wanted = label.partition(DELIMITER)
            heads[i] = _find_below(heads, labels, i, wanted)
            labels[i] = own


def _find_below(heads: Sequence[int], labels: Sequence[str], word: int, wanted: str) -> int:
    below = children_of(heads)
    row = [heads[word]]
    while row:
        after: list[int] = []
        for one in row:
            for child in below[one]:
                if child == word:
                    continue
                if labels[child] == wanted:
                    return child
                after.append(child)
        row = after
    return heads[word]


def children_of(heads: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return the children of each word, in order.

    >>> children_of([1, 1, 1])
    ((), (0, 2), ())
    """
    below: list[list[int]] = [[] for _ in heads]
    for child, head in enumerate(heads):
        if child != head:
            below[head].append(child)
    return tuple(tuple(row) for row in below)
