"""Whether Parley can do its work: what `/readyz` says, and the gauges of the job table."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta

import structlog
from sqlmodel import Session

from bot.clock import Clock
from bot.metrics import JOBS_DEAD, JOBS_OLDEST, JOBS_READY
from storage import audit, gates, jobs, migrations, rotation
from storage.database import Database
from storage.gates import Rate
from storage.jobs import State
from storage.secrets import Sealer

log = structlog.get_logger()

#: A due job that nobody took for so long says that the worker stands still.
OLDEST_DUE = timedelta(minutes=5)

#: The row that each look writes.
GATE = "health"

#: Anybody may ask, and each look costs a write: so long an answer serves all who do.
FRESH_SECONDS = 1.0
#: Who asks for longer than this is told that the database is slow.
PATIENCE_SECONDS = 5.0

#: Returns what is wrong, each problem in a sentence; nothing when all is well.
Check = Callable[[], Awaitable[list[str]]]


class Health:
    """Looks at all that Parley needs, at most about once a second, whoever asks."""

    def __init__(self, database: Database, clock: Clock, sealer: Sealer, loose_ends: Check) -> None:
        self._database = database
        self._clock = clock
        self._sealer = sealer
        self._loose_ends = loose_ends
        self._look: asyncio.Task[list[str]] | None = None
        self._looked = 0.0

    async def problems(self) -> list[str]:
        """Return what is wrong, each in a sentence; nothing when all is well."""
        if self._look is None or self._is_stale(self._look):
            self._look = asyncio.create_task(self._examine(), name="health")
        try:
            return await asyncio.wait_for(asyncio.shield(self._look), PATIENCE_SECONDS)
        except TimeoutError:
            return [f"The database has not answered for {PATIENCE_SECONDS:.0f} seconds."]

    def _is_stale(self, look: asyncio.Task[list[str]]) -> bool:
        return look.done() and time.monotonic() - self._looked >= FRESH_SECONDS

    async def _examine(self) -> list[str]:
        problem = "The database does not take writes."
        try:
            await self._database.write(self._leave_mark)
            problem = "The database does not answer as it should."
            found = await self._database.read(lambda session: list(self._wrong(session)))
            return [*found, *await self._loose_ends()]
        except Exception:  # whatever the database says, the answer is the same
            log.exception("not_ready")
            return [problem]
        finally:
            self._looked = time.monotonic()

    def _leave_mark(self, session: Session) -> None:
        # A transaction without a change commits on a full disk as well.
        gates.hold_gate(session, GATE, Rate(timedelta()), self._clock.wall())

    def _wrong(self, session: Session) -> Iterator[str]:
        if migrations.current(session.connection()) != migrations.newest():
            yield "The database has another version than this program."
            return
        waiting = self._waiting(session)
        if waiting > OLDEST_DUE:
            minutes = int(waiting.total_seconds() // 60)
            yield f"A due job has waited for {minutes} minutes; the worker stands still."
        if not self._has_its_keys(session):
            yield "What was sealed or signed last is under a key that is not in the settings."

    def _waiting(self, session: Session) -> timedelta:
        """Return how long the oldest due job has waited, and set the gauges."""
        now = self._clock.now()
        counts = jobs.counts(session)
        oldest = jobs.oldest_ready(session, now)
        waiting = max(now - oldest, timedelta(0)) if oldest else timedelta(0)
        JOBS_READY.set(counts.get(State.READY, 0))
        JOBS_DEAD.set(counts.get(State.DEAD, 0))
        JOBS_OLDEST.set(waiting.total_seconds())
        return waiting

    def _has_its_keys(self, session: Session) -> bool:
        return audit.is_readable(session, self._sealer) and all(
            field.is_readable(session, self._sealer) for field in rotation.fields()
        )
