"""SQLite: one writer whose waiting units share a commit, a few readers, one bot per file."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa

from storage.crew import NotCommitted, Unit, confirming
from storage.session import UnitSession, wakes_worker

#: How long another process (a backup, the command line) may hold the write lock.
BUSY_SECONDS = 30
#: The disk or another process stood in the way, not the work.
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
}


class AlreadyRunning(Exception):
    """Another bot has this database file."""


class UnitConnection(sqlite3.Connection):
    """A connection whose transactions, as SQLAlchemy sees them, are savepoints in a shared one."""

    def commit(self) -> None:
        """Keep the unit; the writer commits it together with its neighbours."""
        # When a full disk has ended the transaction, the savepoint is gone and this raises.
        self.execute("RELEASE unit")

    def rollback(self) -> None:
        """Undo the unit alone."""
        if self.in_transaction:
            self.execute("ROLLBACK TO unit")
            self.execute("RELEASE unit")


def lock(database: Path) -> sqlite3.Connection:
    """Hold `<file>.lock` until the returned connection is closed or the process ends.

    Raises:
        AlreadyRunning: another process, or another part of this one, holds it.
    """
    path = database.with_name(database.name + ".lock")
    held = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        # SQLite's own file lock works on every system, and ends with its process.
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        held.close()
        raise AlreadyRunning(
            f"Another bot is already running on {database}. Nothing was changed. "
            "Stop that one first, or give this one a file of its own in PARLEY_DATABASE_URL."
        ) from error
    return held


class Writer:
    """Runs waiting units in one transaction, each in a savepoint of its own."""

    def __init__(self, url: sa.URL) -> None:
        self._kept = _Kept(_engine(url, UnitConnection, begin="SAVEPOINT unit"))

    def run(self, units: Sequence[Unit[object]]) -> None:
        """Run and commit the units; one that fails is undone alone, a failed commit fails all."""
        try:
            driver = self._kept.driver()
            driver.execute("BEGIN IMMEDIATE")
            for unit in units:
                _write(unit, self._kept.connection())
                if not driver.in_transaction:
                    raise NotCommitted("The database gave the transaction up.")  # noqa: TRY301
            # The driver's own commit() says nothing when the transaction is already gone.
            driver.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - whatever broke the transaction, nothing is saved
            self._kept.drop()
            for unit in units:
                _give_up(unit, error)

    def close(self) -> None:
        """Close the connection."""
        self._kept.drop()


class Reader:
    """Runs units one by one, each on its own snapshot."""

    def __init__(self, url: sa.URL) -> None:
        self._kept = _Kept(_engine(url, sqlite3.Connection, begin="BEGIN", query_only=True))

    def run(self, units: Sequence[Unit[object]]) -> None:
        """Run the units."""
        for unit in units:
            with unit.keeping_errors(), UnitSession(self._kept.connection()) as session:
                unit.result = unit.work(session)
            if isinstance(unit.error, (sa.exc.OperationalError, sqlite3.OperationalError)):
                self._kept.drop()

    def close(self) -> None:
        """Close the connection."""
        self._kept.drop()


class _Kept:
    """One connection, opened when first needed and again after it broke."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._connection: sa.Connection | None = None

    def connection(self) -> sa.Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def driver(self) -> sqlite3.Connection:
        return cast("sqlite3.Connection", self.connection().connection.dbapi_connection)

    def drop(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
        self._engine.dispose()


def path_of(url: sa.URL) -> Path:
    """Return the database file.

    Raises:
        ValueError: the address names no file; readers and the writer could not share it.
    """
    if not url.database or url.database == ":memory:":
        raise ValueError(
            "The SQLite address names no file. Write it as sqlite:///parley.db, "
            "with a path after the third slash."
        )
    return Path(url.database)


def _write(unit: Unit[object], connection: sa.Connection) -> None:
    with unit.keeping_errors(), confirming(_is_passing), UnitSession(connection) as session:
        unit.result = unit.work(session)
        session.settle()
        unit.wakes_worker = wakes_worker(session)


def _is_passing(error: BaseException) -> bool:
    # The lowest byte is the kind of the error, the others say more about it.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING


def _give_up(unit: Unit[object], cause: Exception) -> None:
    unit.wakes_worker = False
    if unit.error is None:
        unit.error = NotCommitted(NotCommitted.__doc__)
        unit.error.__cause__ = cause


def _engine(
    url: sa.URL,
    connection: type[sqlite3.Connection],
    *,
    begin: str,
    query_only: bool = False,
) -> sa.Engine:
    options = {"factory": connection, "isolation_level": None, "timeout": BUSY_SECONDS}
    engine = sa.create_engine(url, connect_args=options, pool_reset_on_return=None)
    sa.event.listen(engine, "connect", _prepare(query_only))
    sa.event.listen(engine, "begin", lambda opened: opened.connection.execute(begin))
    return engine


def _prepare(query_only: bool) -> Callable[[sqlite3.Connection, Any], None]:
    def prepare(driver: sqlite3.Connection, _record: object) -> None:
        driver.execute("PRAGMA journal_mode = WAL")
        driver.execute("PRAGMA synchronous = FULL")
        driver.execute("PRAGMA foreign_keys = ON")
        if query_only:
            driver.execute("PRAGMA query_only = ON")

    return prepare
