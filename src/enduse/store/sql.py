"""Keeps the model's values in a SQL database, by kind and id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, delete, func, select, text
from sqlalchemy.dialects.sqlite import insert

from enduse.store.kinds import Kind
from enduse.store.tables import LINEAGE, METADATA, STATE, WORK

V = TypeVar("V")
T = TypeVar("T")
_BATCH = 500


class SqlStore:
    """Values by kind and id. Writing happens inside `writing()`, which commits whole or not."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._open: Connection | None = None
        self._found: dict[str, tuple[tuple[int, ...], Any]] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All writes inside are kept together, or none of them if it fails or is killed."""
        if self._open is not None:
            yield
            return
        with self._engine.begin() as connection:
            self._open = connection
            try:
                yield
            finally:
                self._open = None

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        if self._open is not None:
            yield self._open
        else:
            with self._engine.begin() as connection:
                yield connection

    def put(self, kind: Kind[V], values: Iterable[V]) -> int:
        """Keep values; one with a known id takes the place of the old. Return how many came."""
        rows = [kind.to_row(value) for value in values]
        table = _table(kind)
        with self._connection() as connection:
            _count_write(connection, table)
            for at in range(0, len(rows), _BATCH):
                statement = insert(table)
                update = {c.name: statement.excluded[c.name] for c in table.c if c.name != "id"}
                connection.execute(
                    statement.on_conflict_do_update(index_elements=["id"], set_=update),
                    rows[at : at + _BATCH],
                )
        return len(rows)

    def get(self, kind: Kind[V], value_id: str) -> V | None:
        """Return the value with this id, or None."""
        table = _table(kind)
        with self._connection() as connection:
            row = connection.execute(select(table).where(table.c.id == value_id)).mappings().first()
        return kind.from_row(dict(row)) if row else None

    def has(self, kind: Kind[Any], value_id: str) -> bool:
        """Return whether a value with this id is kept."""
        table = _table(kind)
        with self._connection() as connection:
            query = select(table.c.id).where(table.c.id == value_id)
            return connection.execute(query).first() is not None

    def ids(self, kind: Kind[Any], **equals: Any) -> list[str]:
        """Return the ids of the values whose columns equal those given, sorted."""
        table = _table(kind)
        query = select(table.c.id).where(*_conditions(table, equals)).order_by(table.c.id)
        with self._connection() as connection:
            return list(connection.execute(query).scalars())

    def starting(self, kind: Kind[Any], prefix: str, most: int = 3) -> list[str]:
        """Return up to `most` ids that start with the prefix, sorted."""
        table = _table(kind)
        query = (
            select(table.c.id)
            .where(table.c.id >= prefix, table.c.id < prefix + "\U0010ffff")
            .order_by(table.c.id)
            .limit(most)
        )
        with self._connection() as connection:
            return list(connection.execute(query).scalars())

    def find(self, kind: Kind[V], **equals: Any) -> Iterator[V]:
        """Yield the values whose columns equal those given, in order of id, in bounded memory."""
        yield from (kind.from_row(row) for row in self.rows(kind, **equals))

    def rows(self, kind: Kind[Any], **equals: Any) -> Iterator[Mapping[str, Any]]:
        """Yield the rows as stored, in order of id, page by page."""
        table, last = _table(kind), ""
        while True:
            query = (
                select(table)
                .where(table.c.id > last, *_conditions(table, equals))
                .order_by(table.c.id)
                .limit(_BATCH)
            )
            with self._connection() as connection:
                page = connection.execute(query).mappings().all()
            yield from map(dict, page)
            if len(page) < _BATCH:
                return
            last = page[-1]["id"]

    def count(self, kind: Kind[Any], **equals: Any) -> int:
        """Return how many values there are."""
        table = _table(kind)
        query = select(func.count()).select_from(table).where(*_conditions(table, equals))
        with self._connection() as connection:
            return int(connection.execute(query).scalar_one())

    def drop(self, kind: Kind[Any], **equals: Any) -> None:
        """Forget derived values whose columns equal those given; all, if none are given."""
        table = _table(kind)
        with self._connection() as connection:
            _count_write(connection, table)
            connection.execute(delete(table).where(*_conditions(table, equals)))

    def remove(self, kind: Kind[Any], ids: Iterable[str]) -> None:
        """Forget the values with these ids."""
        table, wanted = _table(kind), list(ids)
        with self._connection() as connection:
            _count_write(connection, table)
            for at in range(0, len(wanted), _BATCH):
                connection.execute(delete(table).where(table.c.id.in_(wanted[at : at + _BATCH])))

    def done(self, stage: str) -> dict[str, str]:
        """Return the fingerprint under which the stage last finished each subject."""
        query = select(WORK.c.subject, WORK.c.fingerprint).where(WORK.c.stage == stage)
        with self._connection() as connection:
            return {row.subject: row.fingerprint for row in connection.execute(query)}

    def mark_done(self, stage: str, fingerprints: Mapping[str, str]) -> None:
        """Record that the stage finished the subjects under these fingerprints."""
        rows = [{"stage": stage, "subject": s, "fingerprint": f} for s, f in fingerprints.items()]
        if not rows:
            return
        statement = insert(WORK)
        with self._connection() as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["stage", "subject"],
                    set_={"fingerprint": statement.excluded.fingerprint},
                ),
                rows,
            )

    def log(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Add entries to the run log."""
        rows = list(entries)
        if rows:
            with self._connection() as connection:
                connection.execute(insert(LINEAGE).on_conflict_do_nothing(), rows)

    def lineage(self, subject: str) -> list[dict[str, Any]]:
        """Return the run log's entries on a subject, oldest first."""
        query = select(LINEAGE).where(LINEAGE.c.subject == subject).order_by(LINEAGE.c.finished)
        with self._connection() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def select(self, query: str, **given: Any) -> list[dict[str, Any]]:
        """Return the rows of a query of `store.pages`, as plain columns."""
        with self._connection() as connection:
            found = connection.execute(text(query), given)
            names = tuple(found.keys())
            return [dict(zip(names, row, strict=True)) for row in found.all()]

    def versions(self, *kinds: Kind[Any]) -> tuple[int, ...]:
        """Return how often each kind's table has been written to."""
        with self._connection() as connection:
            rows = connection.execute(select(STATE.c.subject, STATE.c.version)).all()
        told = {row.subject: row.version for row in rows}
        return tuple(told.get(kind.table, 0) for kind in kinds)

    def remember(self, name: str, kinds: tuple[Kind[Any], ...], find: Callable[[], T]) -> T:
        """Return what `find` finds, found again only when one of the kinds was written to since.

        What is found while this store writes is not kept: the writing may yet fail.
        """
        versions = self.versions(*kinds)
        known = self._found.get(name)
        if known is not None and known[0] == versions:
            found: T = known[1]
            return found
        found = find()
        if self._open is None:
            self._found[name] = versions, found
        return found

    def check_integrity(self) -> str:
        """Return "ok", or what the database itself finds wrong with its file."""
        with self._connection() as connection:
            found = connection.execute(text("PRAGMA integrity_check")).scalars()
            return "; ".join(found)


def _count_write(connection: Connection, table: Table) -> None:
    """Note in the same transaction that the table is written to."""
    counted = insert(STATE).values(subject=table.name, version=1)
    connection.execute(
        counted.on_conflict_do_update(
            index_elements=["subject"], set_={"version": STATE.c.version + 1}
        )
    )


def _table(kind: Kind[Any]) -> Table:
    return METADATA.tables[kind.table]


def _conditions(table: Table, equals: Mapping[str, Any]) -> list[Any]:
    return [table.c[column] == value for column, value in equals.items()]
