"""The bundling of islands: nothing to do where nothing changed, and errors that say what failed."""

import importlib.util
import json
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[3] / "frontend"


@pytest.fixture
def bundle():
    found = importlib.util.spec_from_file_location("bundle", FRONTEND / "bundle.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_the_lock_file_has_digests_and_no_addresses():
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not any("resolved" in one for one in packages.values())
    assert "registry" not in (FRONTEND / "package-lock.json").read_text(encoding="utf-8")


def test_every_package_has_a_permissive_licence():
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    allowed = {
        "MIT",
        "ISC",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "Apache-2.0",
        "0BSD",
        "(MIT OR Apache-2.0)",
    }
    found = {name: one.get("license") for name, one in lock["packages"].items() if name}
    assert {name: told for name, told in found.items() if told not in allowed} == {}


def test_versions_are_exact():
    named = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    for version in (*named["dependencies"].values(), *named["devDependencies"].values()):
        assert version[0].isdigit()


def test_fresh_bundles_are_left_alone(bundle, tmp_path, monkeypatch):
    (tmp_path / bundle.STAMP).write_text(bundle.digest_sources(), encoding="utf-8")
    monkeypatch.setattr(bundle, "run", lambda *_: pytest.fail("something was run"))
    bundle.bundle_islands(tmp_path)


def test_a_failure_says_which_command_and_leaves_the_target(bundle, tmp_path, monkeypatch):
    monkeypatch.setattr(bundle, "find_node", lambda _: ("node", ["false"]))
    with pytest.raises(OSError, match="false ended with 1"):
        bundle.bundle_islands(tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def test_a_node_that_does_not_run_has_version_0(bundle):
    assert bundle.version_of("false") == 0
