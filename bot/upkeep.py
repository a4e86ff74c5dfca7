"""Housekeeping: rows that have served their time go."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from storage import gates, inbound, jobs
from storage.database import Database

#: Platforms repeat for minutes, people for hours; a week is generous.
REPEATS_REMEMBERED = timedelta(days=7)
#: Done jobs hold sealed texts: they are kept just long enough to look into yesterday's trouble.
DONE_JOBS_KEPT = timedelta(days=2)


class Upkeep:
    """Prunes what is no longer needed; running it once more harms nobody."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def sweep(self, now: datetime) -> None:
        """Remove old keys of acts, done jobs and gates that nobody waits at."""

        def prune(session: Session) -> None:
            inbound.prune(session, now - REPEATS_REMEMBERED)
            jobs.prune(session, now - DONE_JOBS_KEPT)
            gates.prune(session, now - DONE_JOBS_KEPT)

        await self._database.write(prune)
