"""kill -9 at any moment: what was acknowledged is there, and nothing is there twice."""

import asyncio
import random
from collections import Counter
from itertools import count

import pytest

from adapters.simulator.faults import FaultKind
from adapters.simulator.simulator import SlackSimulator
from tests.faults.bots import READY_SECONDS, Bots, Revived
from tests.faults.conftest import Note
from tests.faults.rows import Rows
from tests.faults.traffic import (
    CHANNELS,
    all_posts,
    cancel,
    command,
    eventually,
    paced,
    posts,
    send_until_taken,
)

pytestmark = pytest.mark.slow

TAKEN_OVER_SECONDS = 10
DRAINED_SECONDS = 30
KILLS = 25
KILLS_UNDER_LOAD = 50
A_SECOND = 20


async def test_what_a_killed_worker_held_is_done_by_another(
    slack: SlackSimulator, bots: Bots, rows: Rows, note: Note
) -> None:
    slack.faults.add("chat.postMessage", FaultKind.SLOW, times=4, seconds=30)
    first = await bots.start()
    for number, channel in enumerate(CHANNELS):
        act = command(slack, f"mark {number}", channel=channel)
        await send_until_taken(slack, first.url_now, act)
    await eventually(lambda: rows.leased() == 4)
    if not rows.is_sqlite:
        await bots.start()

    await first.kill()
    if rows.is_sqlite:
        await bots.start()
    seconds = await eventually(lambda: rows.waiting() == 0)

    written = [posts(slack, channel) for channel in CHANNELS]
    assert written == [["0"], ["1"], ["2"], ["3"]]
    note("seconds until taken over", seconds, at_most=TAKEN_OVER_SECONDS)


async def test_no_kill_between_a_write_and_its_commit_loses_or_doubles_anything(
    slack: SlackSimulator, bots: Bots, rows: Rows, note: Note
) -> None:
    revived = Revived(bots, await bots.start())

    for number in range(KILLS):
        await send_until_taken(slack, revived.url, command(slack, f"perish {number}"))

    expected = [str(number) for number in range(KILLS)]
    await eventually(lambda: rows.waiting() == 0)
    await revived.end()
    assert len(bots.started) == KILLS + 1
    slowest = max(bot.ready_after_seconds for bot in bots.started)
    assert rows.marks() == Counter(expected)
    assert posts(slack) == expected
    note("seconds until ready", slowest, at_most=READY_SECONDS)


async def test_kills_at_random_moments_under_load_lose_and_double_nothing(
    slack: SlackSimulator, bots: Bots, rows: Rows, note: Note
) -> None:
    revived = Revived(bots, await bots.start())
    taken: list[str] = []

    async def mark(number: int) -> None:
        act = command(slack, f"mark {number}", channel=CHANNELS[number % len(CHANNELS)])
        await send_until_taken(slack, revived.url, act)
        taken.append(str(number))

    async def talk() -> None:
        async with asyncio.TaskGroup() as under_way:
            async for number in paced(count(), A_SECOND):
                under_way.create_task(mark(number))

    talking = asyncio.create_task(talk())
    for _ in range(KILLS_UNDER_LOAD):
        await asyncio.sleep(random.uniform(0.1, 0.6))  # noqa: S311 - no secret, a moment
        await revived.kill()
    await cancel(talking)
    drained = await eventually(lambda: rows.waiting() == 0)
    await revived.end()

    slowest = max(bot.ready_after_seconds for bot in bots.started)
    marks = rows.marks()
    note("requests acknowledged", len(taken))
    assert set(taken) <= marks.keys()
    assert marks == all_posts(slack)
    assert set(marks.values()) == {1}
    note("seconds until ready, at most", slowest, at_most=READY_SECONDS)
    note("seconds until drained", drained, at_most=DRAINED_SECONDS)


async def test_a_lane_stays_in_order_when_its_worker_is_killed(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    replicas = [await bots.start() for _ in range(1 if rows.is_sqlite else 2)]
    expected = [str(number) for number in range(40)]
    for number in expected:
        act = command(slack, f"mark {number}")
        await send_until_taken(slack, replicas[0].url_now, act)

    await eventually(lambda: len(posts(slack)) > 5)
    await replicas[0].kill()
    unfinished = len(posts(slack)) < len(expected)
    if rows.is_sqlite:
        await bots.start()
    await eventually(lambda: rows.waiting() == 0)

    assert unfinished
    assert posts(slack) == expected
