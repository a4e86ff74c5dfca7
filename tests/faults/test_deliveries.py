"""A platform on its worst days: everything arrives, in order, once, and never too early."""

import json
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from itertools import pairwise

import pytest

from adapters.simulator.faults import FaultKind
from adapters.simulator.journal import Entry
from adapters.simulator.simulator import SlackSimulator
from tests.faults.bots import Bots
from tests.faults.conftest import Note
from tests.faults.rows import Rows
from tests.faults.traffic import CHANNELS, command, eventually, posts, send_until_taken

pytestmark = pytest.mark.slow

POST = "chat.postMessage"
CUT_CONNECTIONS = 200
MESSAGES_ON_BAD_DAYS = 1_000
RETRY_AFTER_SECONDS = 1
PATIENCE_SECONDS = 1.0
DRAINED_SECONDS = 400  # a thousand messages, and sixty seconds of pauses among them
#: The first try of every message meets one of these; some fail after their effect.
TROUBLES = (
    FaultKind.PRECONDITION_FAILED,
    FaultKind.UNAVAILABLE,
    FaultKind.GARBAGE,
    FaultKind.SERVER_ERROR,
    FaultKind.ANSWER_LOST,
    FaultKind.REQUEST_LOST,
    FaultKind.FATAL_ERROR,
)
#: Every so many messages of a channel meet one of these instead: they take their time.
EVERY = 50
LONG_TROUBLES = {0: FaultKind.RATE_LIMITED, 25: FaultKind.SLOW}


async def test_what_was_cut_off_after_its_effect_is_not_posted_again(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    slack.faults.add(POST, FaultKind.ANSWER_LOST, times=CUT_CONNECTIONS)
    bot = await bots.start()

    for number in range(CUT_CONNECTIONS):
        channel = CHANNELS[number % len(CHANNELS)]
        act = command(slack, f"mark {number}", channel=channel)
        await send_until_taken(slack, bot.url_now, act)
    await eventually(lambda: rows.waiting() == 0)

    assert list(slack.faults) == []
    for first, channel in enumerate(CHANNELS):
        numbers = range(first, CUT_CONNECTIONS, len(CHANNELS))
        assert posts(slack, channel) == [str(number) for number in numbers]


async def test_on_bad_days_everything_arrives_once_in_order_and_never_too_early(
    slack: SlackSimulator, bots: Bots, rows: Rows, note: Note
) -> None:
    quick = replace(bots.orders, breath_seconds=0.005, patience_seconds=PATIENCE_SECONDS)
    bot = await bots.start(quick)
    for number in range(MESSAGES_ON_BAD_DAYS):
        spoil(slack, number)
    for channel in CHANNELS:
        for trouble in (FaultKind.UNAVAILABLE, FaultKind.RATE_LIMITED, FaultKind.GARBAGE):
            slack.faults.add("conversations.history", trouble, about=slack.channel(channel).id)

    for number in range(MESSAGES_ON_BAD_DAYS):
        act = command(slack, f"mark {number}", channel=CHANNELS[number % len(CHANNELS)])
        await send_until_taken(slack, bot.url_now, act)
    drained = await eventually(lambda: rows.waiting() == 0, DRAINED_SECONDS)

    note("seconds until drained on bad days", drained)
    assert list(slack.faults) == []
    assert rows.dead() == []
    for first, channel in enumerate(CHANNELS):
        numbers = range(first, MESSAGES_ON_BAD_DAYS, len(CHANNELS))
        assert posts(slack, channel) == [str(number) for number in numbers]
    pauses = pauses_after_a_limit(slack)
    assert len(pauses) == MESSAGES_ON_BAD_DAYS / EVERY
    assert min(pauses) >= timedelta(seconds=RETRY_AFTER_SECONDS)


async def test_nothing_is_posted_in_a_channel_before_retry_after_and_no_other_waits_with_it(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    slack.faults.add(POST, FaultKind.RATE_LIMITED, times=2, seconds=2)
    bot = await bots.start()

    await send_until_taken(slack, bot.url_now, command(slack, "mark 1"))
    await eventually(lambda: list(slack.faults) == [])
    for number, channel in (("2", "general"), ("3", "general"), ("4", "soc")):
        act = command(slack, f"mark {number}", channel=channel)
        await send_until_taken(slack, bot.url_now, act)
    await eventually(lambda: rows.waiting() == 0)

    calls = slack.journal.calls(POST)
    assert [posted_in(call) for call in calls] == ["C0GENERAL"] * 2 + ["C0SOC"] + ["C0GENERAL"] * 3
    first, second, _, third, *_ = (call.at for call in calls)
    assert second - first >= timedelta(seconds=2)
    assert third - second >= timedelta(seconds=2)
    assert posts(slack) == ["1", "2", "3"]


def spoil(slack: SlackSimulator, number: int) -> None:
    """Let something go wrong with the first try to post this message."""
    trouble = LONG_TROUBLES.get(number // len(CHANNELS) % EVERY)
    trouble = trouble or TROUBLES[number % len(TROUBLES)]
    is_slow = trouble is FaultKind.SLOW
    seconds = 2 * PATIENCE_SECONDS if is_slow else RETRY_AFTER_SECONDS
    slack.faults.add(POST, trouble, seconds=seconds, about=f'"text": "{number}"')


def pauses_after_a_limit(slack: SlackSimulator) -> list[timedelta]:
    """Return how long a channel got no post after each answer that the bot should wait."""
    calls = sorted(slack.journal.calls(POST), key=lambda call: (posted_in(call), call.at))
    return [
        after.at - call.at
        for call, after in pairwise(calls)
        if call.answer is not None and call.answer.status == HTTPStatus.TOO_MANY_REQUESTS
    ]


def posted_in(call: Entry) -> str:
    """Return the channel that a call was about."""
    channel: str = json.loads(call.request.body)["channel"]
    return channel
