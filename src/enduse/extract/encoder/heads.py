"""The small layers above the encoder: anchors, frames, roles and details, in numpy.

In: states of words, the trained weights. Out: chances. Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

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


def gelu_within(x: Floats, room: Floats) -> Floats:
    """Return the same in the place of `x`; `room`, of its shape, is written over."""
    np.multiply(x, x, out=room)
    room *= x
    room *= np.float32(0.044715)
    room += x
    room *= np.float32(0.7978845608)
    np.tanh(room, out=room)
    room += np.float32(1)
    x *= np.float32(0.5)
    x *= room
    return x


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


class Heads:
    """The layers, over arrays by the names they were trained under."""

    def __init__(self, arrays: Mapping[str, Floats]) -> None:
        """Keep the arrays, those of linear layers turned as products want them."""
        self._biases = {name: a for name, a in arrays.items() if name.endswith(".bias")}
        self._turned = {
            name: np.ascontiguousarray(arrays[f"{name}.weight"].T)
            for name in (bias.removesuffix(".bias") for bias in self._biases)
        }
        self._near, self._same = arrays["near.weight"], arrays["same.weight"]
        self._kinds = arrays["kind.weight"]
        self._role = _planes(arrays["role.weight"]), _planes(arrays["role.bias"])[:, None]

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
        states: Floats,
    ) -> Floats:
        """Return, A x 3 x R x W, the chance that a word is outside, first or inside of a role.

        One anchor after the other, in the same room: what is in hand stays in the nearest memory.
        """
        near = bucket(np.arange(len(words))[None, :] - spans[:, :1])
        same = (sentences[None, :] == sentences[spans[:, 0]][:, None]).astype(np.int64)
        left, right = self._linear("left", states), self._linear("right", words)
        weight, bias = self._role
        out = np.empty((len(spans), len(bias), len(words)), np.float32)
        mixed, room = np.empty_like(right), np.empty_like(right)
        for a, own in enumerate(left):
            np.add(right, own, out=mixed)
            mixed += np.take(self._near, near[a], 0, out=room, mode="clip")
            mixed += np.take(self._same, same[a], 0, out=room, mode="clip")
            np.matmul(gelu_within(mixed, room), self._turned["mixed.2"], out=room)
            room += self._biases["mixed.2.bias"]
            np.matmul(weight, gelu_within(room, mixed).T, out=out[a])
        out += bias
        return _chances(out.reshape(len(spans), 3, len(ROLES), len(words)))

    def details(self, states: Floats, frames: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
        """Return the likeliest status, certainty, polarity and medium of each anchor's frame."""
        joined = np.concatenate([states, self._kinds[frames]], -1)
        logits = self._linear("detail.3", gelu(self._linear("detail.0", joined)))
        cuts = np.cumsum([len(STATUS), len(CERTAINTY), len(POLARITY)])
        return tuple(part.argmax(-1) for part in np.split(logits, cuts, -1))


def _planes(rows: Floats) -> Floats:
    """Return a role's three rows apart: R x 3 in a row to 3 x R in a row."""
    apart = rows.reshape(len(ROLES), 3, -1).swapaxes(0, 1)
    return np.ascontiguousarray(apart.reshape(rows.shape))


def _chances(planes: Floats) -> Floats:
    """Return the softmax over the second axis, in place; it is short, so one plane at a time."""
    planes -= planes.max(1, keepdims=True)
    np.exp(planes, out=planes)
    planes /= (planes[:, 0] + planes[:, 1] + planes[:, 2])[:, None]
    return planes
