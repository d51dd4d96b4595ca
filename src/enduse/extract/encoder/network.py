"""The trained encoder: states of words, by onnxruntime, on one thread.

In: windows. Out: for each, the states of its words. Refused: nothing; without the layers, which are
made when the package is built, there is no network.

Which text it was trained on, by which command, and how well it reads is in the model card,
docs/reference/encoder.md.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime as ort
from threadpoolctl import ThreadpoolController

from enduse.extract.encoder.heads import Floats, Heads
from enduse.extract.encoder.labels import ANCHORS
from enduse.extract.encoder.windows import Window, pack
from enduse.extract.encoder.wording import Pieces
from enduse.model.claim import Part
from enduse.reference.pretrained import GRAPH, LEARNT, have_layers, layers_folder

# What load_network reads once, so that layers which make noise are not read with: a sentence,
# which of its words is the arms, and the chance that this one has and no other.
PROOF, ARMS, LIKELY = "Rebels fired rockets at the barracks near the river.", 2, 0.5
# Processors without VNNI add pairs of 8-bit products in 16 bits, which overflow into noise.
# With this, onnxruntime uses products there that do not; elsewhere it changes nothing.
EXACT = "session.x64quantprecision"


class Network:
    """The encoder, its vocabulary and its heads. It keeps nothing between calls but spellings."""

    def __init__(self, session: ort.InferenceSession, heads: Heads, pieces: Pieces) -> None:
        """Keep the parts; see load_network."""
        self._session = session
        self.heads = heads
        self.pieces = pieces
        self.threads = ThreadpoolController()

    def states(self, window: Window) -> Floats:
        """Return the states of a window's words, W x H.

        Windows are read one by one: int8 layers take their scale from all that they read together,
        so a neighbour would change what a window says; and no time goes into padding.
        """
        last = len(window.pieces) + 1
        pieces, cases = np.zeros((2, 1, last + 1), np.int64)
        pieces[0] = [self.pieces.first, *window.pieces, self.pieces.last]
        cases[0, 1:last] = window.cases
        (states,) = self._session.run(["states"], {"pieces": pieces, "cases": cases})
        found: Floats = states[0, list(window.heads)]
        return found


@cache
def is_installed() -> bool:
    """Return whether the network's layers are there; asked once a process."""
    return have_layers()


@cache
def load_network() -> Network | None:
    """Return the network; loaded once a process, in under a second.

    None without its layers, and where this processor makes noise of them.
    """
    network = _open() if is_installed() else None
    return network if network and proves_right(network) else None


def proves_right(network: Network) -> bool:
    """Return whether the network finds the arms of a plain sentence."""
    (window,) = pack(PROOF, [(0, 0, len(PROOF))], network.pieces)
    begins = network.heads.anchors(network.states(window))[:, ANCHORS.index(Part.WEAPON), 1]
    return bool(begins[ARMS] > LIKELY > np.delete(begins, ARMS).max())


def _open() -> Network:
    roles = _open_session(LEARNT / "roles.onnx")

    def look(words: Floats) -> Floats:
        (chances,) = roles.run(["roles"], {"words": words})
        return np.asarray(chances, np.float32)

    with np.load(LEARNT / "heads.npz") as stored:
        heads = Heads({name: stored[name].astype(np.float32) for name in stored.files}, look)
    listed = (LEARNT / "pieces.txt").read_text(encoding="utf-8").split("\n")
    pieces = Pieces({piece: number for number, piece in enumerate(listed)})
    return Network(_open_session(layers_folder() / GRAPH), heads, pieces)


def _open_session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # windows differ in length: a plan for one fits no other
    options.add_session_config_entry(EXACT, "1")
    return ort.InferenceSession(
        str(path),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # fused, sum and norm take five times as long
    )
