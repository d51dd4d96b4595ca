"""What maps are drawn on in the browser: outlines of countries, and a base map of the user's own.

In: an open casebook with its settings. Out: `/outlines.json` (GeoJSON), and `/base-map.pmtiles`
where the `base_map` setting names a file. Refused: a file that is no PMTiles archive.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from enduse.case.casebook import Casebook
from enduse.case.views.outlines import as_geojson
from enduse.errors import MisuseError, NotFoundError

_MAGIC = b"PMTiles\x03"


def add_base_map(app: FastAPI) -> None:
    """Hang the two files onto the application."""
    app.get("/outlines.json", include_in_schema=False)(send_outlines)
    app.get("/base-map.pmtiles", include_in_schema=False)(send_base_map)


def check_base_map(book: Casebook) -> Path | None:
    """Return the base map's file, None where none is set.

    Raises:
        MisuseError: there is no such file, or it is no PMTiles archive of version 3.
    """
    if not book.settings.base_map:
        return None
    path = book.folder / book.settings.base_map
    try:
        with path.open("rb") as stream:
            head = stream.read(len(_MAGIC))
    except OSError as error:
        raise MisuseError(
            f"the base map cannot be read: {error.strerror}", str(path), "Check `base_map`"
        ) from error
    if head != _MAGIC:
        raise MisuseError(
            "the base map is no PMTiles archive of version 3",
            str(path),
            "Give a .pmtiles file, or leave `base_map` empty",
        )
    return path


async def send_outlines() -> Response:
    """Return the outlines of countries."""
    return Response(_outlines(), media_type="application/geo+json")


async def send_base_map(request: Request) -> Response:
    """Return the parts of the base map that are asked for."""
    path: Path | None = request.app.state.base_map
    if path is None:
        raise NotFoundError("no base map is set", next_step="Name one with --base-map")
    return FileResponse(path, media_type="application/vnd.pmtiles")


@cache
def _outlines() -> bytes:
    return json.dumps(as_geojson(), separators=(",", ":")).encode()
