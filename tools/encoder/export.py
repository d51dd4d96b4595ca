"""Write a trained encoder as the files that the package keeps.

What training added to the pretrained layers, and the heads, become half floats; the layers that
find the roles of a claim a network of their own in int8, run once for each claim. The graph of the
pretrained layers is written without their weights: `enduse.reference.pretrained` makes those when
the package is built.

In: weights. Out: changes.npz, heads.npz, roles.onnx, layers.onnx and pieces.txt in the package's
data. Build the package again afterwards: until then nothing reads by them.

Run: python tools/encoder/export.py WEIGHTS src/enduse/reference/data/encoder
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from examples import load_pretrained, load_vocabulary
from graph import draw_layers
from model import PAIR, Reader, load_learnt
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from enduse.reference.pretrained import GRAPH, PRODUCTS, arrays_of

ELSEWHERE = ("encoder.", "case.", "layers.", "last.", "role.")  # weights in the networks
OPSET = 17  # the least that has a norm of layers as one operator


class Roles(nn.Module):
    """The layers in which the words of a window look at each other, for one claim."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.layers, self.last, self.role = reader.layers, reader.last, reader.role

    def forward(self, words: Tensor) -> Tensor:
        """Return the chances of roles, K x R x 3, of words K x P."""
        seen = words[None]
        for layer in self.layers:
            seen = layer(seen, torch.zeros(1))
        return torch.softmax(self.role(self.last(seen))[0].unflatten(-1, (-1, 3)), -1)


def write_roles(reader: Reader, path: Path) -> None:
    """Write the layers that find the roles of a claim."""
    with tempfile.TemporaryDirectory() as name:
        plain = f"{name}/plain.onnx"
        torch.onnx.export(
            Roles(reader), (torch.zeros(9, PAIR),), plain,
            input_names=["words"], output_names=["roles"], dynamo=False,
            dynamic_axes={"words": {0: "length"}, "roles": {0: "length"}}, opset_version=OPSET,
        )  # fmt: skip
        quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True)


def changes_of(state: dict[str, Tensor]) -> dict[str, NDArray[np.float16]]:
    """Return what training added, under the names that `enduse.reference.pretrained` knows."""
    found = {"case": state["case.weight"]}
    for layer in range(sum(name.endswith(".attn.q.a") for name in state)):
        for name, inside in PRODUCTS.items():
            for side in "ab":
                found[f"{layer}.{name}.{side}"] = state[
                    f"encoder.encoder.layer.{layer}.{inside}.{side}"
                ]
    return {name: value.numpy().astype(np.float16) for name, value in found.items()}


def main() -> None:
    """Write the five files."""
    weights, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    reader = Reader()
    load_learnt(reader, weights)
    reader.eval()
    state = reader.state_dict()
    changes = changes_of(state)
    np.savez_compressed(folder / "changes.npz", **changes)
    heads = {
        name: value.numpy().astype(np.float16)
        for name, value in state.items()
        if not name.startswith(ELSEWHERE)
    }
    np.savez_compressed(folder / "heads.npz", **heads)
    (folder / "pieces.txt").write_text("\n".join(load_vocabulary()), encoding="utf-8")
    write_roles(reader, folder / "roles.onnx")
    plain = {name: value.astype(np.float32) for name, value in changes.items()}
    onnx.save(draw_layers(list(arrays_of(load_pretrained(), plain))), folder / GRAPH)


if __name__ == "__main__":
    main()
