"""The bytes of a casebook: files named by their SHA-256, written once, never changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from enduse.errors import DamagedCaseError
from enduse.model.record import sha256


class Objects:
    """A folder of bodies by digest: `objects/ab/cdef…`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, digest: str) -> Path:
        """Return where the body with this digest lies."""
        return self._folder / digest[:2] / digest[2:]

    def put(self, body: bytes) -> str:
        """Keep the bytes and return their digest; bytes already kept are left alone.

        The file appears whole or not at all: it is written beside its place and renamed.
        """
        digest = sha256(body)
        path = self.path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.{os.getpid()}.part")
            part.write_bytes(body)
            part.chmod(0o444)
            part.replace(path)
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes.

        Raises:
            DamagedCaseError: the file is missing.
        """
        try:
            return self.path(digest).read_bytes()
        except FileNotFoundError as error:
            raise DamagedCaseError(
                "the bytes of a snapshot are missing",
                str(self.path(digest)),
                "Restore the file from a copy, or add the document again",
            ) from error

    def digests(self) -> Iterator[str]:
        """Yield the digest every kept file is named by, sorted."""
        for folder in sorted(self._folder.glob("??")):
            for path in sorted(folder.iterdir()):
                if not path.name.endswith(".part"):
                    yield folder.name + path.name
