"""Arrays beside the database, for what can be made again: `index/NAME.npy`, mapped into memory.

In: arrays. Out: names made from their content, and by its name an array, of which only what is
looked at is read. Refused: nothing; an array that is missing or damaged is none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class ArrayFiles:
    """A folder of arrays by name, written once, never changed."""

    def __init__(self, folder: Path) -> None:
        """Use the folder, which need not be there."""
        self._folder = folder

    def put(self, array: Array) -> str:
        """Keep the array and return its name; it appears whole or not at all."""
        flat = np.ascontiguousarray(array)
        digest = hashlib.sha256(f"{flat.dtype.str} {flat.shape} ".encode())
        digest.update(flat.data)
        name = digest.hexdigest()[:20]
        path = self._path(name)
        if self.get(name) is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{name}.{os.getpid()}.part")
            with part.open("wb") as stream:
                np.save(stream, flat, allow_pickle=False)
            part.replace(path)
        return name

    def get(self, name: str) -> Array | None:
        """Return the array, or None if it is missing or damaged."""
        path = self._path(name)
        try:
            found: Array = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, EOFError):
            return None
        except ValueError:  # an empty array cannot be mapped
            return _load_empty(path)
        return found

    def keep_only(self, names: Iterable[str]) -> None:
        """Remove all other arrays."""
        kept = {f"{name}.npy" for name in names}
        for path in self._folder.glob("*.npy"):
            if path.name not in kept:
                with suppress(OSError):  # another process may hold it; it is removed another time
                    path.unlink()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.npy"


def _load_empty(path: Path) -> Array | None:
    try:
        found: Array = np.load(path, allow_pickle=False)
    except (OSError, EOFError, ValueError):
        return None
    return None if found.size else found
