"""Write a trained encoder as the files that the package reads: int8 layers, half-float heads.

The last product of each layer takes in few very large numbers among small ones. There the steps of
int8 are chosen for 128 numbers at a time; one step for all that is read cost a point of F1.

In: weights. Out: encoder.onnx, heads.npz and pieces.txt in the package's data.

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
from model import HIDDEN, Reader
from onnx import ModelProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor, nn

NAMES = ("pieces", "mask", "cases")
UNEVEN = re.compile(r"layer\.\d+/output/dense/MatMul$")  # products that take in such numbers
BLOCK = 128  # numbers that share a step there
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

    def forward(self, pieces: Tensor, mask: Tensor, cases: Tensor) -> Tensor:
        """Return the states of pieces."""
        return self.reader.encode(pieces, mask, cases)


def by_blocks(model: ModelProto, names: Sequence[str]) -> ModelProto:
    """Return the network with the products of these names in int8 by blocks."""
    others = [node.name for node in model.graph.node if node.name not in names]
    config = DefaultWeightOnlyQuantConfig(BLOCK, is_symmetric=True, accuracy_level=4, bits=8)
    quantizer = MatMulNBitsQuantizer(model, nodes_to_exclude=others, algo_config=config)
    quantizer.process()
    return quantizer.model.model


def main() -> None:
    """Write the three files."""
    weights, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    reader = Reader()
    reader.load_state_dict(torch.load(weights))
    reader.eval()
    heads = {
        name: value.numpy().astype(np.float16)
        for name, value in reader.state_dict().items()
        if not name.startswith("encoder.") and name != "case.weight"
    }
    ones = torch.ones(2, 9, dtype=torch.long)
    with tempfile.TemporaryDirectory() as name:
        plain, fused, small = (f"{name}/{step}.onnx" for step in ("plain", "fused", "small"))
        torch.onnx.export(
            States(reader), (ones, ones, torch.zeros_like(ones)), plain,
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
        onnx.save(model, folder / "encoder.onnx")
    np.savez_compressed(folder / "heads.npz", **heads)
    (folder / "pieces.txt").write_text("\n".join(load_vocabulary()), encoding="utf-8")


if __name__ == "__main__":
    main()
