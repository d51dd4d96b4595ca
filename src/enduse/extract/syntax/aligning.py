"""A tree laid over the chunks of the same sentence: which word of one is which chunk of the other.

In: tokens and chunks of the rules, a tree of the network. Out: numbers from one to the other.
Refused: nothing; a word that no chunk covers has number -1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from enduse.extract.grammar import View
from enduse.extract.syntax.trees import Tree

_LONGEST = 60  # links of a list
_NAMES = frozenset({"name", "people", "group"})


@dataclass(frozen=True, slots=True)
class Aligned:
    """A tree with, for each of its words, the token and the chunk that hold it.

    Attributes:
        last_word: of each token, its last word of the tree, -1 for none.
    """

    tree: Tree
    view: View
    token: tuple[int, ...]
    chunk: tuple[int, ...]
    last_word: tuple[int, ...]

    def low(self, word: int) -> str:
        """Return the text of the token that holds a word, small and with single blanks."""
        return " ".join(self.view.tokens[self.token[word]].low.split())

    def phrases(self, words: Iterable[int]) -> tuple[int, ...]:
        """Return the chunks of words that stand in noun phrases, each once, in their order."""
        found = (self.chunk[word] for word in words)
        return tuple(dict.fromkeys(at for at in found if self.view.tag(at) == "N"))

    def row(self, word: int) -> Iterator[int]:
        """Yield a word and those coordinated with it: "rifles, mortars and shells"."""
        at, left = [word], _LONGEST
        while at and left:
            one = at.pop(0)
            yield self.own_name(one)
            at += self.tree.under(one, "conj")
            left -= 1

    def own_name(self, word: int) -> int:
        """Return the proper name in apposition to a common noun ("the gunner, Ivan Petrov")."""
        if not self.tree.tags[word].startswith("NN") or self.tree.tags[word].startswith("NNP"):
            return word
        for name in self.tree.under(word, "appos"):
            phrase = self.view.phrase(self.chunk[name])
            proper = self.tree.tags[name].startswith("NNP") and phrase is not None
            if proper and phrase is not None and phrase.kind in _NAMES:
                return name
        return word


def align(view: View, tree: Tree) -> Aligned:
    """Return the tree aligned with the tokens and chunks by their offsets."""
    tokens = view.tokens
    chunk_of = [-1] * len(tokens)
    for at, chunk in enumerate(view.chunks):
        for i in range(chunk.first, chunk.last):
            chunk_of[i] = at
    token: list[int] = []
    last_word = [-1] * len(tokens)
    i = 0
    for number, word in enumerate(tree.words):
        while i < len(tokens) - 1 and tokens[i].end <= word.start:
            i += 1
        token.append(i)
        last_word[i] = number
    chunks = tuple(chunk_of[i] for i in token)
    return Aligned(tree, view, tuple(token), chunks, tuple(last_word))
