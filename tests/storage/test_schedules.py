"""Schedules: each slot fires once, however many replicas look."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from storage import schedules
from storage.database import Database
from storage.schedules import NoSuchSchedule, Schedule

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WEEK = timedelta(days=7)


def weekly(session: Session, owner: str = "meeting:4", next_at: datetime = NOW) -> Schedule:
    return schedules.upsert(
        session, "agenda", owner, rule="mon 09:00", tz="Europe/Vienna", next_at=next_at
    )


async def test_a_schedule_is_due_when_its_time_has_come(database: Database) -> None:
    made = await database.write(weekly)
    await database.write(lambda s: weekly(s, "meeting:5", NOW + WEEK))

    early = await database.read(lambda s: schedules.due(s, NOW - timedelta(microseconds=1)))
    in_time = await database.read(lambda s: schedules.due(s, NOW))

    assert early == []
    assert in_time == [made]
    assert made.grace_seconds == 6 * 3600


async def test_setting_a_schedule_again_replaces_it(database: Database) -> None:
    first = await database.write(weekly)

    second = await database.write(lambda s: weekly(s, next_at=NOW + WEEK))

    assert second == replace(first, next_at=NOW + WEEK)
    assert await database.read(schedules.listing) == [second]


async def test_one_of_many_replicas_may_fire(database: Database) -> None:
    made = await database.write(weekly)

    fired = await asyncio.gather(
        *(
            database.write(
                lambda s: schedules.advance(
                    s, made, from_next_at=NOW, next_at=NOW + WEEK, last_slot="2026-03-02T09:00"
                )
            )
            for _ in range(10)
        )
    )

    assert fired.count(True) == 1
    found = await database.read(lambda s: schedules.by_id(s, made.id))
    assert found == replace(made, next_at=NOW + WEEK, last_slot="2026-03-02T09:00")


async def test_a_schedule_that_is_off_is_never_due(database: Database) -> None:
    made = await database.write(weekly)

    await database.write(lambda s: schedules.switch(s, made.id, enabled=False))

    assert await database.read(lambda s: schedules.due(s, NOW)) == []
    assert not await database.write(
        lambda s: schedules.advance(s, made, from_next_at=NOW, next_at=NOW + WEEK, last_slot=None)
    )


async def test_an_unknown_schedule_is_refused(database: Database) -> None:
    with pytest.raises(NoSuchSchedule, match="77"):
        await database.read(lambda s: schedules.by_id(s, 77))
