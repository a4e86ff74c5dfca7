"""One history of the schema for both databases, run on start."""

import importlib
import sqlite3
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from storage.database import engine_url
from storage.sqlite import path_of

#: Where the versions are kept.
HISTORY = Path(__file__).parent
#: Any number, the same in every replica: whoever holds it migrates, the others wait.
_POSTGRES_LOCK = 7_275_539
#: Where alembic keeps the version that the schema has.
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))


class BrokenReferences(Exception):
    """A migration left rows that point nowhere; it was undone."""


class NewerSchema(Exception):
    """A newer program has changed the schema; this one would write rows that are wrong there."""


def upgrade(url: str, history: Path = HISTORY) -> None:
    """Bring the schema to the newest version; two replicas may try at once.

    On SQLite a copy of the file as it was is kept beside it, named after the new version.

    Raises:
        NewerSchema: the schema is ahead of this program; nothing was changed.
    """
    address = engine_url(url)
    engine = sa.create_engine(address)
    try:
        if engine.dialect.name == "sqlite":
            _upgrade_sqlite(engine, path_of(address), history)
        else:
            _upgrade_postgresql(engine, history)
    finally:
        engine.dispose()


def pending(connection: sa.Connection, history: Path = HISTORY) -> bool:
    """Say whether the schema has yet to be brought to the newest version.

    Raises:
        NewerSchema: it is ahead of this program.
    """
    has, known = current(connection) or "", newest(history) or ""
    if has > known:
        raise NewerSchema(
            f"The database has version {has}, and this program knows versions up to {known} only: "
            "a newer Parley has worked on it. Nothing was changed. Install the newer program, "
            "or restore a backup from before the database was brought to that version."
        )
    return has != known


def current(connection: sa.Connection) -> str | None:
    """Return the version that the schema has; None when it has no tables yet."""
    if not sa.inspect(connection).has_table(_VERSION.name):
        return None
    version: str | None = connection.scalar(sa.select(_VERSION.c.version_num))
    return version


def import_models() -> None:
    """Import every table of the product, so that the models can be compared with the schema."""
    for module in HISTORY.parent.glob("*.py"):
        importlib.import_module(f"storage.{module.stem}")
    for module in HISTORY.parents[1].glob("workflows/*/*tables.py"):
        importlib.import_module(f"workflows.{module.parent.name}.{module.stem}")


@cache
def newest(history: Path = HISTORY) -> str | None:
    """Return the version that this program needs."""
    numbers = (path.name.partition("_")[0] for path in history.glob("versions/[0-9]*.py"))
    return max(numbers, default=None)


def _upgrade_postgresql(engine: sa.Engine, history: Path) -> None:
    with engine.begin() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_POSTGRES_LOCK)))
        if pending(connection, history):
            _run(connection, history)


def _upgrade_sqlite(engine: sa.Engine, path: Path, history: Path) -> None:
    sa.event.listen(engine, "connect", _own_transactions)
    with engine.connect() as connection:
        if not pending(connection, history):
            return
        connection.rollback()
        if sa.inspect(connection).get_table_names():
            _copy(connection, path.with_name(f"{path.name}.before-{newest(history)}"))
        # A changed parent table is dropped and rebuilt, and ON DELETE CASCADE would empty its
        # children; the switch is ignored once a transaction is open.
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        _run(connection, history)
        _check_references(connection)
        connection.exec_driver_sql("COMMIT")


def _run(connection: sa.Connection, history: Path) -> None:
    # Most starts have nothing to migrate, and alembic costs each 0.2 s and 10 MiB.
    from storage.migrations import running  # noqa: PLC0415

    running.upgrade(connection, history)


def _copy(connection: sa.Connection, path: Path) -> None:
    path.unlink(missing_ok=True)
    connection.rollback()
    connection.exec_driver_sql("VACUUM INTO ?", (str(path),))


def _check_references(connection: sa.Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise BrokenReferences(
            f"The migration would leave {len(broken)} rows of {tables} pointing nowhere. "
            "It was undone and nothing is lost; please report this with the version you came from."
        )


def _own_transactions(driver: sqlite3.Connection, _record: object) -> None:
    # The driver would commit by itself before some statements.
    driver.isolation_level = None
