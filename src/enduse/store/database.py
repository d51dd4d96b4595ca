"""Opens a casebook's SQLite file: WAL, foreign keys, migrations, and a refusal of newer ones."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import DatabaseError, IntegrityError
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError

from enduse.errors import DamagedCaseError, EnduseError, MisuseError, NewerCaseError
from enduse.store.tables import HEAD

_MIGRATIONS = Path(__file__).parent / "migrations"

_CACHE_KB = 64 * 1024
"""Memory in which a connection holds pages of the file; ids are digests, so rows fall anywhere."""


def open_database(path: Path) -> Engine:
    """Return an engine on the file, brought up to the newest schema.

    Its errors, now and later, say what is wrong with the file and what to do.

    Raises:
        NewerCaseError: the file was written by a newer enduse.
        DamagedCaseError: the file is not a readable database.
        MisuseError: the file may not be written, or another program holds it.
    """
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "handle_error", lambda context: _name_fault(context, path))
    try:
        _upgrade(engine, path)
    except EnduseError:
        engine.dispose()
        raise
    except DBAPIError as error:
        engine.dispose()
        raise _fault_of(error.orig, path) from error
    return engine


def _name_fault(context: ExceptionContext, path: Path) -> None:
    """Let an error of the database be raised as one that a user can act on."""
    error = context.original_exception
    if isinstance(error, DatabaseError) and not isinstance(error, IntegrityError):
        context.chained_exception = _fault_of(error, path)


def _fault_of(error: BaseException | None, path: Path) -> EnduseError:
    words = str(error)
    if "readonly" in words or "unable to open" in words:
        step = "Give yourself the right to write in the casebook's folder"
        return MisuseError(f"it cannot be written ({words})", str(path), step)
    if "locked" in words:
        step = "Wait until the other program is done, and ask again"
        return MisuseError("another program holds it", str(path), step)
    return DamagedCaseError(
        f"the database cannot be read ({words})",
        str(path),
        "Restore it from a copy; objects/ still holds every document's bytes",
    )


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
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # else a killed migration leaves half of it
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
