"""Housekeeping: rows that have served their time go, and workflows keep themselves in order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.hooks import Sweep
from storage import gates, inbound, jobs, linking
from storage.database import Database

#: Platforms repeat for minutes, people for hours; a week is generous.
REPEATS_REMEMBERED = timedelta(days=7)
#: Done jobs hold sealed texts: they are kept just long enough to look into yesterday's trouble.
DONE_JOBS_KEPT = timedelta(days=2)


class Upkeep:
    """Prunes what is no longer needed, and runs the workflows' own sweeps."""

    def __init__(self, database: Database, sweeps: Iterable[Sweep] = ()) -> None:
        self._database = database
        self._sweeps = tuple(sweeps)

    async def prune(self, now: datetime) -> None:
        """Remove what is over: keys of acts, done jobs, codes, gates that nobody waits at."""

        def remove(session: Session) -> None:
            inbound.prune(session, now - REPEATS_REMEMBERED)
            jobs.prune(session, now - DONE_JOBS_KEPT)
            gates.prune(session, now - DONE_JOBS_KEPT)
            linking.prune(session, now)

        await self._database.write(remove)

    async def sweep(self, _now: datetime) -> None:
        """Run every workflow's sweep, each in a transaction of its own."""
        for sweep in self._sweeps:
            await self._database.write(sweep)
