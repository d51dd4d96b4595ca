"""Trace how weapons changed hands: documents in, claims with quotes, custody chains out.

The public names below are loaded when first used, so that importing one part does not pay for all.
"""

from __future__ import annotations

from importlib import import_module  # noqa: TID251 - the names it loads are listed below
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enduse.case.casebook import create_case, open_case
    from enduse.extract import extract_claims
    from enduse.fuse import fuse_incidents
    from enduse.model.claim import Claim
    from enduse.model.custody import Chain, Trace
    from enduse.model.document import Document, Span
    from enduse.model.dossier import Dossier
    from enduse.model.entity import Entity, Judgement
    from enduse.model.incident import Incident
    from enduse.model.mention import Mention
    from enduse.model.reprint import Reprint
    from enduse.model.snapshot import Snapshot
    from enduse.publish import compose_dossier
    from enduse.read import read_document
    from enduse.reprints import find_reprints
    from enduse.resolve import resolve_claims
    from enduse.trace import trace_custody

_HOMES = {
    "Chain": "enduse.model.custody",
    "Claim": "enduse.model.claim",
    "Document": "enduse.model.document",
    "Dossier": "enduse.model.dossier",
    "Entity": "enduse.model.entity",
    "Incident": "enduse.model.incident",
    "Judgement": "enduse.model.entity",
    "Mention": "enduse.model.mention",
    "Reprint": "enduse.model.reprint",
    "Snapshot": "enduse.model.snapshot",
    "Span": "enduse.model.document",
    "Trace": "enduse.model.custody",
    "compose_dossier": "enduse.publish",
    "create_case": "enduse.case.casebook",
    "extract_claims": "enduse.extract",
    "find_reprints": "enduse.reprints",
    "fuse_incidents": "enduse.fuse",
    "open_case": "enduse.case.casebook",
    "read_document": "enduse.read",
    "resolve_claims": "enduse.resolve",
    "trace_custody": "enduse.trace",
}

__all__ = [
    "Chain",
    "Claim",
    "Document",
    "Dossier",
    "Entity",
    "Incident",
    "Judgement",
    "Mention",
    "Reprint",
    "Snapshot",
    "Span",
    "Trace",
    "compose_dossier",
    "create_case",
    "extract_claims",
    "find_reprints",
    "fuse_incidents",
    "open_case",
    "read_document",
    "resolve_claims",
    "trace_custody",
]


def __getattr__(name: str) -> Any:
    """Return a public name from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module 'enduse' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
