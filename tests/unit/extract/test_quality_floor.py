"""The extractor's quality on the hand-checked set does not fall below its floors.

Skips where the set is not beside the project or is not the one the floors were set on.
"""

import importlib.util
import json
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from enduse.extract.encoder.network import load_network

ROOT = Path(__file__).parents[3]
FLOORS = json.loads((ROOT / "benchmarks" / "floors" / "extract_gold.json").read_text())
FOLDER = ROOT.parent / "shared" / "gold"
SCORER = ROOT.parent / "shared" / "tools" / "score_claims.py"


def corpus_hash():
    files = (FOLDER / "documents.jsonl", FOLDER / "claims.jsonl")
    if not all(path.exists() for path in (*files, SCORER)):
        return None
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


@pytest.fixture(scope="module")
def figures():
    if corpus_hash() != FLOORS["corpus_sha256"]:
        pytest.skip("the hand-checked set of the floors is not here")
    if load_network() is None:
        pytest.skip("the encoder's layers were not had when the package was built")
    path = ROOT / "benchmarks" / "extract_gold.py"
    spec = importlib.util.spec_from_file_location("extract_gold", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["extract_gold"] = module
    spec.loader.exec_module(module)
    return module.measure(FOLDER, SCORER, FLOORS["part"])


@pytest.mark.parametrize("name", FLOORS["floors"])
def test_no_figure_falls_below_its_floor(name, figures):
    group, _, field = name.partition(".")
    row = figures[group]
    if field == "grounded":
        assert figures["grounded"] >= FLOORS["floors"][name]
    elif field in ("claim_f1", "slot_f1"):
        assert row[f"{field[:-3]}s"]["f1"] >= FLOORS["floors"][name]
    else:
        assert row["detail"][field][0] >= FLOORS["floors"][name]
