"""What a page needs of a large case, kept as it is written: standing decisions, drift, names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The latest decision on a thing that nobody has taken back. A retraction names the same thing.
_STANDS = """
DELETE FROM standing WHERE matter = {row}.matter AND subject = {row}.subject;
INSERT INTO standing(matter, subject, decision_id, number, verdict, document_id, made)
SELECT d.matter, d.subject, d.id, d.number, d.verdict, d.document_id, d.body ->> '$.made'
FROM decision AS d
WHERE d.subject = {row}.subject AND d.matter = {row}.matter AND d.retracts IS NULL
  AND NOT EXISTS (SELECT 1 FROM decision AS t WHERE t.retracts = d.id)
ORDER BY d.number DESC LIMIT 1;
"""
# Who is named in a claim, weapons and places left out. The rows to forget are read from the old
# body again, which needs no second index. OR IGNORE would be overruled by the writer's ON CONFLICT.
_PARTY = """
coalesce(nullif(r.value ->> 'reference', ''),
         'name:' || lower(coalesce(nullif(r.value ->> 'name', ''), r.value ->> 'text')))
"""
_ROLES = "json_each({row}.body, '$.roles') AS r WHERE r.value ->> 'part' NOT IN ('weapon', 'place')"
_NAME = f"""
INSERT INTO named(party, claim_id)
SELECT DISTINCT {_PARTY}, new.id FROM {_ROLES.format(row="new")};
"""
_UNNAME = f"""
DELETE FROM named
WHERE claim_id = old.id AND party IN (SELECT {_PARTY} FROM {_ROLES.format(row="old")});
"""
_FILL = f"""
INSERT INTO named(party, claim_id)
SELECT DISTINCT {_PARTY}, c.id FROM resolved AS c, {_ROLES.format(row="c")}
"""


def upgrade() -> None:
    """Make the tables, fill them from what there is, and keep them by triggers."""
    _create_standing()
    _create_named()
    _create_drift()
    op.create_table(
        "state",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.drop_index("ix_takes_part_party_started", "takes_part")
    op.create_index(
        "ix_takes_part_party_started", "takes_part", ["party", "started", "part", "incident_id"]
    )
    op.create_index("ix_incident_kind_mode", "incident", ["kind", "mode", "started"])
    op.create_index("ix_document_listing", "document", ["published", "title", "publisher", "name"])
    op.create_index("ix_judgement_verdict_left", "judgement", ["verdict", "left_id", "id"])
    op.drop_index("ix_judgement_verdict", "judgement")


def _create_standing() -> None:
    op.execute("DROP VIEW standing")
    op.create_table(
        "standing",
        sa.Column("matter", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("decision_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("document_id", sa.Text),
        sa.Column("made", sa.Text),
    )
    for name in ("subject", "decision_id", "number", "document_id"):
        op.create_index(f"ix_standing_{name}", "standing", [name])
    op.create_index("ix_standing_verdict", "standing", ["matter", "verdict", "subject"])
    op.create_index(
        "ix_standing_made", "standing", ["made"], sqlite_where=sa.text("made IS NOT NULL")
    )
    for when, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
        op.execute(
            f"CREATE TRIGGER standing_{when.lower()} AFTER {when} ON decision "
            f"BEGIN {_STANDS.format(row=row)} END"
        )
    op.execute("UPDATE decision SET id = id")  # makes the trigger fill the table


def _create_named() -> None:
    op.create_table(
        "named",
        sa.Column("party", sa.Text, primary_key=True),
        sa.Column("claim_id", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.execute(_FILL)
    for when, body in (("INSERT", _NAME), ("DELETE", _UNNAME), ("UPDATE", _UNNAME + _NAME)):
        op.execute(f"CREATE TRIGGER named_{when.lower()} AFTER {when} ON resolved BEGIN {body} END")


def _create_drift() -> None:
    op.create_table(
        "drift",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("copy_document", sa.Text),
        sa.Column("copy_claim", sa.Text),
    )
    op.create_index("ix_drift_order", "drift", ["copy_document", "copy_claim", "id"])


def downgrade() -> None:
    """Refuse: a casebook is never taken back to an older schema."""
    raise NotImplementedError
