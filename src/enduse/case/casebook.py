"""A casebook on disk: `enduse.toml`, `case.db` and `objects/` in one folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from enduse.case.clock import now
from enduse.errors import DamagedCaseError, MisuseError, NewerCaseError, NotFoundError
from enduse.reference.register import Register, load_register
from enduse.settings import FORMAT, Settings, read_settings
from enduse.store.database import open_database
from enduse.store.objects import Objects
from enduse.store.sql import SqlStore

_SETTINGS, _DATABASE, _OBJECTS = "enduse.toml", "case.db", "objects"
_UNFINISHED = f"{_SETTINGS}.part"
_BEGUN = {_OBJECTS, _UNFINISHED, *(_DATABASE + end for end in ("", "-wal", "-shm", "-journal"))}
"""What may lie in a folder in which a casebook was begun and not finished."""


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
    """Make an empty casebook and open it; one whose making was cut short is finished.

    Raises:
        MisuseError: the folder holds something already.
    """
    if folder.exists() and not _is_free(folder):
        raise MisuseError(
            "there is something here already", str(folder), "Name a folder that does not exist"
        )
    (folder / _OBJECTS).mkdir(parents=True, exist_ok=True)
    open_database(folder / _DATABASE).dispose()
    unfinished = folder / _UNFINISHED
    unfinished.write_text(
        f"# An enduse casebook, made {now():%Y-%m-%d}.\n"
        "# docs/reference/settings.md lists every setting.\n"
        f"format = {FORMAT}\n",
        encoding="utf-8",
    )
    unfinished.replace(folder / _SETTINGS)  # last, and at once: from here on it is a casebook
    return open_case(folder)


def _is_free(folder: Path) -> bool:
    """Return whether the folder is empty, or holds only what a killed making left behind."""
    if not folder.is_dir():
        return False
    names = {entry.name for entry in folder.iterdir()}
    if not names:
        return True
    objects = folder / _OBJECTS  # made first, and empty until the casebook is one
    return names <= _BEGUN and objects.is_dir() and not any(objects.iterdir())


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
