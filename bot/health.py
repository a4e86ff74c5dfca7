"""Whether Parley can do its work: what `/readyz` says, and the gauges of the job table."""

from __future__ import annotations

from datetime import timedelta

import structlog
from sqlmodel import Session

from bot.clock import Clock
from bot.metrics import JOBS_DEAD, JOBS_OLDEST, JOBS_READY
from storage import gates, jobs
from storage.database import Database
from storage.jobs import State

log = structlog.get_logger()

#: A due job that nobody took for so long says that the worker stands still.
OLDEST_DUE = timedelta(minutes=5)

#: The row that each look writes.
GATE = "health"


class Health:
    """Looks at the database and the queue when asked."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def problems(self) -> list[str]:
        """Return what is wrong, each in a sentence; nothing when all is well."""
        try:
            waiting = await self._database.write(self._waiting)
        except Exception:  # whatever the database says, the answer is the same
            log.exception("not_ready")
            return ["The database does not take writes."]
        if waiting > OLDEST_DUE:
            minutes = int(waiting.total_seconds() // 60)
            return [f"A due job has waited for {minutes} minutes; the worker stands still."]
        return []

    def _waiting(self, session: Session) -> timedelta:
        """Return how long the oldest due job has waited, and set the gauges."""
        now = self._clock.now()
        # A transaction without a change commits on a full disk as well.
        gates.hold_gate(session, GATE, self._clock.wall())
        counts = jobs.counts(session)
        oldest = jobs.oldest_ready(session, now)
        waiting = max(now - oldest, timedelta(0)) if oldest else timedelta(0)
        JOBS_READY.set(counts.get(State.READY, 0))
        JOBS_DEAD.set(counts.get(State.DEAD, 0))
        JOBS_OLDEST.set(waiting.total_seconds())
        return waiting
