"""Read the written encoder back as weights that training can go on from.

In: the folder that `export.py` wrote. Out: weights for `train.py --start`: what was added to the
layers and the heads as half floats keep them, the layers that find roles as near as their int8
steps allow. Refused: another layout.

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
from model import Reader
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from enduse.reference.pretrained import PRODUCTS

ROLES = re.compile(r"/((?:layers\.\d+/)?\w+)/MatMul_output_0_output_quantized")
Floats = NDArray[np.float32]
Arrays = Mapping[str, NDArray[np.generic]]


def read_changes(path: Path) -> dict[str, Tensor]:
    """Return what was added to the layers by its names in `Reader`."""
    found: dict[str, Tensor] = {}
    with np.load(path) as stored:
        for key in stored.files:
            value = torch.tensor(stored[key].astype(np.float32))
            if key == "case":
                found["case.weight"] = value
            else:
                layer, name, side = key.split(".")
                found[f"encoder.encoder.layer.{layer}.{PRODUCTS[name]}.{side}"] = value
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


def main() -> None:
    """Write the weights."""
    folder, kept = Path(sys.argv[1]), sys.argv[2]
    found = read_changes(folder / "changes.npz") | read_roles(folder / "roles.onnx")
    with np.load(folder / "heads.npz") as heads:
        found |= {name: torch.tensor(heads[name].astype(np.float32)) for name in heads.files}
    wanted = {name for name, value in Reader().named_parameters() if value.requires_grad}
    if found.keys() ^ wanted:
        message = f"{folder}: not the layout of the encoder: {sorted(found.keys() ^ wanted)}"
        raise SystemExit(message)
    torch.save(found, kept)


if __name__ == "__main__":
    main()
