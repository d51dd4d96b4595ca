"""Write a trained encoder as the files that the package reads: int8 layers, half-float heads.

The layers that find the roles of a claim are a network of their own, run once for each claim.

The last product of each layer takes in few very large numbers among small ones. There the steps of
int8 are chosen for 128 numbers at a time; one step for all that is read cost a point of F1.

In: weights. Out: encoder.onnx, roles.onnx, heads.npz and pieces.txt in the package's data.

Run: python tools/encoder/export.py WEIGHTS src/enduse/reference/data/encoder
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from examples import load_vocabulary
from lighten import HEADS, lighten
from model import HIDDEN, PAIR, Reader
from onnx import ModelProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor, nn

NAMES = ("pieces", "cases")
UNEVEN = re.compile(r"layer\.\d+/output/dense/MatMul$")  # products that take in such numbers
BLOCK = 128  # numbers that share a step there
ELSEWHERE = ("encoder.", "case.", "layers.", "last.", "role.")  # weights in the networks
OPSET = 17  # the least that has a norm of layers as one operator
FLOAT = 1  # onnx's number of the type of what the fused operators give


class ByRow(nn.Module):
    """Word vectors in int8 with a scale for each: one scale for all cost two points of F1."""

    def __init__(self, vectors: Tensor) -> None:
        super().__init__()
        scale = vectors.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("steps", (vectors / scale).round().to(torch.int8))

    def forward(self, pieces: Tensor) -> Tensor:
        """Return the vectors of pieces."""
        return self.steps[pieces].float() * self.scale[pieces]


class States(nn.Module):
    """The layers alone, as they are written."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        embeddings = reader.encoder.embeddings
        embeddings.word_embeddings = ByRow(embeddings.word_embeddings.weight.detach())

    def forward(self, pieces: Tensor, cases: Tensor) -> Tensor:
        """Return the states of pieces, none of them padding."""
        return self.reader.encode(pieces, torch.ones_like(pieces), cases)


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


def by_blocks(model: ModelProto, names: Sequence[str]) -> ModelProto:
    """Return the network with the products of these names in int8 by blocks."""
    others = [node.name for node in model.graph.node if node.name not in names]
    config = DefaultWeightOnlyQuantConfig(BLOCK, is_symmetric=True, accuracy_level=4, bits=8)
    quantizer = MatMulNBitsQuantizer(model, nodes_to_exclude=others, algo_config=config)
    quantizer.process()
    return quantizer.model.model


def write_states(reader: Reader, path: Path) -> None:
    """Write the layers that make the states of pieces."""
    ones = torch.ones(2, 9, dtype=torch.long)
    with tempfile.TemporaryDirectory() as name:
        plain, fused, small = (f"{name}/{step}.onnx" for step in ("plain", "fused", "small"))
        torch.onnx.export(
            States(reader), (ones, torch.zeros_like(ones)), plain,
            input_names=list(NAMES), output_names=["states"], dynamo=False,
            dynamic_axes={key: {0: "rows", 1: "length"} for key in (*NAMES, "states")},
        )  # fmt: skip
        better = optimize_model(plain, "bert", num_heads=HEADS, hidden_size=HIDDEN, opt_level=0)
        better.save_model_to_file(fused)
        uneven = [node.name for node in better.model.graph.node if UNEVEN.search(node.name)]
        quantize_dynamic(
            fused, small, weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul"], nodes_to_exclude=uneven,
            extra_options={"DefaultTensorType": FLOAT},
        )  # fmt: skip
        model = by_blocks(onnx.load(small), uneven)
        lighten(model, HEADS)
        onnx.save(model, path)


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


def main() -> None:
    """Write the four files."""
    weights, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    reader = Reader()
    reader.load_state_dict(torch.load(weights))
    reader.eval()
    write_roles(reader, folder / "roles.onnx")
    heads = {
        name: value.numpy().astype(np.float16)
        for name, value in reader.state_dict().items()
        if not name.startswith(ELSEWHERE)
    }
    np.savez_compressed(folder / "heads.npz", **heads)
    (folder / "pieces.txt").write_text("\n".join(load_vocabulary()), encoding="utf-8")
    write_states(reader, folder / "encoder.onnx")


if __name__ == "__main__":
    main()
