"""One history of the schema for both databases, run on start."""

import importlib
import sqlite3
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.database import engine_url
from storage.sqlite import path_of

#: Where the versions are kept.
HISTORY = Path(__file__).parent
#: Any number, the same in every replica: whoever holds it migrates, the others wait.
_POSTGRES_LOCK = 7_275_539


class BrokenReferences(Exception):
    """A migration left rows that point nowhere; it was undone."""


def upgrade(url: str, history: Path = HISTORY) -> None:
    """Bring the schema to the newest version; two replicas may try at once.

    On SQLite a copy of the file as it was is kept beside it, named after the new version.
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
    """Say whether the schema is not the newest one."""
    return current(connection) != newest(history)


def current(connection: sa.Connection) -> str | None:
    """Return the version that the schema has; None when it has no tables yet."""
    return MigrationContext.configure(connection).get_current_revision()


def import_models() -> None:
    """Import every table of the product, so that the models can be compared with the schema."""
    for module in HISTORY.parent.glob("*.py"):
        importlib.import_module(f"storage.{module.stem}")
    for module in HISTORY.parents[1].glob("workflows/*/tables.py"):
        importlib.import_module(f"workflows.{module.parent.name}.tables")


def config_for(connection: sa.Connection, history: Path = HISTORY, **attributes: object) -> Config:
    """Return alembic's configuration for commands on this connection."""
    config = Config(attributes={"connection": connection, **attributes})
    config.set_main_option("script_location", str(history).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


@cache
def newest(history: Path = HISTORY) -> str | None:
    """Return the version that this program needs."""
    return ScriptDirectory(str(history)).get_current_head()


def _upgrade_postgresql(engine: sa.Engine, history: Path) -> None:
    with engine.begin() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_POSTGRES_LOCK)))
        command.upgrade(config_for(connection, history), "head")


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
        command.upgrade(config_for(connection, history), "head")
        _check_references(connection)
        connection.exec_driver_sql("COMMIT")


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
