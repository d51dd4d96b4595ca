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
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
from msgspec import Meta

from enduse.errors import MisuseError

FORMAT = 1
"""The casebook format this version writes; a higher one is refused."""

_PREFIX = "ENDUSE_"
_Count = Annotated[int, Meta(ge=0, description="a whole number, 0 or more")]
_Bytes = Annotated[int, Meta(gt=0, description="a whole number of bytes, 1 or more")]
_Words = Annotated[str, Meta(description="words in quotes")]


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

    format: _Count = FORMAT
    extractor: _Words = "joined"
    workers: _Count = 0
    max_bytes: _Bytes = 50_000_000
    max_file_bytes: _Bytes = 200_000_000
    timeout: Annotated[float, Meta(gt=0, description="a number of seconds above 0")] = 20.0
    allow_private: Annotated[bool, Meta(description="true or false")] = False
    min_score: Annotated[float, Meta(ge=0, le=1, description="a number from 0 to 1")] = 0.0
    reviewer: _Words = ""
    register: Annotated[tuple[str, ...], Meta(description="a list of folders")] = ()
    base_map: _Words = ""
    cover_media: Annotated[Literal["marked", "all"], Meta(description="marked or all")] = "marked"

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
        MisuseError: a setting is unknown or has a value it cannot have; names it and its place.
    """
    read = {} if file is None else _read_file(file)
    told = {name: (str(file), value) for name, value in read.items()}
    told |= _read_environment()
    told |= {
        name: (f"--{name.replace('_', '-')}", value)
        for name, value in (flags or {}).items()
        if value is not None
    }
    return Settings(**{name: _check(name, value, place) for name, (place, value) in told.items()})


def _check(name: str, value: Any, place: str) -> Any:
    """Return the value as the setting's type.

    Raises:
        MisuseError: the setting is unknown, or cannot have this value.
    """
    allowed = get_type_hints(Settings, include_extras=True).get(name)
    if allowed is None:
        raise MisuseError(
            f"unknown setting {name!r}", place, "docs/reference/settings.md lists every setting"
        )
    try:
        return msgspec.convert(value, allowed, strict=False)
    except msgspec.ValidationError as error:
        raise MisuseError(
            f"{name} cannot be {value!r}", place, f"Give {allowed.__metadata__[0].description}"
        ) from error


def _read_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MisuseError(
            f"not readable as TOML: {error}", str(file), "Mend the line it names"
        ) from error


def _read_environment() -> dict[str, tuple[str, Any]]:
    """Return settings by name, each with its variable; an empty one sets nothing."""
    found: dict[str, tuple[str, Any]] = {}
    for variable, value in os.environ.items():  # noqa: TID251 - the one place that may
        name = variable.removeprefix(_PREFIX).lower()
        if variable.startswith(_PREFIX) and value and name != "format":
            found[name] = variable, value.split(os.pathsep) if name == "register" else value
    return found
