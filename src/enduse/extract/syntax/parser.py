"""The whole parser: sentences in, trees out, in batches.

In: a text and the offsets of sentences. Out: a tree for each, None for one that is too long to be
a sentence. Refused: nothing; without the weights there is no parser (`load_parser`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from enduse.errors import DataError
from enduse.extract.syntax import decoding
from enduse.extract.syntax.encoding import PADS, SEEDS, WIDTH, Encoder, Floats, feature_keys
from enduse.extract.syntax.splitting import Splitter, Word
from enduse.extract.syntax.trees import Entity, Tree, children_of, raise_arcs
from enduse.reference.weights import load_weights, norm_table

LONGEST = 200  # words: longer stretches are lists and tables
BATCH = 500  # words whose vectors are computed together
_REMEMBERED = 40_000  # spellings
_PAD = Word(0, 0, "", "")
Offsets = tuple[int, int]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Scores:
    """The layers over a decoder's state, with its classes."""

    lower: Floats
    empty: Floats
    bias: Floats
    upper: Floats
    moves: Ints
    labels: Ints
    names: tuple[str, ...]

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any], plain: Mapping[str, Any], name: str) -> Scores:
        """Return the score layers of the network of that name."""
        lower = arrays[f"{name}.lower"].astype(np.float32)
        places = lower.shape[0]
        classes = plain["moves"][name]
        names = tuple(dict.fromkeys(label for _, label in classes if label))
        numbers = {label: number for number, label in enumerate(names, start=1)}
        upper, bias = arrays[f"{name}.upper"], arrays[f"{name}.upper_bias"]
        return cls(
            np.ascontiguousarray(lower.reshape(-1, lower.shape[-1]).T),
            arrays[f"{name}.pad"].astype(np.float32).reshape(places, -1),
            arrays[f"{name}.lower_bias"].astype(np.float32).reshape(-1),
            np.concatenate([upper, bias[:, None]], axis=1).astype(np.float32),
            np.array([move for move, _ in classes], dtype=np.int32),
            np.array([numbers.get(label, 0) for _, label in classes], dtype=np.int32),
            names,
        )

    def parts(self, rows: Floats) -> Floats:
        """Return what each word gives to each place: (n, 96) to (n + 1, places, 2 * hidden)."""
        places, width = self.empty.shape
        out = np.empty((len(rows) + 1, places, width), dtype=np.float32)
        np.matmul(rows, self.lower, out=out[:-1].reshape(len(rows), -1))
        out[-1] = self.empty
        return out


