"""From words to vectors: hashed embeddings, then four layers that look at the neighbours.

In: words and one network's weights. Out: a row of 96 numbers for each word. Refused: nothing; a
word never seen still has a prefix, a suffix and a shape.

The embedding of a word depends on its spelling alone, so it is computed once and remembered; per
word of running text only the window layers are left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enduse.extract.syntax.hashing import hash_rows, hash_string
from enduse.extract.syntax.splitting import Word

Floats = NDArray[np.float32]
SEEDS = (14, 15, 16, 17)  # of norm, prefix, suffix and shape, as trained
DEPTH = 4
PADS = 4  # empty words between sentences: the layers see four words to either side
WIDTH = 96
BLOCK = 16  # rows
_SMALL = np.float32(1e-8)
_LONG_WORD = 100
_RUN = 4


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights of a maxout layer: three pieces side by side, then its normalisation."""

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats

    def run(self, rows: Floats) -> Floats:
        """Return the normalised maximum of the pieces: (n, inputs) to (n, 96)."""
        pieces: Floats = rows @ self.weights
        pieces += self.bias
        best: Floats = np.maximum(pieces[:, :WIDTH], pieces[:, WIDTH : 2 * WIDTH])
        np.maximum(best, pieces[:, 2 * WIDTH :], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", best, best) / np.float32(WIDTH)
        best *= (1 / np.sqrt(spread + _SMALL))[:, None]
        best *= self.gain
        best += self.shift
        return best


@dataclass(frozen=True, slots=True)
class Encoder:
    """One network's embeddings and layers."""

    tables: tuple[Floats, ...]
    mix: Layer
    layers: tuple[Layer, ...]

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> Encoder:
        """Return the encoder of the network of that name."""
        tables = tuple(arrays[f"{name}.embed{seed}"].astype(np.float32) for seed in SEEDS)
        mix, *layers = (_read_layer(arrays, name, depth) for depth in range(DEPTH + 1))
        return cls(tables, mix, tuple(layers))

    def embed(self, keys: NDArray[np.uint64]) -> Floats:
        """Return the vectors of words given by the keys of their features: (n, 4) to (n, 96).

        The rows are filled up to whole blocks: a product's last odd rows are summed in another
        order, and a word's vector must not depend on the words that it is learnt with.
        """
        size = len(keys)
        keys = np.pad(keys, ((0, -size % BLOCK), (0, 0)))
        parts = [
            table[hash_rows(keys[:, column], SEEDS[column], len(table))].sum(axis=1)
            for column, table in enumerate(self.tables)
        ]
        return self.mix.run(np.concatenate(parts, axis=1))[:size]

    def encode(self, rows: Floats) -> Floats:
        """Return the vectors after they have seen their neighbours."""
        wide = np.zeros((len(rows), 3 * WIDTH), dtype=np.float32)
        for layer in self.layers:
            wide[1:, :WIDTH] = rows[:-1]
            wide[:, WIDTH : 2 * WIDTH] = rows
            wide[:-1, 2 * WIDTH :] = rows[1:]
            rows = rows + layer.run(wide)
        return rows


def _read_layer(arrays: Mapping[str, NDArray[Any]], name: str, depth: int) -> Layer:
    weights = arrays[f"{name}.mix{depth}"].astype(np.float32)
    pieces = weights.transpose(2, 1, 0).reshape(weights.shape[2], -1)
    bias = arrays[f"{name}.mix_bias{depth}"].astype(np.float32).T.reshape(-1)
    gain = arrays[f"{name}.gain{depth}"].astype(np.float32)
    shift = arrays[f"{name}.shift{depth}"].astype(np.float32)
    return Layer(np.ascontiguousarray(pieces), bias, gain, shift)


def feature_keys(words: Sequence[Word], norms: Mapping[str, str]) -> NDArray[np.uint64]:
    """Return the keys of norm, prefix, suffix and shape: (n, 4)."""
    rows = [
        (
            hash_string(word.norm or norms.get(word.text) or word.text.lower()),
            hash_string(word.text[0]),
            hash_string(word.text[-3:]),
            hash_string("".join(shape_of(word.text))),
        )
        for word in words
    ]
    return np.array(rows, dtype=np.uint64).reshape(-1, len(SEEDS))


def shape_of(text: str) -> Iterator[str]:
    """Yield the marks of a word's shape, no run longer than four.

    >>> "".join(shape_of("Kornet-E90000"))
    'Xxxxx-Xdddd'
    """
    if len(text) >= _LONG_WORD:
        yield "LONG"
        return
    last, run = "", 0
    for letter in text:
        if letter.isalpha():
            mark = "X" if letter.isupper() else "x"
        else:
            mark = "d" if letter.isdigit() else letter
        run = run + 1 if mark == last else 0
        last = mark
        if run < _RUN:
            yield mark
