"""SQLite: one writer whose waiting units share a commit, a few readers, one bot per file."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storage import transaction
from storage.crew import Unit
from storage.session import UnitSession
from storage.transaction import Kept

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
    """A connection whose transactions the writer begins and ends, whatever SQLAlchemy believes."""

    def commit(self) -> None:
        """Leave it to the writer, which commits a unit together with its neighbours."""

    def rollback(self) -> None:
        """Leave it to the writer, which undoes a unit alone."""


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


class Writer(transaction.Writer):
    """The one writer of the file."""

    BEGIN = ("BEGIN IMMEDIATE", "SAVEPOINT unit")
    NEXT = ("RELEASE unit", "SAVEPOINT unit")

    def __init__(self, url: sa.URL) -> None:
        super().__init__(_engine(url, UnitConnection))

    def is_open(self, driver: sqlite3.Connection) -> bool:
        """Say whether the transaction is there; a full disk ends it."""
        return driver.in_transaction

    def is_passing(self, error: BaseException) -> bool:
        """Say whether a lock or the disk failed, not the work."""
        # The lowest byte is the kind of the error, the others say more about it.
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING

    def is_conflict(self, error: BaseException) -> bool:
        """Say no: there is one writer."""
        return False

    def tell_replicas(self, driver: sqlite3.Connection) -> None:
        """Tell nobody: one bot has the file."""


class Reader:
    """Runs units one by one, each on its own snapshot."""

    def __init__(self, url: sa.URL) -> None:
        self._kept = Kept(_engine(url, sqlite3.Connection, begin="BEGIN", query_only=True))

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


def _engine(
    url: sa.URL,
    connection: type[sqlite3.Connection],
    *,
    begin: str = "",
    query_only: bool = False,
) -> sa.Engine:
    options = {"factory": connection, "isolation_level": None, "timeout": BUSY_SECONDS}
    engine = sa.create_engine(url, connect_args=options, pool_reset_on_return=None)
    sa.event.listen(engine, "connect", _prepare(query_only))
    if begin:
        sa.event.listen(engine, "begin", lambda opened: opened.connection.execute(begin))
    return engine


def _prepare(query_only: bool) -> Callable[[sqlite3.Connection, Any], None]:
    def prepare(driver: sqlite3.Connection, _record: object) -> None:
        driver.execute("PRAGMA journal_mode = WAL")
        driver.execute("PRAGMA synchronous = FULL")
        driver.execute("PRAGMA foreign_keys = ON")
        if query_only:
            driver.execute("PRAGMA query_only = ON")
        else:
            # A savepoint keeps the pages that its unit changes; in a file each is a system call.
            driver.execute("PRAGMA temp_store = MEMORY")

    return prepare
