"""Write a trained encoder as the files that the package reads: int8 layers, half-float heads.

In: weights. Out: encoder.onnx, heads.npz and pieces.txt in the package's data.

Run: python tools/encoder/export.py WEIGHTS src/enduse/reference/data/encoder
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from examples import load_vocabulary
from lighten import HEADS, lighten
from model import HIDDEN, Reader
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor, nn

NAMES = ("pieces", "mask", "cases")
FLOAT = 1  # onnx's number of the type of what the fused operators give


class States(nn.Module):
    """The layers alone, as they are written."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, pieces: Tensor, mask: Tensor, cases: Tensor) -> Tensor:
        """Return the states of pieces."""
        return self.reader.encode(pieces, mask, cases)


def main() -> None:
    """Write the three files."""
    weights, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    reader = Reader()
    reader.load_state_dict(torch.load(weights))
    reader.eval()
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
        quantize_dynamic(
            fused, small, weight_type=QuantType.QInt8, per_channel=True,
            extra_options={"DefaultTensorType": FLOAT},
        )  # fmt: skip
        model = onnx.load(small)
        lighten(model, HEADS)
        onnx.save(model, folder / "encoder.onnx")
    heads = {
        name: value.numpy().astype(np.float16)
        for name, value in reader.state_dict().items()
        if not name.startswith("encoder.") and name != "case.weight"
    }
    np.savez_compressed(folder / "heads.npz", **heads)
    (folder / "pieces.txt").write_text("\n".join(load_vocabulary()), encoding="utf-8")


if __name__ == "__main__":
    main()
