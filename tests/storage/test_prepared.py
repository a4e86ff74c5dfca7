"""Prepared statements do the same on both databases as SQLAlchemy would."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from storage import jobs
from storage.database import Database
from storage.prepared import Prepared

NOW = datetime(2026, 3, 2, 9, 0, 0, 5, tzinfo=UTC)


async def test_values_are_converted_as_by_sqlalchemy(database: Database) -> None:
    vienna = NOW.astimezone(timezone(timedelta(hours=1)))
    payload = {"list": [1, None, "ä"], "percent": "100 %s"}
    await database.write(
        lambda s: jobs.enqueue(s, "send", "k'%", payload, lane=None, run_at=vienna)
    )

    job = await database.read(lambda s: jobs.show(s, 1))

    assert (job.key, job.payload, job.run_at) == ("k'%", payload, NOW)


async def test_constants_of_the_statement_need_no_value(database: Database) -> None:
    statement = Prepared(sa.select(sa.literal("100 %"), sa.bindparam("asked", type_=sa.String)))

    rows = await database.read(lambda s: statement.rows(s, asked="?"))

    assert [tuple(row) for row in rows] == [("100 %", "?")]


async def test_a_naive_time_is_refused(database: Database) -> None:
    def enqueue(session: Session) -> bool:
        naive = NOW.replace(tzinfo=None)
        return jobs.enqueue(session, "send", "k", {}, lane=None, run_at=naive)

    with pytest.raises(ValueError, match="timezone"):
        await database.write(enqueue)


async def test_many_threads_may_prepare_the_same_statement(database: Database) -> None:
    statement = Prepared(sa.select(sa.bindparam("n", type_=sa.Integer)))

    async def ask(n: int) -> int:
        [(answer,)] = await database.write(lambda s: statement.rows(s, n=n))
        return int(answer)

    assert await asyncio.gather(*map(ask, range(30))) == list(range(30))
