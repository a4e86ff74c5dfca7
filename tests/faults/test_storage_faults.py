"""A database that is full, locked or cut off: nothing is acknowledged that is not stored."""

import asyncio
import resource
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from aiohttp import ClientSession

from adapters.simulator.simulator import SlackSimulator
from tests.faults.bots import LOOK_SECONDS, Bot, Bots
from tests.faults.conftest import Note
from tests.faults.rows import Rows
from tests.faults.traffic import cancel, command, eventually, posts, send, send_until_taken

pytestmark = pytest.mark.slow

RECOVERED_SECONDS = 10
CUTS = 10


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_on_a_full_disk_nothing_is_acknowledged_until_there_is_room(
    slack: SlackSimulator, bots: Bots, rows: Rows, note: Note
) -> None:
    bot = await bots.start()
    for number in range(20):
        await send_until_taken(slack, bot.url_now, command(slack, f"mark {number}"))
    await eventually(lambda: rows.waiting() == 0, seconds=10)

    fill_the_disk(bot, rows)
    acts = [command(slack, f"mark {number}") for number in range(20, 40)]
    on_full_disk = [await send(slack, bot.url, act) for act in acts]
    ready_on_full_disk = await is_ready(bot)
    make_room(bot)
    ready_again = await seconds_until_ready(bot)
    for act in acts:
        await send_until_taken(slack, bot.url_now, act)
    await eventually(lambda: rows.waiting() == 0, seconds=10)

    expected = [str(number) for number in range(40)]
    note("seconds until ready after a full disk", ready_again)
    assert not any(on_full_disk)
    assert not ready_on_full_disk
    assert ready_again <= RECOVERED_SECONDS
    assert rows.marks() == Counter(expected)
    assert posts(slack) == expected


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
    await eventually(lambda: rows.waiting() == 0, seconds=10)

    expected = Counter(str(number) for number in range(10))
    note("seconds until ready after a lock", recovered)
    assert not any(while_locked)
    assert recovered <= RECOVERED_SECONDS
    assert rows.marks() == expected
    assert Counter(posts(slack)) == expected


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


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_cut_database_connections_lose_and_double_nothing(
    slack: SlackSimulator, bots: Bots, rows: Rows, note: Note
) -> None:
    bot = await bots.start()
    taken: list[str] = []

    async def talk(talker: str) -> None:
        for number in count():
            name = f"{talker}{number}"
            await send_until_taken(slack, bot.url_now, command(slack, f"mark {name}"))
            taken.append(name)

    talkers = [asyncio.create_task(talk(name)) for name in "abcd"]
    for _ in range(CUTS):
        await asyncio.sleep(0.2)
        await asyncio.to_thread(cut_all_connections, rows)
    recovered = await seconds_until_ready(bot)
    before = len(taken)
    await eventually(lambda: len(taken) > before, seconds=RECOVERED_SECONDS)
    await cancel(*talkers)
    await eventually(lambda: rows.waiting() == 0, seconds=30)

    marks = rows.marks()
    note("seconds until ready after cut connections", recovered)
    assert recovered <= RECOVERED_SECONDS
    assert set(taken) <= marks.keys()
    assert set(marks.values()) == {1}
    assert marks == Counter(posts(slack))


def fill_the_disk(bot: Bot, rows: Rows) -> None:
    """Let no file of the bot grow beyond what the log of the database has now."""
    log = Path(f"{sa.make_url(rows.url).database}-wal")
    size = log.stat().st_size
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def make_room(bot: Bot) -> None:
    """Let the bot's files grow again."""
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, unlimited)


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


async def is_ready(bot: Bot) -> bool:
    """Say whether the bot calls itself ready."""
    async with ClientSession() as session, session.get(f"{bot.url}/readyz") as answer:
        return answer.ok


async def seconds_until_ready(bot: Bot) -> float:
    """Wait until the bot calls itself ready, and return how long that took."""
    began = time.monotonic()
    async with asyncio.timeout(RECOVERED_SECONDS):
        while True:
            if await is_ready(bot):
                return time.monotonic() - began
            await asyncio.sleep(LOOK_SECONDS)
