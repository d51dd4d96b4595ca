"""Stage 9: ranked chains and their evidence to a dossier, and dossiers and claims to streams.

In: a trace with the incidents, claims, documents and reprints it rests on. Out: a `Dossier` in
which every sentence cites its quotes, and exporters that write it. Refused: a citation without
its claim; a planned or feared act told as done.
"""

from __future__ import annotations

from collections.abc import Mapping

from enduse.ports import ClaimExporter, Exporter
from enduse.publish.compose import compose_dossier
from enduse.publish.evidence import Evidence, Options, Reply, gather
from enduse.publish.picture import draw_chains
from enduse.publish.to_csv import CsvExporter
from enduse.publish.to_ftm import FtmExporter
from enduse.publish.to_geojson import GeoJsonExporter
from enduse.publish.to_html import HtmlExporter
from enduse.publish.to_json import JsonExporter
from enduse.publish.to_jsonl import ClaimsJsonlExporter
from enduse.publish.to_markdown import MarkdownExporter

_DOSSIERS: tuple[Exporter, ...] = (
    HtmlExporter(),
    MarkdownExporter(),
    JsonExporter(),
    GeoJsonExporter(),
)

EXPORTERS: Mapping[str, Exporter] = {exporter.name: exporter for exporter in _DOSSIERS}
"""The built-in forms of a dossier, by name."""

CLAIM_EXPORTERS: Mapping[str, ClaimExporter] = {
    exporter.name: exporter for exporter in (ClaimsJsonlExporter(), CsvExporter(), FtmExporter())
}
"""The built-in forms of claims, by name."""

__all__ = [
    "CLAIM_EXPORTERS",
    "EXPORTERS",
    "Evidence",
    "Options",
    "Reply",
    "compose_dossier",
    "draw_chains",
    "gather",
]
