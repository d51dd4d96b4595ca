"""The passages the encoder learns from are well formed: every word they mark stands in them."""

import importlib.util
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "tools" / "encoder"


@pytest.fixture(scope="module")
def passages():
    spec = importlib.util.spec_from_file_location("passages", FOLDER / "passages.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_passage_is_well_formed(passages):
    files = sorted((FOLDER / "written").glob("*.txt"))
    assert files
    for path in files:
        assert [problem for one in passages.parse(path) for problem in passages.check(one)] == []


def test_what_is_wrong_is_named_by_its_line(passages, tmp_path):
    path = tmp_path / "wrong.txt"
    path.write_text(
        "@ unknown | news\nRebels fired rockets at Kesh.\n"
        "- use | actor: Rebels | weapon: mortars | mode: killed | quote: fired rockets\n"
        "- loss | mode: destroyed\n"
    )
    (one,) = passages.parse(path)
    assert list(passages.check(one)) == [
        "3: weapon: not in the text: mortars",
        "3: mode: killed: not of use",
        "4: no quote",
        "4: no weapon",
    ]
