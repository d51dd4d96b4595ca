"""A dossier to JSON: every value of it under its own name, for other programs.

In: a dossier. Out: canonical JSON, keys sorted, UTF-8, one line end at the end. Refused: nothing.
"""

from __future__ import annotations

from typing import BinaryIO

from enduse.model.dossier import Dossier
from enduse.model.record import to_json


class JsonExporter:
    """Writes a dossier as JSON."""

    name = "json"
    media_type = "application/json"
    suffix = ".json"

    def write(self, dossier: Dossier, stream: BinaryIO) -> None:
        """Write the dossier."""
        stream.write(to_json(dossier) + b"\n")
