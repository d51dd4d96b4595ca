"""Loads many rows at once: indexes and tables derived by triggers are made after them, not beside.

The statements that fill the derived tables say the same as the triggers of the migrations, for all
rows at once; the rows are the same either way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

_KIND = "CASE part WHEN 'weapon' THEN 'weapon' WHEN 'place' THEN 'place' ELSE 'actor' END"
_FILL = (
    (
        "INSERT OR IGNORE INTO takes_part(party, part, incident_id, label, started) "
        "SELECT coalesce(p.value ->> 'entity_id', 'name:' || lower(p.value ->> 'label')), "
        "p.value ->> 'part', i.id, p.value ->> 'label', i.started "
        "FROM incident AS i, json_each(i.body, '$.parties') AS p"
    ),
    (
        "INSERT OR IGNORE INTO takes_part(party, part, incident_id, label, started) "
        "SELECT coalesce(body ->> '$.place.entity_id', "
        "'name:' || lower(body ->> '$.place.label')), "
        "body ->> '$.place.part', id, body ->> '$.place.label', started FROM incident "
        "WHERE body ->> '$.place' IS NOT NULL"
    ),
    (
        "INSERT OR IGNORE INTO tells(claim_id, incident_id) "
        "SELECT c.value, i.id FROM incident AS i, json_each(i.body, '$.claims') AS c"
    ),
    (
        f"INSERT INTO party(kind, party, label, incidents) SELECT {_KIND} AS kind, party, label, "
        "count(DISTINCT incident_id) FROM takes_part GROUP BY kind, party"
    ),
    (
        "INSERT OR IGNORE INTO named(party, claim_id) "
        "SELECT coalesce(nullif(r.value ->> 'reference', ''), 'name:' || "
        "lower(coalesce(nullif(r.value ->> 'name', ''), r.value ->> 'text'))), c.id "
        "FROM resolved AS c, json_each(c.body, '$.roles') AS r "
        "WHERE r.value ->> 'part' NOT IN ('weapon', 'place')"
    ),
    "INSERT INTO document_words(document_words) VALUES ('rebuild')",
    "INSERT INTO document_parts(document_parts) VALUES ('rebuild')",
)


@contextmanager
def loading(database: Path) -> Iterator[None]:
    """Take indexes and triggers away while rows are put in, then make all that hangs on them."""
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        found = connection.execute(
            text(
                "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL "
                "AND type IN ('index', 'trigger') ORDER BY type"
            )
        ).all()
        for one in found:
            connection.execute(text(f"DROP {one.type} {one.name}"))
    yield
    with engine.begin() as connection:
        for one in found:
            if one.type == "index":
                connection.exec_driver_sql(one.sql)
        for statement in _FILL:
            connection.exec_driver_sql(statement)
        for one in found:
            if one.type == "trigger":
                connection.exec_driver_sql(one.sql)
    engine.dispose()
