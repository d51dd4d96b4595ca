"""Compile the register while the package is built, so that an installed enduse opens it at once.

In: the source tree. Out: `data/compiled/*.bin` in the wheel (in the tree itself for an editable
install). It needs no compiler, only the libraries named in `pyproject.toml`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSIDE = "enduse/reference/data/compiled"


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled register to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; `version` is "editable" or "standard", as hatchling names the kinds."""
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        try:
            from enduse.reference.freshness import compile_all  # noqa: PLC0415 - found only now
            from enduse.reference.sources import DATA  # noqa: PLC0415 - the same
        finally:
            sys.path.remove(str(source))
        if version == "editable":
            list(compile_all(DATA))
            return
        self.folder = tempfile.TemporaryDirectory(prefix="enduse-register-")
        for path in compile_all(DATA, Path(self.folder.name), timed=False):
            build_data["force_include"][str(path)] = f"{INSIDE}/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the folder that held the compiled files."""
        del version, build_data, artifact_path
        folder = getattr(self, "folder", None)
        if folder is not None:
            folder.cleanup()
