"""A database that is full, locked or cut off: nothing is acknowledged that is not stored."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from itertools import count

import pytest
import sqlalchemy as sa
from aiohttp import ClientSession

from adapters.simulator.faults import FaultKind
from adapters.simulator.simulator import SlackSimulator
from tests.faults.bots import LOOK_SECONDS, Bot, Bots
from tests.faults.conftest import Note
from tests.faults.disk import Trouble
from tests.faults.rows import Rows
from tests.faults.traffic import (
    CHANNELS,
    PATIENCE_SECONDS,
    Act,
    all_posts,
    cancel,
    command,
    eventually,
    posts,
    send,
    send_until_taken,
)

pytestmark = pytest.mark.slow

RECOVERED_SECONDS = 10
TIMES_HURT = 5
#: Long enough to be seen under way on any machine.
POSTING_SECONDS = 3
#: Deferred, so that every statement succeeds and the commit does not.
FULL_DISK = (
    "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE 'No space left on device' USING ERRCODE = 'disk_full'; END $$",
    "CREATE CONSTRAINT TRIGGER full_disk AFTER INSERT OR UPDATE ON inbound "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION full_disk()",
    "CREATE CONSTRAINT TRIGGER full_disk AFTER INSERT OR UPDATE ON job "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION full_disk()",
    "CREATE CONSTRAINT TRIGGER full_disk AFTER INSERT OR UPDATE ON rate_gate "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION full_disk()",
)


@pytest.mark.parametrize(
    ("database_url", "trouble"),
    [
        ("sqlite", Trouble.FULL),
        ("sqlite", Trouble.NO_SYNC),
        ("postgresql", Trouble.FULL),  # where a sync fails, PostgreSQL ends: see the crash below
    ],
    indirect=["database_url"],
)
async def test_on_a_disk_that_fails_nothing_is_acknowledged_until_it_works_again(
    slack: SlackSimulator, bots: Bots, rows: Rows, trouble: Trouble, note: Note
) -> None:
    bot = await bots.start(replace(bots.orders, unreliable_disk=rows.is_sqlite))
    before = [mark(slack, number) for number in range(20)]
    acts = [mark(slack, number) for number in range(20, 40)]
    slack.faults.add(
        "chat.postMessage", FaultKind.SLOW, times=len(CHANNELS), seconds=POSTING_SECONDS
    )
    for act in before:
        await send_until_taken(slack, bot.url_now, act)
    await eventually(lambda: rows.leased() == len(CHANNELS))

    with failing(trouble, bots, rows):
        meanwhile = [await send(slack, bot.url, act) for act in acts]
        ready_meanwhile = await is_ready(bot)
        # The posts that were under way are made, and cannot be noted.
        await eventually(lambda: all_posts(slack).total() >= len(CHANNELS))
        await asyncio.sleep(1)
    began = time.monotonic()
    await seconds_until_ready(bot)
    for act in acts:
        await send_until_taken(slack, bot.url_now, act)
    await eventually(lambda: rows.waiting() == 0)
    recovered = time.monotonic() - began

    assert not any(meanwhile)
    assert not ready_meanwhile
    assert rows.marks() == all_posts(slack) == Counter(str(number) for number in range(40))
    name = "seconds until all was done after a disk that failed"
    note(name, recovered, at_most=RECOVERED_SECONDS)


async def test_while_the_database_is_locked_nothing_is_acknowledged(
    slack: SlackSimulator, bots: Bots, rows: Rows, note: Note
) -> None:
    bot = await bots.start()
    acts = [command(slack, f"mark {number}") for number in range(10)]

    async with locked(rows):
        while_locked = await asyncio.gather(*(send(slack, bot.url, act) for act in acts))
    recovered = await seconds_until_ready(bot)
    for act in acts:
        await send_until_taken(slack, bot.url_now, act)
    await eventually(lambda: rows.waiting() == 0)

    expected = Counter(str(number) for number in range(10))
    assert not any(while_locked)
    assert rows.marks() == expected
    assert Counter(posts(slack)) == expected
    note("seconds until ready after a lock", recovered, at_most=RECOVERED_SECONDS)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_an_act_whose_connection_was_cut_before_the_commit_is_not_acknowledged(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    bot = await bots.start()
    act = command(slack, "strand 1")

    first = await send(slack, bot.url, act)
    after_first = rows.marks()
    again = await send(slack, bot.url, act)

    assert (first, after_first) == (False, Counter())
    assert (again, rows.marks()) == (True, Counter({"1": 1}))


@pytest.mark.parametrize(
    ("database_url", "hurt"),
    [("postgresql", "cut_all_connections"), ("postgresql_alone", "crash_the_server")],
    indirect=["database_url"],
)
async def test_a_database_server_that_cuts_connections_or_crashes_loses_and_doubles_nothing(
    slack: SlackSimulator, bots: Bots, rows: Rows, hurt: str, note: Note
) -> None:
    bot = await bots.start()
    taken: list[str] = []

    async def talk(talker: int) -> None:
        for number in count(talker, len(CHANNELS)):
            await send_until_taken(slack, bot.url_now, mark(slack, number))
            taken.append(str(number))

    talkers = [asyncio.create_task(talk(number)) for number in range(len(CHANNELS))]
    recoveries = []
    for time_hurt in range(TIMES_HURT):
        await asyncio.sleep(0.5)
        await asyncio.to_thread(HURTS[hurt], rows)
        began = time.monotonic()
        await send_until_taken(slack, bot.url_now, command(slack, f"mark after {time_hurt}"))
        recoveries.append(time.monotonic() - began)
    await cancel(*talkers)
    await eventually(lambda: rows.waiting() == 0)

    marks = rows.marks()
    assert set(taken) <= marks.keys()
    assert set(marks.values()) == {1}
    assert marks == all_posts(slack)
    name = "seconds until it takes acts after the server was hurt, at most"
    note(name, max(recoveries), at_most=RECOVERED_SECONDS)


def mark(slack: SlackSimulator, number: int) -> Act:
    """Leave a mark, in each channel in turn."""
    return command(slack, f"mark {number}", channel=CHANNELS[number % len(CHANNELS)])


@contextmanager
def failing(trouble: Trouble, bots: Bots, rows: Rows) -> Iterator[None]:
    """Let the disk of the bots' database fail."""
    if not rows.is_sqlite:
        with refusing_commits(rows):
            yield
        return
    told = bots.orders.folder / trouble
    told.touch()
    yield
    told.unlink()


