"""The casebook's schema as SQLAlchemy tables; a test compares it with what the migrations make."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Float, Index, Integer, MetaData, Table, Text, text

METADATA = MetaData()

HEAD = "0003"
"""The newest migration; `store.open` refuses a casebook that is ahead of it."""

_TYPES: dict[str, Any] = {
    "start": Integer,
    "number": Integer,
    "score": Float,
    "probability": Float,
}
_UNINDEXED = frozenset({"title", "mode", "score", "start", "text"})
_LED = frozenset({("judgement", "verdict"), ("drift", "copy_document"), ("drift", "copy_claim")})
"""Columns that stand in an index of several columns instead."""


def _has_index(table: str, column: str) -> bool:
    return column not in _UNINDEXED and (table, column) not in _LED


def _table(name: str, *columns: str) -> Table:
    return Table(
        name,
        METADATA,
        Column("id", Text, primary_key=True),
        Column("digest", Text, nullable=False),
        Column("body", Text, nullable=False),
        *(
            Column(column, _TYPES.get(column, Text), index=_has_index(name, column))
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
_table("drift", "copy_document", "copy_claim")
_table("decision", "number", "matter", "subject", "verdict", "judge", "document_id", "retracts")

IN_DOUBT = "json_array_length(body, '$.denials') > 0 OR json_array_length(body, '$.conflicts') > 0"
"""Incidents that somebody denies or that cannot be true with others; an index holds them."""

_CLAIM, _INCIDENT = METADATA.tables["claim"].c, METADATA.tables["incident"].c
Index("ix_claim_reading", _CLAIM.document_id, _CLAIM.start, _CLAIM.id)
Index("ix_incident_kind_started", _INCIDENT.kind, _INCIDENT.started)
Index("ix_incident_kind_mode", _INCIDENT.kind, _INCIDENT.mode, _INCIDENT.started)
Index("ix_incident_doubted", _INCIDENT.started, sqlite_where=text(IN_DOUBT))
_DOCUMENT, _DRIFT = METADATA.tables["document"].c, METADATA.tables["drift"].c
Index(
    "ix_document_listing",
    _DOCUMENT.published,
    _DOCUMENT.title,
    _DOCUMENT.publisher,
    _DOCUMENT.name,
)
_JUDGEMENT = METADATA.tables["judgement"].c
Index("ix_judgement_verdict_left", _JUDGEMENT.verdict, _JUDGEMENT.left_id, _JUDGEMENT.id)
Index("ix_drift_order", _DRIFT.copy_document, _DRIFT.copy_claim, _DRIFT.id)

TAKES_PART = Table(
    "takes_part",
    METADATA,
    Column("party", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("incident_id", Text, primary_key=True, index=True),
    Column("label", Text, nullable=False),
    Column("started", Text),
    Index("ix_takes_part_party_started", "party", "started", "part", "incident_id"),
)
"""Who takes part in which incident, kept by triggers; places are parties too."""

PARTY = Table(
    "party",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("party", Text, primary_key=True),
    Column("label", Text, nullable=False),
    Column("incidents", Integer, nullable=False),
    Index("ix_party_kind_incidents", "kind", "incidents"),
)
"""Each weapon, actor and place with the number of its incidents, kept by triggers."""

TELLS = Table(
    "tells",
    METADATA,
    Column("claim_id", Text, primary_key=True),
    Column("incident_id", Text, primary_key=True, index=True),
)
"""Which claim tells of which incident, affirming or denying it; kept by triggers."""

STANDING = Table(
    "standing",
    METADATA,
    Column("matter", Text, primary_key=True),
    Column("subject", Text, primary_key=True, index=True),
    Column("decision_id", Text, nullable=False, index=True),
    Column("number", Integer, nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("document_id", Text, index=True),
    Column("made", Text),
    Index("ix_standing_verdict", "matter", "verdict", "subject"),
    Index("ix_standing_made", "made", sqlite_where=text("made IS NOT NULL")),
)
"""The decision that stands on each thing, kept by triggers."""

NAMED = Table(
    "named",
    METADATA,
    Column("party", Text, primary_key=True),
    Column("claim_id", Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Who is named in which claim, weapons and places left out; kept by triggers."""

STATE = Table(
    "state",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("version", Integer, nullable=False),
)
"""How often each table has been written to: what was found under the same numbers still holds."""

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
