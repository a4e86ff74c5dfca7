"""What people do in a house on Teams, over and over again."""

from __future__ import annotations

from typing import Any

from adapters.simulator.line import Delivery
from adapters.simulator.teams.messages import Message as Seen
from tests.adapters.teams.house import House

CHANNEL = "hiring-security"
CARD = "adaptiveCard/action"


async def announced(house: House, where: str = CHANNEL) -> Seen:
    """Let Ada have a card with a button of each kind posted for everybody."""
    await house.teams.mention("ada", where, "announce")
    await house.until(lambda: [seen for seen in house.said_in(where) if seen.card])
    return house.said_in(where)[-1]


async def told(house: House, who: str, words: str) -> Seen:
    """Wait until somebody reads *words* in their own chat with the bot."""

    def found() -> list[Seen]:
        return [seen for seen in house.said_to(who) if words in seen.words()]

    await house.until(found)
    return found()[-1]


def channel(house: House, name: str = CHANNEL) -> str:
    return house.teams.conversation(name).id


async def invoked(
    house: House, name: str, value: dict[str, Any], about: Seen, *, is_alone: bool = False
) -> Delivery:
    """Let Ben's client ask something that no button of ours asks, *is_alone* with the bot."""
    who, where = house.teams.person("ben"), house.teams.conversation(CHANNEL)
    where = house.teams.own_chat("ben") if is_alone else where
    activity = house.teams.activities.invoke(name, value, who, where, about)
    return (await house.teams.redeliver(activity, times=0))[0]


def given(message: Seen | None) -> Seen:
    """Return the message, which was written."""
    assert message is not None
    return message
