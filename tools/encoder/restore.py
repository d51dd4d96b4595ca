"""Read the written encoder back as weights that training can go on from.

In: the folder that `export.py` wrote. Out: weights for `train.py --start`; the layers are as
near as their int8 steps allow. Refused: another layout of the layers.

Run: python tools/encoder/restore.py src/enduse/reference/data/encoder WEIGHTS
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from model import HIDDEN, Reader
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

PRODUCT = re.compile(r"/encoder/(layer\.\d+)/(\S+)/MatMul_output_0(?:_output_quantized)?")
ROLES = re.compile(r"/((?:layers\.\d+/)?\w+)/MatMul_output_0_output_quantized")
JOINED = re.compile(r"/encoder/(layer\.\d+)/attention/self/\S+_bias")
PARTS = ("query", "key", "value")
ZERO = 128  # what stands for nought in blocks
WORDS = "encoder.embeddings.word_embeddings"

Floats = NDArray[np.float32]
Arrays = Mapping[str, NDArray[np.generic]]


def read_layers(path: Path) -> dict[str, Tensor]:
    """Return the weights of the network's layers by their names in `Reader`."""
    graph = onnx.load(path).graph
    arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {
        name.removeprefix("reader."): torch.tensor(value)
        for name, value in arrays.items()
        if name.startswith("reader.")
    }
    scale, steps = found.pop(f"{WORDS}.scale"), found.pop(f"{WORDS}.steps")
    found[f"{WORDS}.weight"] = steps.float() * scale
    for node in graph.node:
        product = PRODUCT.fullmatch(node.output[0])
        if node.op_type in READERS and product:
            at = ".".join(("encoder.encoder", product[1], product[2].replace("/", "."), "weight"))
            found[at] = torch.tensor(READERS[node.op_type](node.input[1], arrays))
    for name, value in arrays.items():
        if joined := JOINED.fullmatch(name):
            for at, part in enumerate(PARTS):
                bias = torch.tensor(value[at * HIDDEN : (at + 1) * HIDDEN])
                found[f"encoder.encoder.{joined[1]}.attention.self.{part}.bias"] = bias
    return found


def read_roles(path: Path) -> dict[str, Tensor]:
    """Return the weights of the layers that find roles by their names in `Reader`."""
    graph = onnx.load(path).graph
    arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {
        name: torch.tensor(value)
        for name, value in arrays.items()
        if name.endswith((".weight", ".bias"))
    }
    for node in graph.node:
        product = ROLES.fullmatch(node.output[0])
        if node.op_type == "MatMulInteger" and product:
            weight = _by_row(node.input[1], arrays)
            found[f"{product[1].replace('/', '.')}.weight"] = torch.tensor(weight)
    return found


def _by_row(name: str, arrays: Arrays) -> Floats:
    """Return weights kept with one step for each row."""
    name = name.removesuffix("_quantized")
    steps = arrays[f"{name}_quantized"].astype(np.float32)
    return np.ascontiguousarray((steps * arrays[f"{name}_scale"]).T)


def _by_block(name: str, arrays: Arrays) -> Floats:
    """Return weights kept with one step for each block of a row; they count from 128."""
    steps = arrays[name].astype(np.float32) - ZERO
    scales = arrays[f"{name.removesuffix('_Q8')}_scales"].reshape(*steps.shape[:2], 1)
    return np.asarray((steps * scales).reshape(len(steps), -1), np.float32)


READERS = {"MatMulInteger": _by_row, "MatMulNBits": _by_block}


def main() -> None:
    """Write the weights."""
    folder, kept = Path(sys.argv[1]), sys.argv[2]
    found = read_layers(folder / "encoder.onnx") | read_roles(folder / "roles.onnx")
    with np.load(folder / "heads.npz") as heads:
        found |= {name: torch.tensor(heads[name].astype(np.float32)) for name in heads.files}
    reader = Reader()
    wanted = set(reader.state_dict())
    if found.keys() ^ wanted:
        message = f"{folder}: not the layout of the encoder: {sorted(found.keys() ^ wanted)}"
        raise SystemExit(message)
    reader.load_state_dict(found)
    torch.save(reader.state_dict(), kept)


if __name__ == "__main__":
    main()
