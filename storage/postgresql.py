"""PostgreSQL: a pool of connections, a snapshot for reads, and word from other replicas."""

import asyncio
from collections.abc import Callable, Sequence

import psycopg
import sqlalchemy as sa

from storage.crew import Unit, confirming
from storage.session import UnitSession, driver_of, wakes_worker

CHANNEL = "parley_jobs"
_RECONNECT_SECONDS = 1.0
_LIMITS = (
    "-c lock_timeout=10s -c statement_timeout=30s "
    "-c idle_in_transaction_session_timeout=60s -c timezone=UTC"
)


class Writer:
    """Runs units one by one, each in a transaction of its own."""

    def __init__(self, engine: sa.Engine, origin: str) -> None:
        self._engine = engine
        self._origin = origin

    def run(self, units: Sequence[Unit[object]]) -> None:
        """Run and commit the units."""
        for unit in units:
            with (
                unit.keeping_errors(),
                confirming(_is_passing),
                UnitSession(self._engine) as session,
            ):
                unit.result = unit.work(session)
                self._tell_replicas(session)
                session.settle()
                unit.wakes_worker = wakes_worker(session)

    def close(self) -> None:
        """Keep nothing: the pool is closed by its owner."""

    def _tell_replicas(self, session: UnitSession) -> None:
        if wakes_worker(session):
            driver_of(session).execute("SELECT pg_notify(%s, %s)", (CHANNEL, self._origin))


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


def _is_passing(error: BaseException) -> bool:
    """Say whether a connection, a lock or the disk failed, not the work."""
    return isinstance(error, psycopg.OperationalError)


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
