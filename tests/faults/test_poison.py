"""A job that cannot succeed: given up in the end, told to somebody, and done once it can be."""

import time
from datetime import UTC, datetime
from functools import partial

import pytest

from adapters.simulator.faults import FaultKind
from adapters.simulator.simulator import SlackSimulator
from bot.worker import MAX_ATTEMPTS
from storage import jobs
from storage.database import Database
from storage.jobs import job
from tests.faults.bots import Bot, Bots
from tests.faults.conftest import Note
from tests.faults.looking import p95
from tests.faults.rows import Rows
from tests.faults.traffic import (
    CHANNELS,
    PATIENCE_SECONDS,
    command,
    eventually,
    paced,
    posts,
    send_until_taken,
)

pytestmark = pytest.mark.slow

MARKS, A_SECOND = 100, 20
POISONS = 5
TRIES = 3
NO_LONGER = 1.2


async def test_a_poison_job_is_given_up_told_to_an_admin_and_done_when_it_is_replayed(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    poisoned = bots.orders.folder / "poisoned"
    poisoned.touch()
    bot = await bots.start()
    expected = [str(number) for number in range(20)]

    await send_until_taken(slack, bot.url_now, command(slack, "poison apple"))
    for number in expected:
        await send_until_taken(slack, bot.url_now, command(slack, f"mark {number}"))
    await eventually(lambda: posts(slack) == expected)
    await eventually(lambda: len(rows.dead()) == 1)

    [dead] = rows.dead()
    await slack.wait_for(lambda: told_of(slack, dead), PATIENCE_SECONDS)
    assert rows.jobs(job.c.id == dead, job.c.attempts == MAX_ATTEMPTS) == 1
    assert rows.marks()["apple"] == 0

    poisoned.unlink()
    await replay(rows, dead)
    await eventually(lambda: rows.marks()["apple"] == 1)
    assert rows.dead() == []


async def test_others_wait_no_longer_beside_poison_jobs(
    slack: SlackSimulator, bots: Bots, rows: Rows, note: Note
) -> None:
    (bots.orders.folder / "poisoned").touch()
    bot = await bots.start()

    ratios = []
    for turn in range(TRIES):
        alone = await p95_until_posted(slack, bot, f"alone-{turn}")
        for number in range(POISONS):
            act = command(slack, f"poison {turn}-{number}")
            await send_until_taken(slack, bot.url_now, act)
        beside = await p95_until_posted(slack, bot, f"beside-{turn}")
        await eventually(lambda: rows.waiting() == 0)
        ratios.append(beside / alone)
        if ratios[-1] <= NO_LONGER:
            break

    # What the poison costs it costs every time, unlike what a busy machine does.
    note("times the p95 without poison", min(ratios))
    assert len(rows.dead()) == POISONS * len(ratios)
    assert min(ratios) <= NO_LONGER


async def test_what_a_platform_refuses_for_good_is_given_up_at_once_and_told_to_an_admin(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    slack.faults.add("chat.postMessage", FaultKind.TOKEN_REVOKED)
    bot = await bots.start()

    for number in "12":
        await send_until_taken(slack, bot.url_now, command(slack, f"mark {number}"))
    await eventually(lambda: len(rows.dead()) == 1 and rows.waiting() == 0)

    [dead] = rows.dead()
    assert rows.jobs(job.c.id == dead, job.c.attempts == 1) == 1
    assert told_of(slack, dead)
    assert posts(slack) == ["2"]


def told_of(slack: SlackSimulator, dead: int) -> bool:
    """Say whether an admin reads that this job was given up."""
    return any(f"job {dead} " in seen.words() for seen in slack.sees_direct("farid"))


async def p95_until_posted(slack: SlackSimulator, bot: Bot, name: str) -> float:
    """Let marks be posted one after the other; return what one in twenty takes longer than."""
    waits = []
    async for number in paced(range(MARKS), A_SECOND):
        channel, text = CHANNELS[number % len(CHANNELS)], f"{name}-{number}"
        began = time.monotonic()
        act = command(slack, f"mark {text}", channel=channel)
        await send_until_taken(slack, bot.url_now, act)
        await slack.wait_for(partial(is_posted, slack, channel, text), PATIENCE_SECONDS)
        waits.append(time.monotonic() - began)
    return p95(waits)


def is_posted(slack: SlackSimulator, channel: str, text: str) -> bool:
    return text in posts(slack, channel)


async def replay(rows: Rows, dead: int) -> None:
    """Replay a dead letter from beside the running bot, as the command line does."""
    database = Database(rows.url, exclusive=False)
    await database.open()
    try:
        now = datetime.now(UTC)
        assert await database.write(lambda session: jobs.replay(session, dead, now=now))
    finally:
        await database.close()
