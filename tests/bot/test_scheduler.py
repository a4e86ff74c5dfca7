"""What comes back by itself: once for each slot, whoever looks, through every pause."""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session
from structlog.testing import capture_logs

from bot.scheduler import Scheduler
from bot.workflow import TimerRoute
from storage import jobs, schedules
from storage.database import Database
from storage.schedules import Schedule
from tests.bot import toys
from tests.bot.house import MONDAY, House

#: Monday noon in London is the start; the timer comes every Monday at nine.
NEXT = datetime(2026, 11, 9, 9, tzinfo=UTC)
WEEK = timedelta(weeks=1)
TIMERS = toys.workflow.timers.values()
ZONE = "Europe/London"


@pytest.fixture
async def scheduler(database: Database) -> Scheduler:
    scheduler = Scheduler(database)
    await scheduler.keep(TIMERS, ZONE, MONDAY)
    return scheduler


async def rows(database: Database) -> list[Schedule]:
    return await database.read(schedules.listing)


async def test_each_timer_that_comes_back_has_one_row(
    scheduler: Scheduler, database: Database
) -> None:
    await scheduler.keep(TIMERS, ZONE, MONDAY)

    [row] = await rows(database)
    assert (row.kind, row.rule, row.tz) == ("toys.weekly", "mon 09:00", ZONE)
    assert row.next_at == NEXT


async def test_a_slot_fires_once_however_many_look(
    scheduler: Scheduler, database: Database, house: House
) -> None:
    looking: list[Awaitable[None]] = [Scheduler(database).sweep(NEXT) for _ in range(4)]
    await asyncio.gather(*looking, scheduler.sweep(NEXT), scheduler.sweep(NEXT))

    [job] = await house.jobs()
    assert job.key == "sched:1:2026-11-09T09:00"
    assert job.payload == {"route": "toys.weekly", "payload": {}}
    [row] = await rows(database)
    assert (row.next_at, row.last_slot) == (NEXT + WEEK, "2026-11-09T09:00")


async def test_a_schedule_that_cannot_be_read_delays_no_other(
    scheduler: Scheduler, database: Database, house: House
) -> None:
    await database.write(
        lambda session: schedules.upsert(
            session, "toys.broken", "meeting:1", rule="now and then", tz=ZONE, next_at=MONDAY
        )
    )

    with capture_logs() as lines:
        await scheduler.sweep(NEXT)

    assert [job.payload["route"] for job in await house.jobs()] == ["toys.weekly"]
    assert [(line["event"], line["schedule"]) for line in lines] == [("schedule_failed", 2)]


async def test_the_job_of_a_slot_runs_its_timer(scheduler: Scheduler, house: House) -> None:
    await scheduler.sweep(NEXT)

    [job] = await house.database.write(
        lambda session: jobs.claim(session, owner="me", slots=1, lease=WEEK, now=NEXT)
    )
    await house.engine.run_timer(job)

    assert [sent.kind for sent in await house.jobs()] == ["send"]


async def test_nothing_fires_before_its_time(scheduler: Scheduler, house: House) -> None:
    await scheduler.sweep(NEXT - timedelta(seconds=1))

    assert await house.jobs() == []


async def test_a_slot_missed_within_its_grace_fires_once_after_a_restart(
    scheduler: Scheduler, database: Database, house: House
) -> None:
    back = NEXT + timedelta(hours=3)
    restarted = Scheduler(database)
    await restarted.keep(TIMERS, ZONE, back)

    for minutes in range(3):
        await restarted.sweep(back + timedelta(minutes=minutes))

    assert [job.key for job in await house.jobs()] == ["sched:1:2026-11-09T09:00"]


async def test_slots_missed_for_longer_are_reported_and_not_fired(
    scheduler: Scheduler, database: Database, house: House
) -> None:
    with capture_logs() as lines:
        await scheduler.sweep(NEXT + 2 * WEEK + timedelta(hours=7))

    assert await house.jobs() == []
    assert [(line["event"], line["slots"]) for line in lines] == [("schedule_slots_missed", 3)]
    assert (await rows(database))[0].next_at == NEXT + 3 * WEEK


async def test_of_several_missed_slots_the_latest_fires(scheduler: Scheduler, house: House) -> None:
    with capture_logs() as lines:
        await scheduler.sweep(NEXT + WEEK + timedelta(hours=1))

    assert [job.key for job in await house.jobs()] == ["sched:1:2026-11-16T09:00"]
    assert [line["slots"] for line in lines] == [1]


async def test_the_wall_clock_wins_through_a_clock_change(
    scheduler: Scheduler, database: Database
) -> None:
    await scheduler.sweep(datetime(2027, 3, 22, 9, tzinfo=UTC))

    assert (await rows(database))[0].next_at == datetime(2027, 3, 29, 8, tzinfo=UTC)


async def test_a_rule_or_zone_that_changed_counts_from_now(
    scheduler: Scheduler, database: Database
) -> None:
    await scheduler.keep(TIMERS, "Asia/Tokyo", MONDAY)

    [row] = await rows(database)
    assert row.next_at == datetime(2026, 11, 9, tzinfo=UTC)


async def test_a_timer_that_is_gone_is_switched_off_until_it_returns(
    scheduler: Scheduler, database: Database, house: House
) -> None:
    none: list[TimerRoute] = []
    await scheduler.keep(none, ZONE, MONDAY)
    await scheduler.sweep(NEXT)
    while_gone = await house.jobs()

    await scheduler.keep(TIMERS, ZONE, NEXT)

    [row] = await rows(database)
    assert while_gone == []
    assert (row.enabled, row.next_at) == (True, NEXT + WEEK)


async def test_schedules_of_others_are_left_alone(scheduler: Scheduler, database: Database) -> None:
    def add(session: Session) -> None:
        schedules.upsert(session, "agenda", "meeting:4", rule="mon 09:00", tz=ZONE, next_at=NEXT)

    await database.write(add)

    await scheduler.keep(TIMERS, ZONE, MONDAY)

    assert [row.enabled for row in await rows(database)] == [True, True]
