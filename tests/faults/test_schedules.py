"""Clock changes, restarts, downtime and replicas: each slot of a schedule fires exactly once."""

import asyncio
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.clock import FrozenClock
from bot.engine import Engine
from bot.recurrence import Recurrence
from bot.scheduler import Scheduler
from bot.worker import Worker
from bot.workflow import discover
from storage import schedules
from storage.database import Database
from storage.jobs import job
from storage.secrets import Sealer
from tests.faults import toys
from tests.faults.conftest import KEY
from tests.faults.rows import Rows

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
DOWNTIME = 3 * HOUR
#: Each change of the clocks in 2027, with a time of day that it leaves out or repeats.
CHANGES = [
    ("America/New_York", "02:30", date(2027, 3, 14)),
    ("America/New_York", "01:30", date(2027, 11, 7)),
    ("Europe/Berlin", "02:30", date(2027, 3, 28)),
    ("Europe/Berlin", "02:30", date(2027, 10, 31)),
    ("Australia/Lord_Howe", "02:10", date(2027, 10, 3)),
    ("Australia/Lord_Howe", "01:40", date(2027, 4, 4)),
    ("Africa/Cairo", "00:30", date(2027, 4, 30)),
    ("Africa/Cairo", "23:30", date(2027, 10, 28)),
    ("America/Santiago", "00:15", date(2027, 9, 5)),
    ("America/Santiago", "23:30", date(2027, 4, 3)),
]


class Replica:
    """One process's share of the clock: a database, a sweep and a worker."""

    def __init__(self, url: str, clock: FrozenClock) -> None:
        self.clock = clock
        self._url = url

    async def start(self) -> None:
        """Start, as after a deployment."""
        self._database = Database(self._url)
        await self._database.open()
        sealer = Sealer(KEY)
        engine = Engine(self._database, discover(toys), clock=self.clock, sealer=sealer)
        self._scheduler = Scheduler(self._database)
        timers = engine.routes.timers.values()
        await self._scheduler.keep(timers, "UTC", self.clock.now())
        self._worker = Worker(
            self._database,
            self.clock,
            {"timer": engine.run_timer},
            on_dead=engine.keepers.tell_of_death,
        )

    async def follow(self, rule: Recurrence) -> None:
        """Fire by this rule from now on."""
        await self._database.write(
            lambda session: schedules.upsert(
                session,
                "tally.slot",
                "tests",
                rule=str(rule),
                tz=rule.timezone,
                next_at=rule.next_after(self.clock.now()),
            )
        )

    async def look(self) -> None:
        """Fire what is due."""
        await self._scheduler.sweep(self.clock.now())

    async def work(self) -> None:
        """Do what fired."""
        await self._worker.idle()

    async def stop(self) -> None:
        """End."""
        await self._database.close()


@pytest.mark.parametrize(("zone", "at", "change"), CHANGES)
async def test_a_schedule_fires_once_for_each_local_date_over_a_clock_change(
    rows: Rows, zone: str, at: str, change: date
) -> None:
    noon = datetime.combine(change - 3 * DAY, time(12), ZoneInfo(zone)).astimezone(UTC)
    clock = FrozenClock(noon)
    replicas = [Replica(rows.url, clock) for _ in range(1 if rows.is_sqlite else 2)]
    for replica in replicas:
        await replica.start()
    await replicas[0].follow(Recurrence.parse(f"daily {at}", zone))

    while clock.now() < noon + 5 * DAY:
        await pass_some_time(clock, replicas)
    await asyncio.gather(*(replica.work() for replica in replicas))

    for replica in replicas:
        await replica.stop()
    dates = [change + DAY * days for days in range(-2, 3)]
    if at > "12:00":
        dates.insert(0, change - 3 * DAY)
        dates.pop()
    assert dates_fired(rows) == dates
    assert rows.marks().total() == len(dates)


async def pass_some_time(clock: FrozenClock, replicas: Sequence[Replica]) -> None:
    """Let an hour pass in which all replicas look at once, or three in which none does."""
    if random.random() < 0.2:  # noqa: S311 - no secret
        clock.advance(DOWNTIME)
    else:
        clock.advance(HOUR * random.random())  # noqa: S311 - no secret
    if random.random() < 0.2:  # noqa: S311 - no secret
        await replicas[0].stop()
        await replicas[0].start()
    await asyncio.gather(*(replica.look() for replica in replicas))


def dates_fired(rows: Rows) -> list[date]:
    """Return the local dates in the names of the slots, in the order in which they fired."""
    with rows.connection() as connection:
        keys = connection.scalars(sa.select(job.c.key).order_by(job.c.id))
        return [datetime.fromisoformat(key.split(":", 2)[2]).date() for key in keys]
