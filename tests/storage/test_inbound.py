"""Repeats are recognised, whoever else is asking at the same moment."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from storage import inbound
from storage.database import Database

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def test_a_repeat_is_recognised(database: Database) -> None:
    def see_three(session: Session) -> list[bool]:
        return [inbound.first_time(session, key, now=NOW) for key in "aab"]

    answers = await database.write(see_three)

    assert answers == [True, False, True]


async def test_of_many_copies_at_once_one_is_the_first(database: Database) -> None:
    answers = await asyncio.gather(
        *(database.write(lambda s: inbound.first_time(s, "key", now=NOW)) for _ in range(40))
    )

    assert answers.count(True) == 1


async def test_a_request_that_failed_may_come_again(database: Database) -> None:
    def fail(session: Session) -> None:
        inbound.first_time(session, "key", now=NOW)
        raise ValueError("no")

    await asyncio.gather(database.write(fail), return_exceptions=True)

    assert await database.write(lambda s: inbound.first_time(s, "key", now=NOW))


async def test_old_requests_are_forgotten(database: Database) -> None:
    week = timedelta(days=7)
    await database.write(lambda s: inbound.first_time(s, "old", now=NOW - week))
    await database.write(lambda s: inbound.first_time(s, "new", now=NOW))

    assert await database.write(lambda s: inbound.prune(s, NOW)) == 1

    assert await database.write(lambda s: inbound.first_time(s, "old", now=NOW))
    assert not await database.write(lambda s: inbound.first_time(s, "new", now=NOW))


def test_a_row_says_nothing_about_who_or_when_exactly() -> None:
    assert set(inbound.inbound.columns.keys()) == {"key", "day"}
