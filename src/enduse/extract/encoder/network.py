"""The trained encoder: states of words, by onnxruntime, on one thread.

In: windows. Out: for each, the states of its words. Refused: weights of another layout.

Which text it was trained on, by which command, and how well it reads is in the model card,
docs/reference/encoder.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import onnxruntime as ort
from threadpoolctl import ThreadpoolController

from enduse.extract.encoder.heads import Floats, Heads
from enduse.extract.encoder.windows import Window
from enduse.extract.encoder.wording import Pieces
from enduse.reference.sources import DATA

FOLDER = DATA / "encoder"
_TOGETHER = 1024  # pieces that go through the layers in one go
_SORTED = 64  # windows among which those of like length are put together


class Network:
    """The encoder, its vocabulary and its heads. It keeps nothing between calls but spellings."""

    def __init__(self, session: ort.InferenceSession, heads: Heads, pieces: Pieces) -> None:
        """Keep the parts; see load_network."""
        self._session = session
        self.heads = heads
        self.pieces = pieces
        self.threads = ThreadpoolController()

    def states(self, windows: Sequence[Window]) -> Iterator[tuple[Window, Floats]]:
        """Yield each window with the states of its words, W x H, in the order given."""
        for first in range(0, len(windows), _SORTED):
            some = windows[first : first + _SORTED]
            found: dict[int, Floats] = {}
            for rows in _batches(some):
                found |= zip(rows, self._run([some[row] for row in rows]), strict=True)
            yield from ((window, found[row]) for row, window in enumerate(some))

    def _run(self, windows: Sequence[Window]) -> Iterator[Floats]:
        longest = max(len(window.pieces) for window in windows) + 2
        pieces, mask, cases = np.zeros((3, len(windows), longest), np.int64)
        for row, window in enumerate(windows):
            last = len(window.pieces) + 1
            pieces[row, 0], pieces[row, last] = self.pieces.first, self.pieces.last
            pieces[row, 1:last] = window.pieces
            cases[row, 1:last] = window.cases
            mask[row, : last + 1] = 1
        feed = {"pieces": pieces, "mask": mask, "cases": cases}
        (states,) = self._session.run(["states"], feed)
        for row, window in enumerate(windows):
            yield states[row, list(window.heads)]


def _batches(windows: Sequence[Window]) -> Iterator[list[int]]:
    rows: list[int] = []
    for row in sorted(range(len(windows)), key=lambda row: len(windows[row].pieces)):
        if rows and (len(rows) + 1) * (len(windows[row].pieces) + 2) > _TOGETHER:
            yield rows
            rows = []
        rows.append(row)
    if rows:
        yield rows


@cache
def load_network() -> Network:
    """Return the network; loaded once a process, in about 0.2 s."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # windows differ in length: a plan for one fits no other
    session = ort.InferenceSession(
        str(FOLDER / "encoder.onnx"),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # fused, sum and norm take five times as long
    )
    with np.load(FOLDER / "heads.npz") as stored:
        heads = Heads({name: stored[name].astype(np.float32) for name in stored.files})
    listed = (FOLDER / "pieces.txt").read_text(encoding="utf-8").split("\n")
    return Network(session, heads, Pieces({piece: number for number, piece in enumerate(listed)}))
