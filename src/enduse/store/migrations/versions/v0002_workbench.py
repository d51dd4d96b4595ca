"""Decisions of people, and indexes by which the workbench finds claims and incidents at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_DECISION = ("number", "matter", "subject", "verdict", "judge", "document_id", "retracts")

# A place is a party too. `json_each` walks the stored body, so the tables cannot part from it.
_PARTIES = """
INSERT OR IGNORE INTO takes_part(party, part, incident_id, label)
SELECT coalesce(p.value ->> 'entity_id', 'name:' || lower(p.value ->> 'label')),
       p.value ->> 'part', {row}.id, p.value ->> 'label'
FROM (
    SELECT value FROM json_each({row}.body, '$.parties')
    UNION ALL SELECT {row}.body -> '$.place' WHERE {row}.body ->> '$.place' IS NOT NULL
) AS p;
"""
_TELLS = """
INSERT OR IGNORE INTO tells(claim_id, incident_id)
SELECT value, {row}.id FROM json_each({row}.body, '$.claims')
UNION ALL SELECT value, {row}.id FROM json_each({row}.body, '$.denials');
"""
_FORGET = """
DELETE FROM takes_part WHERE incident_id = old.id;
DELETE FROM tells WHERE incident_id = old.id;
"""
# The latest decision on a subject that nobody has taken back.
_STANDING = """
CREATE VIEW standing AS
SELECT d.* FROM decision AS d
WHERE d.retracts IS NULL
  AND NOT EXISTS (SELECT 1 FROM decision AS t WHERE t.retracts = d.id)
  AND NOT EXISTS (
    SELECT 1 FROM decision AS later
    WHERE later.subject = d.subject AND later.matter = d.matter AND later.number > d.number
      AND later.retracts IS NULL
      AND NOT EXISTS (SELECT 1 FROM decision AS t WHERE t.retracts = later.id)
  )
"""


def upgrade() -> None:
    """Make the tables, fill them from the incidents there are, and keep them by triggers."""
    op.create_table(
        "decision",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer if name == "number" else sa.Text) for name in _DECISION),
    )
    for name in _DECISION:
        op.create_index(f"ix_decision_{name}", "decision", [name])
    op.create_index("ix_claim_reading", "claim", ["document_id", "start", "id"])
    _create_incident_tables()
    op.execute(_STANDING)


def _create_incident_tables() -> None:
    op.create_table(
        "takes_part",
        sa.Column("party", sa.Text, primary_key=True),
        sa.Column("part", sa.Text, primary_key=True),
        sa.Column("incident_id", sa.Text, primary_key=True),
        sa.Column("label", sa.Text, nullable=False),
    )
    op.create_table(
        "tells",
        sa.Column("claim_id", sa.Text, primary_key=True),
        sa.Column("incident_id", sa.Text, primary_key=True),
    )
    op.create_index("ix_tells_incident_id", "tells", ["incident_id"])
    op.create_index("ix_takes_part_incident_id", "takes_part", ["incident_id"])
    fill = _PARTIES.format(row="new") + _TELLS.format(row="new")
    for when, body in (("INSERT", fill), ("DELETE", _FORGET), ("UPDATE", _FORGET + fill)):
        op.execute(
            f"CREATE TRIGGER incident_index_{when.lower()} AFTER {when} ON incident "
            f"BEGIN {body} END"
        )
    op.execute("UPDATE incident SET id = id")  # makes the trigger fill the tables


def downgrade() -> None:
    """Refuse: a casebook is never taken back to an older schema."""
    raise NotImplementedError
