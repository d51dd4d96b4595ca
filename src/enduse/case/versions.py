"""The version of a stage: a digest of its code and of the reviewed words it reads.

It changes when anything changes that may change what the stage makes, so nobody has to remember
to count it up. The register of weapons, actors and places has a version of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_SHARED = ("model", "text", "reference")
_COMPILING = _PACKAGE / "compiling.py"
_REGISTER_DATA = frozenset({"weapons", "actors", "places"})


def stage_version(stage: str) -> str:
    """Return the version of the stage with this package name, as 12 hex digits."""
    digest = hashlib.sha256()
    for path in _files_of(stage):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _files_of(stage: str) -> Iterator[Path]:
    yield _COMPILING
    for package in (*_SHARED, stage):
        yield from sorted((_PACKAGE / package).rglob("*.py"))
    data = _PACKAGE / "reference" / "data"
    for path in sorted(data.rglob("*")):
        told = path.relative_to(data).parts[0]
        if path.suffix in (".tsv", ".yml", ".toml", ".txt") and told not in _REGISTER_DATA:
            yield path
