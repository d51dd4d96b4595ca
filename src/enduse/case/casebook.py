"""A casebook on disk: `enduse.toml`, `case.db` and `objects/` in one folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from enduse.case.clock import now
from enduse.errors import DamagedCaseError, MisuseError, NewerCaseError, NotFoundError
from enduse.ports import Register
from enduse.reference.register import load_register
from enduse.settings import FORMAT, Settings, read_settings
from enduse.store.database import open_database
from enduse.store.objects import Objects
from enduse.store.sql import SqlStore

_SETTINGS, _DATABASE, _OBJECTS = "enduse.toml", "case.db", "objects"


@dataclass(frozen=True)
class Casebook:
    """An open casebook: its folder, settings, values and bytes."""

    folder: Path
    settings: Settings
    store: SqlStore
    objects: Objects

    @cached_property
    def register(self) -> Register:
        """The reviewed register and the user's own folders, loaded at first use."""
        return load_register(tuple(self.folder / extra for extra in self.settings.register))

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def create_case(folder: Path) -> Casebook:
    """Make an empty casebook and open it.

    Raises:
        MisuseError: the folder holds something already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise MisuseError(
            "there is something here already", str(folder), "Name a folder that does not exist"
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _OBJECTS).mkdir()
    open_database(folder / _DATABASE).dispose()
    (folder / _SETTINGS).write_text(
        f"# An enduse casebook, made {now():%Y-%m-%d}.\n"
        "# docs/reference/settings.md lists every setting.\n"
        f"format = {FORMAT}\n",
        encoding="utf-8",
    )
    return open_case(folder)


def is_case(folder: Path) -> bool:
    """Return whether the folder is a casebook."""
    return (folder / _SETTINGS).is_file()


def open_case(folder: Path | str, flags: Mapping[str, Any] | None = None) -> Casebook:
    """Open a casebook.

    Args:
        folder: where it lies.
        flags: settings that win over the casebook's own.

    Raises:
        NotFoundError: there is no casebook.
        NewerCaseError: a newer enduse wrote it.
        DamagedCaseError: its database cannot be read.
    """
    folder = Path(folder)
    if not is_case(folder):
        raise NotFoundError(
            "there is no casebook here", str(folder), f"Make one with: enduse new {folder}"
        )
    settings = read_settings(folder / _SETTINGS, flags)
    if settings.format > FORMAT:
        raise NewerCaseError(
            f"the casebook has format {settings.format}, this enduse knows up to {FORMAT}",
            str(folder),
            "Install a newer enduse to open it",
        )
    if not (folder / _DATABASE).is_file():
        raise DamagedCaseError(
            "the casebook has lost its database",
            str(folder / _DATABASE),
            "Restore it from a copy; objects/ still holds every document's bytes",
        )
    store = SqlStore(open_database(folder / _DATABASE))
    return Casebook(folder, settings, store, Objects(folder / _OBJECTS))
