"""SIGTERM: stop accepting, finish what runs, free what does not, and end."""

import asyncio
from itertools import count

import pytest

from adapters.simulator.faults import FaultKind
from adapters.simulator.simulator import SlackSimulator
from tests.faults.bots import Bots
from tests.faults.conftest import Note
from tests.faults.rows import Rows
from tests.faults.traffic import (
    CHANNELS,
    all_posts,
    cancel,
    command,
    eventually,
    paced,
    send_until_taken,
)

pytestmark = pytest.mark.slow

ENDED_SECONDS = 10
TIMES = 20
#: From each of four talkers: a load that any machine can work off afterwards.
A_SECOND = 5


async def test_a_bot_under_load_ends_in_time_loses_nothing_and_frees_its_jobs(
    slack: SlackSimulator, bots: Bots, rows: Rows, note: Note
) -> None:
    bot = await bots.start()
    taken: list[str] = []

    async def talk(talker: int) -> None:
        async for number in paced(count(), A_SECOND):
            name = f"{talker}-{number}"
            act = command(slack, f"mark {name}", channel=CHANNELS[talker])
            await send_until_taken(slack, lambda: bot.url, act)
            taken.append(name)

    talkers = [asyncio.create_task(talk(talker)) for talker in range(len(CHANNELS))]
    endings = []
    for _ in range(TIMES):
        await asyncio.sleep(0.5)
        code, seconds = await bot.stop()
        endings.append((code, rows.leased(), seconds))
        bot = await bots.start()
    await cancel(*talkers)
    await eventually(lambda: rows.waiting() == 0, seconds=120)

    slowest = max(seconds for *_, seconds in endings)
    note("seconds until ended", slowest)
    assert [(code, leased) for code, leased, _ in endings] == [(0, 0)] * TIMES
    assert slowest <= ENDED_SECONDS
    marks = rows.marks()
    assert set(taken) <= marks.keys()
    assert marks == all_posts(slack)


async def test_a_bot_whose_platform_does_not_answer_ends_in_time_and_frees_its_jobs(
    slack: SlackSimulator, bots: Bots, rows: Rows, note: Note
) -> None:
    slack.faults.add("*", FaultKind.SLOW, times=1000, seconds=60)
    bot = await bots.start()
    for number, channel in enumerate(CHANNELS):
        for text in ("form", f"mark {number}"):
            await send_until_taken(slack, bot.url_now, command(slack, text, channel=channel))
    await eventually(lambda: rows.leased() == len(CHANNELS))

    code, seconds = await bot.stop()

    assert (code, rows.leased()) == (0, 0)
    # A form that did not open is offered in a post, which waits like the marks.
    assert rows.waiting() == 2 * len(CHANNELS)
    note("seconds until ended", seconds, at_most=ENDED_SECONDS)
