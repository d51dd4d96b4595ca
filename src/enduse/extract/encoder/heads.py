"""The small layers above the encoder: anchors, frames, roles and details, in numpy.

In: states of words, the trained weights, and what runs the layers in which words look at each other
to find roles. Out: chances. Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
SURELY = np.float32(1e4)  # more than any logit
MOST = 128  # words that are looked at for the roles of a claim


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


def _likeliest(chances: Floats) -> NDArray[np.int64]:
    """Return which words are the MOST likeliest, in order of the text."""
    if len(chances) <= MOST:
        return np.arange(len(chances))
    return np.sort(np.argpartition(chances, -MOST)[-MOST:])


class Heads:
    """The layers, over arrays by the names they were trained under."""

    def __init__(self, arrays: Mapping[str, Floats], look: Callable[[Floats], Floats]) -> None:
        """Keep the arrays, those of linear layers turned as products want them.

        `look` gives the chances of roles, K x R x 3, of words as one claim sees them, K x P.
        """
        self._look = look
        self._biases = {name: a for name, a in arrays.items() if name.endswith(".bias")}
        self._turned = {
            name: np.ascontiguousarray(arrays[f"{name}.weight"].T)
            for name in (bias.removesuffix(".bias") for bias in self._biases)
        }
        self._near, self._same = arrays["near.weight"], arrays["same.weight"]
        self._kinds = arrays["kind.weight"]

    def _linear(self, name: str, x: Floats) -> Floats:
        return np.asarray(x @ self._turned[name] + self._biases[f"{name}.bias"], np.float32)

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
        frames: NDArray[np.int64],
    ) -> Floats:
        """Return, C x W x R x 3, the chance that a word is outside, first or inside of a role.

        For each claim only the MOST words that may matter to it look at each other: those of its
        sentence and those likeliest to fill a role of any claim. The others are outside.

        Args:
            words: the states of a window's words, W x H.
            sentences: the sentence of each word.
            spans: the anchor of each claim: its first word, and the one after its last.
            frames: the frame of each claim.
        """
        left = self._linear("left", self.states(words, spans)) + self._kinds[frames]
        right = self._linear("right", words)
        fillers = self._linear("filler", words)[:, 0]
        found = np.zeros((len(spans), len(words), len(ROLES), 3), np.float32)
        found[..., 0] = 1
        for c, own in enumerate(left):  # one by one: what is in hand stays in the nearest memory
            first = spans[c, 0]
            same = (sentences == sentences[first]).astype(np.int64)
            chosen = _likeliest(fillers + SURELY * same)
            near = self._near[bucket(chosen - first)]
            found[c, chosen] = self._look(right[chosen] + own + near + self._same[same[chosen]])
        return found

    def details(self, states: Floats, frames: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
        """Return the likeliest status, certainty, polarity and medium of each anchor's frame."""
        joined = np.concatenate([states, self._kinds[frames]], -1)
        logits = self._linear("detail.3", gelu(self._linear("detail.0", joined)))
        cuts = np.cumsum([len(STATUS), len(CERTAINTY), len(POLARITY)])
        return tuple(part.argmax(-1) for part in np.split(logits, cuts, -1))
