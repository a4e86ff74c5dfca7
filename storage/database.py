"""The database: two verbs, `write` and `read`, over one recipe for SQLite and PostgreSQL."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from typing import Literal, cast

import sqlalchemy as sa
from sqlmodel import Session

from storage import sqlite
from storage.crew import Busy, Crew, NotCommitted, Station, T, Unit, Work
from storage.session import SwallowedError
from storage.sqlite import AlreadyRunning

__all__ = [
    "AlreadyRunning",
    "Busy",
    "Database",
    "NotCommitted",
    "Session",
    "SwallowedError",
    "engine_url",
]

Dialect = Literal["sqlite", "postgresql"]

#: Waiting units that share one commit.
_UNITS_PER_COMMIT = 32
#: With as many as the worker has slots, 16 people who report at once wait 1.7 times as long.
_BEHIND = 4


class Database:
    """Runs plain synchronous functions in transactions, on database threads.

    A command line beside a running bot opens the file with ``exclusive=False``.
    """

    def __init__(
        self, url: str, *, threads: int = 4, room: int = 1000, exclusive: bool = True
    ) -> None:
        self.url = engine_url(url)
        self._threads = threads
        self._room = room
        self._exclusive = exclusive
        self._wakes: list[Callable[[], None]] = []
        self._writers: Crew | None = None
        self._readers: Crew | None = None
        self._behind = asyncio.Semaphore(_BEHIND)
        self._to_close = AsyncExitStack()

    @property
    def dialect(self) -> Dialect:
        """Say which of the two databases this is."""
        return cast("Dialect", self.url.get_backend_name())

    async def open(self) -> None:
        """Start the threads and make sure the database answers.

        Raises:
            AlreadyRunning: another bot has the same SQLite file.
        """
        try:
            if self.dialect == "sqlite":
                self._open_sqlite()
            else:
                self._open_postgresql()
            await self.read(_answers)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Finish the work that waits, then stop the threads and let go of the database."""
        await self._to_close.aclose()

    async def write(self, work: Work[T]) -> T:
        """Run *work* in one transaction and return its result once that is saved.

        Raises:
            Busy: too much is waiting; nothing was done.
            NotCommitted: the database did not confirm the changes.
        """
        return await _opened(self._writers).do(work)

    async def write_behind(self, work: Work[T]) -> T:
        """Write what nobody waits for, a little at a time: others find the writer free."""
        async with self._behind:
            return await self.write(work)

    async def read(self, work: Work[T]) -> T:
        """Run *work* on a snapshot, without a lock; it cannot write.

        Raises:
            Busy: too much is waiting; nothing was done.
        """
        return await _opened(self._readers).do(work)

    def on_wake(self, callback: Callable[[], None]) -> None:
        """Call *callback* on the event loop whenever a job was left, here or by another replica."""
        self._wakes.append(callback)

    def _open_sqlite(self) -> None:
        if self._exclusive:
            lock = sqlite.lock(sqlite.path_of(self.url))
            self._to_close.callback(lock.close)
        self._writers = self._crew("writer", lambda: sqlite.Writer(self.url), 1, _UNITS_PER_COMMIT)
        self._readers = self._crew("reader", lambda: sqlite.Reader(self.url), self._reading)

    def _open_postgresql(self) -> None:
        # Its driver costs a bot on SQLite 9 MiB.
        from storage import postgresql  # noqa: PLC0415

        origin = secrets.token_hex(8)
        pool = postgresql.pool(self.url, self._reading)
        writing = postgresql.writing_pool(self.url, self._writing)
        self._to_close.callback(pool.dispose)
        self._to_close.callback(writing.dispose)
        self._to_close.push_async_callback(
            _cancel, asyncio.create_task(postgresql.listen(self.url, origin, self._wake))
        )
        self._writers = self._crew(
            "writer", lambda: postgresql.Writer(writing, origin), self._writing, _UNITS_PER_COMMIT
        )
        self._readers = self._crew("reader", lambda: postgresql.Reader(pool), self._reading)

    @property
    def _reading(self) -> int:
        """How many threads only read, so that a look-up never queues behind a slow write."""
        return self._threads // 2

    @property
    def _writing(self) -> int:
        """How many threads write; units share a commit, so more of them only share less."""
        return self._threads - self._reading

    def _crew(
        self, name: str, station: Callable[[], Station], threads: int, together: int = 1
    ) -> Crew:
        crew = Crew(
            name, station, self._answered, threads=threads, together=together, room=self._room
        )
        self._to_close.push_async_callback(crew.close)
        return crew

    def _answered(self, units: Sequence[Unit[object]]) -> None:
        if any(unit.wakes_worker for unit in units):
            self._wake()

    def _wake(self) -> None:
        for callback in self._wakes:
            callback()


def engine_url(url: str) -> sa.URL:
    """Return the address with the driver we use.

    Raises:
        ValueError: it cannot be read, or names neither SQLite nor PostgreSQL.
    """
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise ValueError(
            "The database's address cannot be read. "
            "Write PARLEY_DATABASE_URL as sqlite:///parley.db or postgresql://…"
        ) from None
    match parsed.get_backend_name():
        case "sqlite":
            sqlite.path_of(parsed)
            return parsed.set(drivername="sqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
        case other:
            raise ValueError(
                f"Parley keeps its rows in SQLite or PostgreSQL, not in {other}. "
                "Write PARLEY_DATABASE_URL as sqlite:///parley.db or postgresql://…"
            )


def _opened(crew: Crew | None) -> Crew:
    if crew is None:
        raise RuntimeError("The database is not open yet: await database.open() first.")
    return crew


def _answers(session: Session) -> None:
    session.connection().exec_driver_sql("SELECT 1")


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
