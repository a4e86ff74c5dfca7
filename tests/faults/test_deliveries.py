"""A platform on its worst days: everything arrives, in order, once, and never too early."""

from datetime import timedelta
from itertools import cycle, islice, pairwise

import pytest

from adapters.simulator.faults import FaultKind
from adapters.simulator.journal import Outcome
from adapters.simulator.simulator import SlackSimulator
from tests.faults.bots import Bots
from tests.faults.rows import Rows
from tests.faults.traffic import CHANNELS, command, eventually, posts, send_until_taken

pytestmark = pytest.mark.slow

POST = "chat.postMessage"
CUT_CONNECTIONS = 200
MESSAGES_ON_BAD_DAYS = 100
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
    for trouble in islice(cycle(TROUBLES), MESSAGES_ON_BAD_DAYS):
        slack.faults.add(POST, trouble)
        slack.faults.add(POST, FaultKind.SLOW, seconds=0)  # lets one call pass

    for number in expected:
        await send_until_taken(slack, bot.url_now, command(slack, f"mark {number}"))
    await eventually(lambda: rows.waiting() == 0, seconds=60)

    assert posts(slack) == expected


async def test_an_answer_that_takes_too_long_is_looked_for_and_not_posted_again(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    slack.faults.add(POST, FaultKind.SLOW, seconds=8)
    bot = await bots.start()

    for number in "12":
        await send_until_taken(slack, bot.url_now, command(slack, f"mark {number}"))
    await eventually(lambda: rows.waiting() == 0, seconds=30)

    assert posts(slack) == ["1", "2"]


async def test_nothing_is_posted_in_a_channel_before_retry_after(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    slack.faults.add(POST, FaultKind.RATE_LIMITED, times=2, seconds=2)
    bot = await bots.start()

    for number in "123":
        await send_until_taken(slack, bot.url_now, command(slack, f"mark {number}"))
    await eventually(lambda: rows.waiting() == 0, seconds=30)

    calls = slack.journal.calls(POST)
    assert [call.outcome for call in calls] == [Outcome.REFUSED] * 2 + [Outcome.OK] * 3
    for refused, following in pairwise(calls[:3]):
        assert following.at - refused.at >= timedelta(seconds=2)
    assert posts(slack) == ["1", "2", "3"]


async def test_a_channel_that_must_wait_does_not_hold_up_another(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    slack.faults.add(POST, FaultKind.RATE_LIMITED, seconds=5)
    bot = await bots.start()

    await send_until_taken(slack, bot.url_now, command(slack, "mark 1"))
    await eventually(lambda: bool(slack.journal.calls(POST)), seconds=10)
    await send_until_taken(slack, bot.url_now, command(slack, "mark 2", channel="soc"))
    await eventually(lambda: posts(slack, "soc") == ["2"], seconds=5)

    before = posts(slack)
    await eventually(lambda: rows.waiting() == 0, seconds=30)
    assert before == []
    assert posts(slack) == ["1"]
