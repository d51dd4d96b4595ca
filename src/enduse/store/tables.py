"""The casebook's schema as SQLAlchemy tables; a test compares it with what the migrations make."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Float, Integer, MetaData, Table, Text

METADATA = MetaData()

HEAD = "0001"
"""The newest migration; `store.open` refuses a casebook that is ahead of it."""

_TYPES: dict[str, Any] = {"start": Integer, "score": Float, "probability": Float}
_UNINDEXED = frozenset({"title", "mode", "score", "start", "text"})


def _table(name: str, *columns: str) -> Table:
    return Table(
        name,
        METADATA,
        Column("id", Text, primary_key=True),
        Column("digest", Text, nullable=False),
        Column("body", Text, nullable=False),
        *(
            Column(column, _TYPES.get(column, Text), index=column not in _UNINDEXED)
            for column in columns
        ),
    )


_table("snapshot", "object", "address", "media_type")
_table("document", "snapshot_id", "name", "title", "publisher", "published", "language", "text")
_table(
    "claim",
    "document_id",
    "kind",
    "mode",
    "status",
    "certainty",
    "polarity",
    "start",
    "extractor",
    "score",
)
_table("resolved", "document_id")
_table("entity", "kind", "category", "name")
_table("judgement", "left_id", "right_id", "verdict", "judge", "judged")
_table("reprint", "copy_id", "of_id", "relation")
_table("incident", "kind", "mode", "status", "started", "ended", "probability")
_table("trace", "weapon")
_table("dossier", "title")
_table("problem", "stage", "subject")

WORK = Table(
    "work",
    METADATA,
    Column("stage", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
)
"""What has been done: a stage on a subject, with a digest of all that went into it."""

LINEAGE = Table(
    "lineage",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("finished", Text, nullable=False),
    Column("made", Integer, nullable=False),
)
"""The run log: which stage, at which version, on what, when, and how much it made."""
