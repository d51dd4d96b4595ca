"""The places of a dossier to GeoJSON: grid cells, never points.

In: a dossier. Out: one RFC 7946 feature collection, UTF-8; a place coarser than a town has its
name and no geometry. Refused: nothing finer than the grid is in a dossier to begin with.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from enduse.model.dossier import Dossier, PlaceMark


class GeoJsonExporter:
    """Writes the places of a dossier as GeoJSON."""

    name = "geojson"
    media_type = "application/geo+json"
    suffix = ".geojson"

    def write(self, dossier: Dossier, stream: BinaryIO) -> None:
        """Write the places."""
        collection = {
            "type": "FeatureCollection",
            "name": dossier.title,
            "warnings": list(dossier.warnings),
            "features": [_feature(dossier, mark) for mark in dossier.places],
        }
        text = json.dumps(collection, ensure_ascii=False, sort_keys=True, indent=1)
        stream.write(text.encode("utf-8", "backslashreplace") + b"\n")


def _feature(dossier: Dossier, mark: PlaceMark) -> dict[str, Any]:
    quotes = {citation.number: citation.quote for citation in dossier.citations}
    return {
        "type": "Feature",
        "geometry": _polygon(mark.cell) if mark.cell else None,
        "properties": {
            "place": mark.place,
            "words": mark.words,
            "start": mark.start.isoformat() if mark.start else None,
            "end": mark.end.isoformat() if mark.end else None,
            "certainty": mark.certainty,
            "citations": list(mark.citations),
            "quotes": [quotes[number] for number in mark.citations],
        },
    }


def _polygon(cell: tuple[float, float, float, float]) -> dict[str, Any]:
    """Return the cell as a ring that runs against the clock, as RFC 7946 asks."""
    west, south, east, north = cell
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
