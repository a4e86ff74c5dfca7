"""Looking into the database from outside, as an operator would."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from storage.database import engine_url
from storage.jobs import job
from tests.faults.toys.tally.handlers import mark


class Rows:
    """What the bots have stored."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = sa.create_engine(engine_url(url), poolclass=sa.NullPool)

    @property
    def is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def prepare(self) -> None:
        """Make the table of marks."""
        mark.create(self._engine)

    def marks(self) -> Counter[str]:
        """Return how often each act left its mark."""
        with self._engine.connect() as connection:
            return Counter(connection.scalars(sa.select(mark.c.act)))

    def jobs(self, *wanted: sa.ColumnElement[bool]) -> int:
        """Return how many jobs there are."""
        with self._engine.connect() as connection:
            count = connection.scalar(sa.select(sa.func.count()).select_from(job).where(*wanted))
        return count or 0

    def waiting(self) -> int:
        """Return how many jobs are still to be done."""
        return self.jobs(job.c.state == "ready")

    def all_is_done(self, ahead: timedelta = timedelta(0)) -> bool:
        """Say whether everything was sent, and nothing more is due so far *ahead* of now."""
        is_due = job.c.run_at <= datetime.now(UTC) + ahead
        return not self.jobs(job.c.state == "ready", (job.c.kind == "send") | is_due)

    def leased(self) -> int:
        """Return how many jobs some worker holds."""
        return self.jobs(job.c.state == "ready", job.c.lease_owner.is_not(None))

    def dead(self) -> list[int]:
        """Return the dead letters."""
        with self._engine.connect() as connection:
            return list(connection.scalars(sa.select(job.c.id).where(job.c.state == "dead")))

    def connection(self) -> sa.Connection:
        """Return a connection of one's own, to hold locks with."""
        return self._engine.connect()
