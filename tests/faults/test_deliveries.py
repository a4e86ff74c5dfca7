"""A platform on its worst days: everything arrives, in order, once, and never too early."""

import json
from datetime import timedelta
from itertools import cycle, islice

import pytest

from adapters.simulator.faults import FaultKind
from adapters.simulator.journal import Entry
from adapters.simulator.simulator import SlackSimulator
from tests.faults.bots import Bots
from tests.faults.rows import Rows
from tests.faults.traffic import CHANNELS, command, eventually, posts, send_until_taken

pytestmark = pytest.mark.slow

POST = "chat.postMessage"
CUT_CONNECTIONS = 200
MESSAGES_ON_BAD_DAYS = 60
LONGER_THAN_ANYBODY_WAITS = 8
#: What fails before the post is written, and what fails after.
TROUBLES = (
    FaultKind.UNAVAILABLE,
    FaultKind.GARBAGE,
    FaultKind.SERVER_ERROR,
    FaultKind.ANSWER_LOST,
    FaultKind.REQUEST_LOST,
    FaultKind.FATAL_ERROR,
)


async def test_what_was_cut_off_after_its_effect_is_not_posted_again(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    slack.faults.add(POST, FaultKind.ANSWER_LOST, times=CUT_CONNECTIONS)
    bot = await bots.start()

    for number in range(CUT_CONNECTIONS):
        channel = CHANNELS[number % len(CHANNELS)]
        act = command(slack, f"mark {number}", channel=channel)
        await send_until_taken(slack, bot.url_now, act)
    await eventually(lambda: rows.waiting() == 0, seconds=60)

    assert list(slack.faults) == []
    for first, channel in enumerate(CHANNELS):
        numbers = range(first, CUT_CONNECTIONS, len(CHANNELS))
        assert posts(slack, channel) == [str(number) for number in numbers]


async def test_on_bad_days_everything_arrives_once_and_in_order(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    bot = await bots.start()
    expected = [str(number) for number in range(MESSAGES_ON_BAD_DAYS)]
    slack.faults.add(POST, FaultKind.SLOW, seconds=LONGER_THAN_ANYBODY_WAITS)
    await send_until_taken(slack, bot.url_now, command(slack, "mark slow", channel="soc"))
    await eventually(lambda: list(slack.faults) == [], seconds=10)
    for trouble in islice(cycle(TROUBLES), MESSAGES_ON_BAD_DAYS):
        slack.faults.add(POST, trouble)
        slack.faults.add(POST, FaultKind.SLOW, seconds=0)  # lets one call pass

    for number in expected:
        await send_until_taken(slack, bot.url_now, command(slack, f"mark {number}"))
    await eventually(lambda: rows.waiting() == 0, seconds=60)

    assert posts(slack) == expected
    assert posts(slack, "soc") == ["slow"]


async def test_nothing_is_posted_in_a_channel_before_retry_after_and_no_other_waits_with_it(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    slack.faults.add(POST, FaultKind.RATE_LIMITED, times=2, seconds=2)
    bot = await bots.start()

    await send_until_taken(slack, bot.url_now, command(slack, "mark 1"))
    await eventually(lambda: list(slack.faults) == [], seconds=30)
    for number, channel in (("2", "general"), ("3", "general"), ("4", "soc")):
        act = command(slack, f"mark {number}", channel=channel)
        await send_until_taken(slack, bot.url_now, act)
    await eventually(lambda: rows.waiting() == 0, seconds=30)

    calls = slack.journal.calls(POST)
    assert [posted_in(call) for call in calls] == ["C0GENERAL"] * 2 + ["C0SOC"] + ["C0GENERAL"] * 3
    first, second, _, third, *_ = (call.at for call in calls)
    assert second - first >= timedelta(seconds=2)
    assert third - second >= timedelta(seconds=2)
    assert posts(slack) == ["1", "2", "3"]


def posted_in(call: Entry) -> str:
    """Return the channel that a call was about."""
    channel: str = json.loads(call.request.body)["channel"]
    return channel
