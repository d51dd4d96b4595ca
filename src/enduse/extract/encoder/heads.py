"""The small layers above the encoder: anchors, frames, roles and details, in numpy.

In: states of words, the trained weights. Out: chances. Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enduse.extract.encoder.labels import (
    ANCHORS,
    CERTAINTY,
    POLARITY,
    ROLES,
    STATUS,
)

Floats = NDArray[np.float32]
_EXACT, _FAR = 5, 11  # words of distance told apart one by one; the last bucket
_BACK = 12


def gelu(x: Floats) -> Floats:
    """Return the Gaussian error linear unit, by its tanh form (off by 0.001 at most)."""
    inner = np.float32(0.7978845608) * (x + np.float32(0.044715) * (x * x * x))
    return np.asarray(np.float32(0.5) * x * (np.float32(1) + np.tanh(inner)), np.float32)


def softmax(x: Floats) -> Floats:
    """Return chances over the last axis."""
    raised = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), np.float32)


def bucket(distance: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return which of 24 classes a distance in words falls into: exact to 5, then by doubling."""
    size = np.abs(distance).astype(np.float32)
    far = _EXACT + np.log2(np.maximum(size, _EXACT) / _EXACT) * 1.5
    found = np.minimum(np.where(size <= _EXACT, size, far), _FAR).astype(np.int64)
    return np.where(distance >= 0, found, found + _BACK)


@dataclass(frozen=True)
class Heads:
    """The layers, over arrays by the names they were trained under."""

    arrays: Mapping[str, Floats]

    def _linear(self, name: str, x: Floats) -> Floats:
        return np.asarray(
            x @ self.arrays[f"{name}.weight"].T + self.arrays[f"{name}.bias"], np.float32
        )

    def anchors(self, words: Floats) -> Floats:
        """Return, W x 4 x 3, the chance that a word is outside, first or inside of an anchor."""
        return softmax(self._linear("anchor", words).reshape(-1, len(ANCHORS), 3))

    def states(self, words: Floats, spans: NDArray[np.int64]) -> Floats:
        """Return, A x 2H, what is known of each anchor: its first word and its last."""
        return np.concatenate([words[spans[:, 0]], words[spans[:, 1] - 1]], -1)

    def frames(self, states: Floats) -> Floats:
        """Return, A x F, the chance that an anchor has a frame."""
        logits = self._linear("frame.3", gelu(self._linear("frame.0", states)))
        return np.asarray(1 / (1 + np.exp(-logits)), np.float32)

    def roles(
        self,
        words: Floats,
        sentences: NDArray[np.int64],
        spans: NDArray[np.int64],
        states: Floats,
    ) -> Floats:
        """Return, A x W x R x 3, the chance that a word is outside, first or inside of a role."""
        at = np.arange(len(words))
        gap = at[None, :] - spans[:, :1]
        same = (sentences[None, :] == sentences[spans[:, 0]][:, None]).astype(np.int64)
        mixed = (
            self._linear("left", states)[:, None]
            + self._linear("right", words)[None]
            + self.arrays["near.weight"][bucket(gap)]
            + self.arrays["same.weight"][same]
        )
        deep = gelu(self._linear("mixed.2", gelu(mixed)))
        return softmax(self._linear("role", deep).reshape(*gap.shape, len(ROLES), 3))

    def details(self, state: Floats, frame: int) -> tuple[Floats, Floats, Floats, Floats]:
        """Return the chances of status, certainty, polarity and medium for an anchor's frame."""
        joined = np.concatenate([state, self.arrays["kind.weight"][frame]])
        logits = self._linear("detail.3", gelu(self._linear("detail.0", joined[None])))[0]
        cuts = np.cumsum([len(STATUS), len(CERTAINTY), len(POLARITY)])
        status, certainty, polarity, medium = np.split(logits, cuts)
        return softmax(status), softmax(certainty), softmax(polarity), softmax(medium)
