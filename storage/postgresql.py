"""PostgreSQL: a pool of connections, a snapshot for reads, and word from other replicas."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.errors import DeadlockDetected
from psycopg.pq import TransactionStatus

from storage import transaction
from storage.crew import Unit
from storage.session import UnitSession

CHANNEL = "parley_jobs"
_RECONNECT_SECONDS = 1.0
_LIMITS = (
    "-c lock_timeout=10s -c statement_timeout=30s "
    "-c idle_in_transaction_session_timeout=60s -c timezone=UTC"
)


class UnitConnection(psycopg.Connection[Any]):
    """A connection whose transactions the writer begins and ends, whatever SQLAlchemy believes."""

    def commit(self) -> None:
        """Leave it to the writer, which commits a unit together with its neighbours."""

    def rollback(self) -> None:
        """Leave it to the writer, which undoes a unit alone."""


class Writer(transaction.Writer):
    """One of several writers of this process."""

    BEGIN = ("BEGIN; SAVEPOINT unit",)
    NEXT = ("RELEASE unit; SAVEPOINT unit",)

    def __init__(self, engine: sa.Engine, origin: str) -> None:
        super().__init__(engine)
        self._origin = origin

    def is_open(self, driver: UnitConnection) -> bool:
        """Say whether the transaction can go on; an error that was swallowed stops it."""
        return driver.info.transaction_status is TransactionStatus.INTRANS

    def is_passing(self, error: BaseException) -> bool:
        """Say whether a connection, a lock or the disk failed, not the work."""
        return isinstance(error, psycopg.OperationalError)

    def is_conflict(self, error: BaseException) -> bool:
        """Say whether this one was chosen to end a deadlock."""
        return isinstance(error, DeadlockDetected)

    def tell_replicas(self, driver: UnitConnection) -> None:
        """Tell other processes of a job that is about to be saved."""
        driver.execute("SELECT pg_notify(%s, %s)", (CHANNEL, self._origin))


class Reader:
    """Runs units one by one, each on its own snapshot."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    def run(self, units: Sequence[Unit[object]]) -> None:
        """Run the units."""
        for unit in units:
            with unit.keeping_errors(), UnitSession(self._engine) as session:
                unit.result = unit.work(session)

    def close(self) -> None:
        """Keep nothing: the pool is closed by its owner."""


def pool(url: sa.URL, connections: int) -> sa.Engine:
    """Return an engine that keeps at most this many connections."""
    return sa.create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"options": _LIMITS},
    )


def writing_pool(url: sa.URL, connections: int) -> sa.Engine:
    """Return an engine whose connections are for a `Writer` each."""
    engine = sa.create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_reset_on_return=None,
        connect_args={"options": _LIMITS, "autocommit": True},
    )
    sa.event.listen(engine, "do_connect", _connect)
    return engine


def _connect(_dialect: object, _record: object, args: list[Any], options: dict[str, Any]) -> object:
    return UnitConnection.connect(*args, **options)


async def listen(url: sa.URL, origin: str, wake: Callable[[], None]) -> None:
    """Call *wake* whenever another replica leaves a job, until cancelled."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        try:
            await _listen_once(address, origin, wake)
        except psycopg.OperationalError:
            # The worker's poll covers the gap.
            await asyncio.sleep(_RECONNECT_SECONDS)


async def _listen_once(address: str, origin: str, wake: Callable[[], None]) -> None:
    connection = await psycopg.AsyncConnection.connect(address, autocommit=True)
    async with connection:
        await connection.execute(f"LISTEN {CHANNEL}")
        async for notice in connection.notifies():
            if notice.payload != origin:
                wake()