@contextmanager
def refusing_commits(rows: Rows) -> Iterator[None]:
    """Let PostgreSQL say at every commit that its disk is full, in its own words."""
    with rows.connection() as connection:
        for statement in FULL_DISK:
            connection.exec_driver_sql(statement)
        connection.commit()
        yield
        connection.exec_driver_sql("DROP FUNCTION full_disk CASCADE")
        connection.commit()


@asynccontextmanager
async def locked(rows: Rows) -> AsyncIterator[None]:
    """Hold the lock that every act needs, as another process might."""
    statement = "BEGIN IMMEDIATE" if rows.is_sqlite else "LOCK TABLE inbound IN EXCLUSIVE MODE"
    with rows.connection() as connection:
        connection.exec_driver_sql(statement)
        yield
        connection.rollback()


def cut_all_connections(rows: Rows) -> None:
    """End every connection but this one, as a restarted server does."""
    with rows.connection() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def crash_the_server(rows: Rows) -> None:
    """Kill -9 one of its processes: it ends all others, and recovers from its log."""
    with rows.connection() as connection, suppress(sa.exc.OperationalError):
        connection.exec_driver_sql("COPY (SELECT 1) TO PROGRAM 'kill -9 $PPID'")


HURTS = {hurt.__name__: hurt for hurt in (cut_all_connections, crash_the_server)}


async def is_ready(bot: Bot) -> bool:
    """Say whether the bot calls itself ready."""
    async with ClientSession() as session, session.get(f"{bot.url}/readyz") as answer:
        return answer.ok


async def seconds_until_ready(bot: Bot) -> float:
    """Wait until the bot calls itself ready, and return how long that took."""
    began = time.monotonic()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            if await is_ready(bot):
                return time.monotonic() - began
            await asyncio.sleep(LOOK_SECONDS)
