"""Rewrite a written encoder so that it runs faster: one attention node a layer, plain norms.

In: the int8 network as `export.py` wrote it. Out: a network of the same weights. Refused: another
layout of the layers.

Windows are read one by one, so the attention needs no mask, and without one it runs faster. It and
the norms are rounded otherwise, and since int8 layers round again, chances move by some hundredths,
as they do between two batches: measure anew afterwards.

Run: python tools/encoder/lighten.py IN.onnx OUT.onnx
"""

from __future__ import annotations

import sys

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, helper, numpy_helper

MICROSOFT = "com.microsoft"
HEADS = 12  # of attention in each layer


class _Graph:
    """A network's nodes by what they give and what they take."""

    def __init__(self, model: ModelProto) -> None:
        self.inner = model.graph
        self.nodes = list(model.graph.node)
        self.weights = {one.name: one for one in model.graph.initializer}
        self.giver = {name: node for node in self.nodes for name in node.output}

    def above(self, name: str, kind: str) -> NodeProto:
        """Return the node that gives a value; it must be of the kind."""
        node = self.giver[name]
        if node.op_type != kind:
            message = f"{name} comes from {node.op_type}, not {kind}"
            raise SystemExit(message)
        return node

    def below(self, node: NodeProto, kind: str) -> NodeProto:
        """Return the node of a kind that takes a node's first value."""
        return next(n for n in self.nodes if n.op_type == kind and node.output[0] in n.input)


def lighten(model: ModelProto, heads: int) -> None:
    """Rewrite the layers in place."""
    graph = _Graph(model)
    made: list[NodeProto] = []
    attentions = {
        node.output[0]: node
        for one in graph.nodes
        if one.op_type == "Softmax"
        for node in [_attention(one, graph, heads)]
    }
    for node in graph.nodes:
        if node.op_type == "SkipLayerNormalization":
            made += _plain_norm(node)
        else:
            made.append(attentions.get(node.output[0], node) if node.output else node)
    _keep_needed(graph, made)


def _attention(softmax: NodeProto, graph: _Graph, heads: int) -> NodeProto:
    masked = graph.above(softmax.input[0], "Add")
    scaled = graph.above(masked.input[0], "Mul")
    product = graph.above(scaled.input[0], "MatMul")
    summed = graph.below(softmax, "MatMul")
    last = graph.below(graph.below(summed, "Transpose"), "Reshape")
    parts = [_before(name, graph) for name in (*product.input, summed.input[1])]
    bias = f"{last.output[0]}_bias"
    joined = np.concatenate([numpy_helper.to_array(graph.weights[one]) for _, one in parts])
    graph.inner.initializer.append(numpy_helper.from_array(joined, bias))
    scale = numpy_helper.to_array(graph.above(scaled.input[1], "Constant").attribute[0].t)
    return helper.make_node(
        "MultiHeadAttention", [*(name for name, _ in parts), bias], list(last.output),
        domain=MICROSOFT, num_heads=heads, scale=float(scale),
    )  # fmt: skip


def _before(name: str, graph: _Graph) -> tuple[str, str]:
    """Return what stands before bias and reshaping of a query, key or value, and the bias."""
    turned = graph.above(name, "Transpose")
    added = graph.above(graph.above(turned.input[0], "Reshape").input[0], "Add")
    bias, rows = sorted(added.input, key=lambda one: one not in graph.weights)
    return rows, bias


def _plain_norm(node: NodeProto) -> list[NodeProto]:
    """Return the sum and the norm apart: fused, they take five times as long."""
    rows, skipped, gain, shift, bias = node.input
    name = node.output[0]
    epsilon = next(one.f for one in node.attribute if one.name == "epsilon")
    return [
        helper.make_node("Add", [rows, skipped], [f"{name}_met"]),
        helper.make_node("Add", [f"{name}_met", bias], [f"{name}_sum"]),
        helper.make_node(
            "LayerNormalization", [f"{name}_sum", gain, shift], [name], axis=-1, epsilon=epsilon
        ),
    ]


def _keep_needed(graph: _Graph, nodes: list[NodeProto]) -> None:
    """Write the nodes and weights that the result rests on."""
    needed = {one.name for one in graph.inner.output}
    kept: list[NodeProto] = []
    for node in reversed(nodes):
        if not needed.isdisjoint(node.output):
            kept.append(node)
            needed |= set(node.input)
    weights = [one for one in graph.inner.initializer if one.name in needed]
    del graph.inner.node[:], graph.inner.initializer[:]
    graph.inner.node.extend(reversed(kept))
    graph.inner.initializer.extend(weights)


def main() -> None:
    """Rewrite one file."""
    model = onnx.load(sys.argv[1])
    lighten(model, HEADS)
    onnx.save(model, sys.argv[2])


if __name__ == "__main__":
    main()