@dataclass(slots=True)
class Parser:
    """The networks of the parser and the vectors of the spellings seen so far."""

    splitter: Splitter
    norms: Mapping[str, str]
    networks: tuple[Encoder, ...]
    tag_weights: Floats
    tag_bias: Floats
    tags: tuple[str, ...]
    tree_scores: Scores
    entity_scores: Scores | None
    threads: ThreadpoolController = field(default_factory=ThreadpoolController)
    known: dict[tuple[str, str], int] = field(default_factory=dict)
    table: list[Floats] = field(default_factory=list)

    def parse(self, text: str, sentences: Sequence[Offsets]) -> Iterator[Tree | None]:
        """Yield the tree of each sentence, None where it is longer than LONGEST words."""
        batch: list[tuple[Word, ...]] = []
        size = 0
        for start, end in sentences:
            batch.append(tuple(self.splitter.split(text, start, end)))
            size += len(batch[-1])
            if size >= BATCH:
                yield from self.parse_words(batch)
                batch, size = [], 0
        yield from self.parse_words(batch)

    def parse_words(self, sentences: Sequence[tuple[Word, ...]]) -> Iterator[Tree | None]:
        """Yield the trees of sentences given as words."""
        fit = [words for words in sentences if 0 < len(words) <= LONGEST]
        trees = iter(self._read(fit))
        for words in sentences:
            yield next(trees) if 0 < len(words) <= LONGEST else None

    def _read(self, sentences: Sequence[tuple[Word, ...]]) -> list[Tree]:
        if not sentences:
            return []
        with self.threads.limit(limits=1):  # the products are small; threads would only wait
            rows, starts = self._rows(sentences)
            vectors = [
                network.encode(table[rows])
                for network, table in zip(self.networks, self.table, strict=True)
            ]
            tags = (vectors[0] @ self.tag_weights + self.tag_bias).argmax(axis=1)
            spans = [
                slice(at, at + len(words)) for words, at in zip(sentences, starts, strict=True)
            ]
            return [
                self._decode(words, tags[span], [one[span] for one in vectors[1:]])
                for words, span in zip(sentences, spans, strict=True)
            ]

    def _decode(
        self, words: tuple[Word, ...], tags: NDArray[np.int64], vectors: Sequence[Floats]
    ) -> Tree:
        scores = self.tree_scores
        facts = decoding.parse(
            scores.parts(vectors[0]), scores.bias, scores.upper, scores.moves, scores.labels
        )
        heads = (facts[:, decoding.HEAD] + np.arange(len(words))).tolist()
        roots = facts[:, decoding.HEAD] == 0
        starts = facts[:, decoding.START].copy()
        starts[facts[roots, decoding.FIRST]] = 1
        labels = [
            "ROOT" if heads[i] == i else scores.names[number - 1]
            for i, number in enumerate(facts[:, decoding.LABEL].tolist())
        ]
        raise_arcs(heads, labels)
        entities = self._name(vectors[1], starts) if self.entity_scores else ()
        classes = tuple(self.tags[tag] for tag in tags.tolist())
        return Tree(words, classes, tuple(heads), tuple(labels), children_of(heads), entities)

    def _name(self, rows: Floats, starts: Ints) -> tuple[Entity, ...]:
        scores = self.entity_scores
        if scores is None:
            return ()
        found = decoding.name(
            scores.parts(rows), scores.bias, scores.upper, scores.moves, scores.labels, starts
        )
        return tuple(Entity(a, b, scores.names[label - 1]) for a, b, label in found.tolist())

    def _rows(self, sentences: Sequence[tuple[Word, ...]]) -> tuple[NDArray[np.int64], list[int]]:
        """Return the table's row of every word, empty words between sentences, and their starts."""
        if len(self.known) > _REMEMBERED or not self.known:
            self.known.clear()
            self.table = [np.zeros((0, WIDTH), dtype=np.float32) for _ in self.networks]
            self._learn([_PAD])
        new = {_key(word): word for words in sentences for word in words}
        self._learn([word for key, word in new.items() if key not in self.known])
        rows = [0] * PADS
        starts = []
        for words in sentences:
            starts.append(len(rows))
            rows += [self.known[_key(word)] for word in words]
            rows += [0] * PADS
        return np.array(rows), starts

    def _learn(self, words: Sequence[Word]) -> None:
        """Add the vectors of new spellings to the table."""
        if not words:
            return
        if words[0] is _PAD:
            keys = np.zeros((1, len(SEEDS)), dtype=np.uint64)
        else:
            keys = feature_keys(words, self.norms)
        for word in words:
            self.known[_key(word)] = len(self.known)
        for place, network in enumerate(self.networks):
            if len(self.known) > len(self.table[place]):  # doubled: copied seldom, not each time
                room = np.zeros((2 * len(self.known), WIDTH), dtype=np.float32)
                room[: len(self.table[place])] = self.table[place]
                self.table[place] = room
            self.table[place][len(self.known) - len(words) : len(self.known)] = network.embed(keys)


def _key(word: Word) -> tuple[str, str]:
    return word.text, word.norm


@cache
def load_parser(*, names: bool = False) -> Parser | None:
    """Return the parser, None where its weights were not installed.

    Args:
        names: whether its trees tell names, too, which costs a third more.
    """
    try:
        arrays, plain = load_weights()
    except (OSError, DataError):
        return None
    return Parser(
        Splitter.from_rules(plain["tokenizer"]),
        norm_table(),
        tuple(
            Encoder.from_arrays(arrays, name)
            for name in ("tagger", "parser", *(("ner",) if names else ()))
        ),
        np.ascontiguousarray(arrays["tagger.upper"].astype(np.float32).T),
        arrays["tagger.upper_bias"].astype(np.float32),
        tuple(plain["tags"]),
        Scores.from_arrays(arrays, plain, "parser"),
        Scores.from_arrays(arrays, plain, "ner") if names else None,
    )
