"""One frozen Settings, read once from a casebook's `enduse.toml`, the environment and flags.

Order: flag, environment (`ENDUSE_…`), `enduse.toml`, default. Nothing else reads the
environment.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec

from enduse.errors import MisuseError

FORMAT = 1
"""The casebook format this version writes; a higher one is refused."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set.

    Attributes:
        format: the casebook's format number.
        extractor: the engine that finds claims.
        workers: processes used for reading and extracting; 0 means one for each processor, where
            there is enough to do.
        max_bytes: the largest page fetched from an address.
        max_file_bytes: the largest file read from disk.
        timeout: seconds an address may take to answer, and ten times that to finish.
        allow_private: whether addresses on private networks may be fetched.
        min_score: claims with a lower score wait for review and are not fused.
        reviewer: the name under which judgements are signed.
        register: extra folders of reviewed data, beside the shipped one.
        cover_media: which pictures are shown grey and blurred first: "marked" ones, or "all" that
            nobody has called plain.
        base_map: a PMTiles file to draw maps on, relative to the casebook.
    """

    format: int = FORMAT
    extractor: str = "joined"
    workers: int = 0
    max_bytes: int = 50_000_000
    max_file_bytes: int = 200_000_000
    timeout: float = 20.0
    allow_private: bool = False
    min_score: float = 0.0
    reviewer: str = ""
    register: tuple[str, ...] = ()
    base_map: str = ""
    cover_media: Literal["marked", "all"] = "marked"

    @property
    def processes(self) -> int:
        """How many processes to use, at least 1."""
        return self.workers or os.cpu_count() or 1


def read_settings(file: Path | None, flags: Mapping[str, Any] | None = None) -> Settings:
    """Return the settings in force.

    Args:
        file: an `enduse.toml`; None outside a casebook.
        flags: what the command line set; None values do not count.

    Raises:
        MisuseError: a setting is unknown or has the wrong type; names it and its place.
    """
    merged: dict[str, Any] = {}
    if file is not None:
        merged |= _read_file(file)
    merged |= _read_environment()
    merged |= {name: value for name, value in (flags or {}).items() if value is not None}
    try:
        return msgspec.convert(merged, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise MisuseError(
            f"a setting has the wrong type: {error}",
            str(file or "environment"),
            "docs/reference/settings.md lists every setting",
        ) from error


def _read_file(file: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MisuseError(
            f"not readable as TOML: {error}", str(file), "Mend the line it names"
        ) from error
    _refuse_unknown(found, str(file))
    return found


def _read_environment() -> dict[str, Any]:
    prefix = "ENDUSE_"
    known = set(Settings.__dataclass_fields__)
    found = {
        name.removeprefix(prefix).lower(): value
        for name, value in os.environ.items()  # noqa: TID251 - the one place that may
        if name.startswith(prefix)
    }
    return {name: value for name, value in found.items() if name in known}


def _refuse_unknown(found: Mapping[str, Any], place: str) -> None:
    unknown = sorted(set(found) - set(Settings.__dataclass_fields__))
    if unknown:
        raise MisuseError(
            f"unknown setting {unknown[0]!r}",
            place,
            "docs/reference/settings.md lists every setting",
        )
