"""Signed traffic of our own making: the same act, sent as often and to as many bots as we like."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.wire import Parcel, Traffic

T = TypeVar("T")

PERSON = "ada"
CHANNEL = "general"
#: Where the bot may write; each is a lane of its own.
CHANNELS = ("general", "soc", "hiring-security", "ta-sourcing")
RETRY_SECONDS = 0.05
#: How long a machine with other things to do may take for what has no limit of its own.
PATIENCE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody did; sending it again is a repeat, whoever takes it."""

    body: bytes
    content_type: str


def command(slack: SlackSimulator, text: str, *, channel: str = CHANNEL) -> Act:
    """Type `/parley text` once."""
    who, where = slack.person(PERSON), slack.channel(channel)
    payload = slack._interactions.command(who, where, "/parley", text)
    return Act(*Parcel(Traffic.COMMAND, text, payload, who.id).encoded())


async def send(slack: SlackSimulator, url: str, act: Act) -> bool:
    """Send an act to one bot, signed now; True when it was acknowledged in time."""
    headers = dict(slack.wire.headers(act.body, act.content_type))
    return (await slack.wire.post(f"{url}/slack/events", act.body, headers)).ok


async def send_until_taken(slack: SlackSimulator, url: Callable[[], str], act: Act) -> None:
    """Repeat an act, as a platform does, until a bot acknowledges it."""
    while True:
        if await send(slack, url(), act):
            return
        await asyncio.sleep(RETRY_SECONDS)


async def paced(things: Iterable[T], a_second: float) -> AsyncIterator[T]:
    """Yield each of *things* at its time, however long what was done before took."""
    began = time.monotonic()
    for number, thing in enumerate(things):
        await asyncio.sleep(began + number / a_second - time.monotonic())
        yield thing


def posts(slack: SlackSimulator, channel: str = CHANNEL) -> list[str]:
    """Return what the bot posted in a channel, in the order in which it stands there."""
    messages = slack.channel(channel).messages.values()
    return [message.text for message in messages if message.user == slack.workspace.bot.id]


def all_posts(slack: SlackSimulator) -> Counter[str]:
    """Return how often the bot posted each text, whatever the channel."""
    return Counter(text for channel in CHANNELS for text in posts(slack, channel))


async def cancel(*tasks: asyncio.Task[None]) -> None:
    """Stop what goes on in the background."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def eventually(claim: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> float:
    """Wait until *claim* holds and return how many seconds that took.

    *seconds* are how long is waited, not what is promised: that is noted, with its limit.

    Raises:
        TimeoutError: it did not hold in time.
    """
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        # Asked on a thread: a claim that looks into the database must not hold up the Slack here.
        while True:
            if await asyncio.to_thread(claim):
                return time.monotonic() - began
            await asyncio.sleep(RETRY_SECONDS)
