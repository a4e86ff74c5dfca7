"""Slack gives up on whoever does not answer within three seconds, whatever Slack itself does."""

import asyncio
import time

import pytest

from adapters.simulator.faults import FaultKind
from adapters.simulator.simulator import SlackSimulator
from tests.faults.bots import Bot, Bots
from tests.faults.conftest import Note
from tests.faults.rows import Rows
from tests.faults.traffic import Act, command, paced, send, send_until_taken

pytestmark = pytest.mark.slow

SECONDS = 60
A_SECOND = 50


async def test_requests_are_acknowledged_in_time_while_the_platform_does_not_answer(
    slack: SlackSimulator, bots: Bots, rows: Rows, note: Note
) -> None:
    slack.faults.add("*", FaultKind.SLOW, times=100_000, seconds=60)
    bot = await bots.start()
    for number in range(5):
        await send_until_taken(slack, bot.url_now, command(slack, f"mark warm-up {number}"))
    acts = [
        command(slack, "form" if number % 4 == 0 else f"mark {number}")
        for number in range(SECONDS * A_SECOND)
    ]

    asked = [asyncio.create_task(timed(slack, bot, act)) async for act in paced(acts, A_SECOND)]
    answers = await asyncio.gather(*asked)

    seconds = sorted(took for _, took in answers)
    p99 = seconds[len(seconds) * 99 // 100]
    note("seconds, p50", seconds[len(seconds) // 2])
    note("requests that were not acknowledged", sum(not taken for taken, _ in answers), at_most=0)
    assert rows.marks().total() == 5 + len(acts) * 3 // 4
    note("seconds, p99", p99, at_most=0.5)
    note("seconds at most", seconds[-1], at_most=1.5)


async def timed(slack: SlackSimulator, bot: Bot, act: Act) -> tuple[bool, float]:
    """Send an act and return whether it was acknowledged, and after how many seconds."""
    began = time.monotonic()
    return await send(slack, bot.url, act), time.monotonic() - began
