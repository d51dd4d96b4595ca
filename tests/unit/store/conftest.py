"""An empty store, and what the database would do for each query asked of it."""

import pytest
from sqlalchemy import text

from enduse.store.database import open_database
from enduse.store.sql import SqlStore


@pytest.fixture
def store(tmp_path):
    opened = SqlStore(open_database(tmp_path / "case.db"))
    yield opened
    opened.close()


@pytest.fixture
def plans(store, monkeypatch):
    """What the database would do for each query asked of the store."""
    found = []
    select = SqlStore.select

    def noting(self, query, **given):
        with self._connection() as connection:
            steps = connection.execute(text(f"EXPLAIN QUERY PLAN {query}"), given)
            found.extend(step.detail for step in steps)
        return select(self, query, **given)

    monkeypatch.setattr(SqlStore, "select", noting)
    return found
