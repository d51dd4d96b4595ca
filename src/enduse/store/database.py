"""Opens a casebook's SQLite file: WAL, foreign keys, migrations, and a refusal of newer ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError

from enduse.errors import DamagedCaseError, NewerCaseError
from enduse.store.tables import HEAD

_MIGRATIONS = Path(__file__).parent / "migrations"

_CACHE_KB = 64 * 1024
"""Memory in which a connection holds pages of the file; ids are digests, so rows fall anywhere."""


def open_database(path: Path) -> Engine:
    """Return an engine on the file, brought up to the newest schema.

    Raises:
        NewerCaseError: the file was written by a newer enduse.
        DamagedCaseError: the file is not a readable database.
    """
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _prepare_connection)
    try:
        _upgrade(engine, path)
    except DatabaseError as error:
        engine.dispose()
        raise DamagedCaseError(
            f"the database cannot be read ({error.orig})",
            str(path),
            "Restore it from a copy; objects/ still holds every document's bytes",
        ) from error
    return engine


def _prepare_connection(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=30000",
        f"cache_size=-{_CACHE_KB}",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _upgrade(engine: Engine, path: Path) -> None:
    current = _current_revision(engine)
    if current == HEAD:
        return
    if current is not None and current > HEAD:
        engine.dispose()
        raise NewerCaseError(
            f"the casebook has schema {current}, this enduse knows up to {HEAD}",
            str(path),
            "Install a newer enduse to open it",
        )
    _migrate(engine)


def _current_revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar()
        return revision


def _migrate(engine: Engine) -> None:
    from alembic import command  # noqa: PLC0415 - costs half a second; needed once a casebook
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
