"""The first casebook: values by kind, work done, run log, and two search indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TYPES = {"start": sa.Integer, "score": sa.Float, "probability": sa.Float}
_UNINDEXED = {"title", "mode", "score", "start", "text"}
_TABLES = {
    "snapshot": ("object", "address", "media_type"),
    "document": (
        "snapshot_id",
        "name",
        "title",
        "publisher",
        "published",
        "language",
        "text",
    ),
    "claim": (
        "document_id",
        "kind",
        "mode",
        "status",
        "certainty",
        "polarity",
        "start",
        "extractor",
        "score",
    ),
    "resolved": ("document_id",),
    "entity": ("kind", "category", "name"),
    "judgement": ("left_id", "right_id", "verdict", "judge", "judged"),
    "reprint": ("copy_id", "of_id", "relation"),
    "incident": ("kind", "mode", "status", "started", "ended", "probability"),
    "trace": ("weapon",),
    "dossier": ("title",),
    "problem": ("stage", "subject"),
}
# unicode61 finds words, trigram finds parts of words: صاروخ in الصاروخ, 71E in BGM-71E.
_INDEXES = {"document_words": "unicode61 remove_diacritics 2", "document_parts": "trigram"}


def upgrade() -> None:
    """Make every table, index and trigger."""
    for name, columns in _TABLES.items():
        op.create_table(
            name,
            sa.Column("id", sa.Text, primary_key=True),
            sa.Column("digest", sa.Text, nullable=False),
            sa.Column("body", sa.Text, nullable=False),
            *(sa.Column(column, _TYPES.get(column, sa.Text)) for column in columns),
        )
        for column in columns:
            if column not in _UNINDEXED:
                op.create_index(f"ix_{name}_{column}", name, [column])
    _create_work_tables()
    for index, tokenizer in _INDEXES.items():
        _create_search_index(index, tokenizer)


def _create_work_tables() -> None:
    op.create_table(
        "work",
        sa.Column("stage", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.Text, nullable=False),
    )
    op.create_table(
        "lineage",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("finished", sa.Text, nullable=False),
        sa.Column("made", sa.Integer, nullable=False),
    )
    op.create_index("ix_lineage_subject", "lineage", ["subject"])


def _create_search_index(index: str, tokenizer: str) -> None:
    op.execute(
        f'CREATE VIRTUAL TABLE {index} USING fts5(title, text, content="document", '
        f"tokenize='{tokenizer}')"
    )
    insert = f"INSERT INTO {index}(rowid, title, text) VALUES (new.rowid, new.title, new.text);"
    delete = (
        f"INSERT INTO {index}({index}, rowid, title, text) "
        "VALUES ('delete', old.rowid, old.title, old.text);"
    )
    for when, body in (("INSERT", insert), ("DELETE", delete), ("UPDATE", delete + insert)):
        op.execute(
            f"CREATE TRIGGER {index}_{when.lower()} AFTER {when} ON document BEGIN {body} END"
        )


def downgrade() -> None:
    """Refuse: a casebook is never taken back to an older schema."""
    raise NotImplementedError
