"""The graph of the encoder's layers, over arrays that lie in a file beside it.

In: the arrays, of which only names, shapes and types count. Out: the graph. Refused: nothing.

All products run in int8. What the widening product takes in is eased before it is rounded, by how
large its numbers can grow; what the narrowing one takes in is rounded by blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper

from enduse.reference.pretrained import ARRAYS, BLOCK, FARTHEST, lay_out

MICROSOFT = "com.microsoft"
SIGHTS = 12  # of attention in each layer
EPSILON = 1e-5
OPSET, IR = 17, 8
KINDS = {
    np.dtype(np.float32): TensorProto.FLOAT,
    np.dtype(np.int8): TensorProto.INT8,
    np.dtype(np.uint8): TensorProto.UINT8,
}


class Drawing:
    """Nodes as they are added, and the arrays they take."""

    def __init__(self, arrays: Sequence[tuple[str, NDArray[Any]]]) -> None:
        self.nodes = []
        self.weights = [_outside(*row) for row in lay_out(arrays)]
        self.shapes = {name: array.shape for name, array in arrays}

    def number(self, value: int | list[int]) -> str:
        """Return the name of a whole number, or a row of them."""
        name = f"number_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.array(value, np.int64), name))
        return name

    def add(self, kind: str, *taken: str, given: Sequence[str] = (), **settings: Any) -> str:
        """Add a node; return the name of what it gives first."""
        name = f"{kind}_{len(self.nodes)}"
        node = helper.make_node(kind, list(taken), list(given) or [name], name=name, **settings)
        self.nodes.append(node)
        return str(node.output[0])

    def norm(self, states: str, name: str, given: Sequence[str] = ()) -> str:
        """Return the states, evened."""
        taken = (states, f"{name}.gain", f"{name}.shift")
        return self.add("LayerNormalization", *taken, given=given, axis=-1, epsilon=EPSILON)

    def rounded(self, states: str) -> tuple[str, str, str]:
        """Return the states in int8, the size of a step, and what stands for nought."""
        given = (f"{states}_steps", f"{states}_scale", f"{states}_zero")
        self.add("DynamicQuantizeLinear", states, given=given)
        return given

    def product(self, rounded: tuple[str, str, str], name: str) -> str:
        """Return a product in int8, without its bias."""
        steps, scale, zero = rounded
        whole = self.add("MatMulInteger", steps, f"{name}.steps", zero)
        size = self.add("Mul", scale, f"{name}.scale")
        return self.add("Mul", self.add("Cast", whole, to=TensorProto.FLOAT), size)

    def by_blocks(self, states: str, name: str) -> str:
        """Return a product in int8 by blocks, without its bias."""
        outer, blocks, size = self.shapes[f"{name}.steps"]
        return self.add(
            "MatMulNBits", states, f"{name}.steps", f"{name}.scale", domain=MICROSOFT,
            K=blocks * size, N=outer, bits=8, block_size=BLOCK, accuracy_level=4,
        )  # fmt: skip


def draw_layers(arrays: Sequence[tuple[str, NDArray[Any]]]) -> ModelProto:
    """Return the graph of the layers: pieces and cases in, 1 x P; states out, 1 x P x H."""
    drawing = Drawing(arrays)
    size = drawing.shapes["case"][1]
    depth = sum(name.endswith(".query.steps") for name in drawing.shapes)
    states, near = _first(drawing)
    for layer in range(depth):
        states = _layer(drawing, states, near, layer, ["states"] if layer == depth - 1 else [])
    told = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [1, "length"])
        for name in ("pieces", "cases")
    ]
    given = [helper.make_tensor_value_info("states", TensorProto.FLOAT, [1, "length", size])]
    graph = helper.make_graph(drawing.nodes, "layers", told, given, drawing.weights)
    imports = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=imports, ir_version=IR)


def _first(drawing: Drawing) -> tuple[str, str]:
    """Return the states before the first layer, and what nearness adds to the attention."""
    add, first = drawing.add, drawing.number([0])
    length = add("Gather", add("Shape", "pieces"), drawing.number(1))
    at = add("Range", drawing.number(0), length, drawing.number(1))
    steps = add("Cast", add("Gather", "words.steps", "pieces"), to=TensorProto.FLOAT)
    words = add("Mul", steps, add("Gather", "words.scale", "pieces"))
    words = add("Add", words, add("Gather", "case", "cases"))
    states = drawing.norm(add("Add", words, add("Gather", "positions", at)), "words.norm")
    away = add("Sub", add("Unsqueeze", at, first), add("Unsqueeze", at, drawing.number([1])))
    near = add("Gather", "distances", add("Add", away, drawing.number(FARTHEST)))
    return states, add("Unsqueeze", add("Transpose", near, perm=[2, 0, 1]), first)


def _layer(drawing: Drawing, states: str, near: str, layer: int, given: Sequence[str]) -> str:
    add = drawing.add
    rounded = drawing.rounded(states)
    asked = (drawing.product(rounded, f"{layer}.{part}") for part in ("query", "key", "value"))
    met = add(
        "MultiHeadAttention", *asked, f"{layer}.asked.bias", "", near,
        domain=MICROSOFT, num_heads=SIGHTS,
    )  # fmt: skip
    met = drawing.product(drawing.rounded(met), f"{layer}.joined")
    met = drawing.norm(add("Add", add("Add", met, f"{layer}.joined.bias"), states), f"{layer}.met")
    eased = add("Mul", met, f"{layer}.wide.ease")
    wide = drawing.product(drawing.rounded(eased), f"{layer}.wide")
    wide = add("Gelu", add("Add", wide, f"{layer}.wide.bias"), domain=MICROSOFT)
    narrow = add("Add", drawing.by_blocks(wide, f"{layer}.narrow"), f"{layer}.narrow.bias")
    return drawing.norm(add("Add", narrow, met), f"{layer}.out", given)


def _outside(name: str, array: NDArray[Any], at: int) -> TensorProto:
    """Return an array that lies in the file beside the graph."""
    found = TensorProto(
        name=name,
        data_type=KINDS[array.dtype],
        dims=array.shape,
        data_location=TensorProto.EXTERNAL,
    )
    where = {"location": ARRAYS, "offset": str(at), "length": str(array.nbytes)}
    for key, value in where.items():
        found.external_data.add(key=key, value=value)
    return found
