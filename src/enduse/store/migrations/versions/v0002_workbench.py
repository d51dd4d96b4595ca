"""Decisions of people, and indexes by which the workbench finds claims and incidents at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from enduse.store.tables import IN_DOUBT

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_DECISION = ("number", "matter", "subject", "verdict", "judge", "document_id", "retracts")

# A place is a party too. `json_each` walks the stored body, so the tables cannot part from it.
_PARTIES = """
INSERT OR IGNORE INTO takes_part(party, part, incident_id, label, started)
SELECT coalesce(p.value ->> 'entity_id', 'name:' || lower(p.value ->> 'label')),
       p.value ->> 'part', {row}.id, p.value ->> 'label', {row}.started
FROM (
    SELECT value FROM json_each({row}.body, '$.parties')
    UNION ALL SELECT {row}.body -> '$.place' WHERE {row}.body ->> '$.place' IS NOT NULL
) AS p;
"""
_KIND = "CASE {row}.part WHEN 'weapon' THEN 'weapon' WHEN 'place' THEN 'place' ELSE 'actor' END"
# An incident counts once for a party, however many parts of one kind it plays in it.
_ONCE = f"""
NOT EXISTS (
    SELECT 1 FROM takes_part AS t
    WHERE t.incident_id = {{row}}.incident_id AND t.party = {{row}}.party
      AND t.part <> {{row}}.part AND {_KIND.format(row="t")} = {_KIND}
)
"""
_COUNT = f"""
INSERT OR IGNORE INTO party(kind, party, label, incidents)
VALUES ({_KIND.format(row="new")}, new.party, new.label, 0);
UPDATE party SET incidents = incidents + 1
WHERE party = new.party AND kind = {_KIND.format(row="new")};
"""
_UNCOUNT = f"""
UPDATE party SET incidents = incidents - 1
WHERE party = old.party AND kind = {_KIND.format(row="old")};
DELETE FROM party WHERE party = old.party AND incidents = 0;
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
    op.create_index("ix_incident_kind_started", "incident", ["kind", "started"])
    op.create_index("ix_incident_doubted", "incident", ["started"], sqlite_where=sa.text(IN_DOUBT))
    _create_incident_tables()
    op.execute(_STANDING)


def _create_incident_tables() -> None:
    op.create_table(
        "takes_part",
        sa.Column("party", sa.Text, primary_key=True),
        sa.Column("part", sa.Text, primary_key=True),
        sa.Column("incident_id", sa.Text, primary_key=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("started", sa.Text),
    )
    op.create_index("ix_takes_part_party_started", "takes_part", ["party", "started"])
    op.create_table(
        "party",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("party", sa.Text, primary_key=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("incidents", sa.Integer, nullable=False),
    )
    op.create_index("ix_party_kind_incidents", "party", ["kind", "incidents"])
    op.create_table(
        "tells",
        sa.Column("claim_id", sa.Text, primary_key=True),
        sa.Column("incident_id", sa.Text, primary_key=True),
    )
    op.create_index("ix_tells_incident_id", "tells", ["incident_id"])
    op.create_index("ix_takes_part_incident_id", "takes_part", ["incident_id"])
    for when, row, body in (("INSERT", "new", _COUNT), ("DELETE", "old", _UNCOUNT)):
        op.execute(
            f"CREATE TRIGGER party_count_{when.lower()} AFTER {when} ON takes_part "
            f"WHEN {_ONCE.format(row=row)} BEGIN {body} END"
        )
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
