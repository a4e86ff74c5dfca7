"""Slack, as the contract plays it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from adapters.simulator.faults import FaultKind
from adapters.simulator.messages import Message
from bot.inbound import Place, UserRef
from tests.adapters.contract.side import Side, Trouble
from tests.adapters.slack.checks import objects
from tests.adapters.slack.house import House, a_house

CHANNEL = "general"
#: Elements of rich text that name or call somebody.
OBEYED = {"broadcast", "channel", "emoji", "link", "user", "usergroup"}
FAULTS = {
    Trouble.LIMITED: FaultKind.RATE_LIMITED,
    Trouble.UNANSWERED: FaultKind.ANSWER_LOST,
    Trouble.DOWN: FaultKind.SERVER_ERROR,
    Trouble.GARBAGE: FaultKind.GARBAGE,
}


class OnSlack(Side):
    """A workspace."""

    can_find = True

    def __init__(self, house: House) -> None:
        self.slack = house.slack
        self.platform, self.database, self.toy = house.platform, house.database, house.toy

    @property
    def place(self) -> Place:
        return self._channel(CHANNEL)

    @property
    def closed(self) -> Place:
        return self._channel("random")

    @property
    def nowhere(self) -> Place:
        return Place("slack", self.slack.team_id, "C0NOWHERE")

    def _channel(self, name: str) -> Place:
        return Place("slack", self.slack.team_id, self.slack.channel(name).id)

    def user(self, handle: str) -> UserRef:
        return UserRef("slack", self.slack.team_id, self.slack.person(handle).id)

    async def mention(self, handle: str, words: str) -> None:
        await self.slack.mention(handle, CHANNEL, words)

    async def whisper(self, handle: str, words: str) -> None:
        await self.slack.direct(handle, words)

    async def chat(self, handle: str, words: str, *, copies: int = 1) -> None:
        said = await self.slack.post(handle, CHANNEL, words)
        assert said.message
        event = {
            **said.message.as_json(team=self.slack.team_id),
            "channel": self.place.channel,
            "channel_type": "channel",
            "event_ts": said.message.ts,
        }
        if copies > 1:
            await self.slack.redeliver(event, times=copies - 2)

    async def press(self, handle: str, label: str) -> None:
        seen = [*self.slack.sees_direct(handle), *self.slack.sees(handle, CHANNEL)]
        newest = max((one for one in seen if _has_buttons(one)), key=lambda one: float(one.ts))
        await self.slack.press(handle, newest, label)

    async def fill(self, handle: str, words: str) -> dict[str, str]:
        view = self.slack.view_of(handle)
        assert view
        played = await self.slack.submit(handle, view, {"Your words": words})
        return dict(played.errors)

    async def explain(self, handle: str, words: str) -> None:
        said = await self.slack.post("ben", CHANNEL, words)
        await self.slack.shortcut(handle, "toy.explain", said.message)

    def form_of(self, handle: str) -> str:
        view = self.slack.view_of(handle)
        return str(view.body) if view else ""

    def public(self) -> list[str]:
        return [one.words() for one in self._said()]

    def _said(self) -> list[Message]:
        bot = self.slack.workspace.bot.id
        seen = self.slack.sees("ben", CHANNEL)
        return [one for one in seen if one.user == bot and not one.only_for]

    def obeyed(self) -> list[str]:
        tokens = [token for one in self._said() for token in re.findall("<[^>]+>", one.text)]
        found = [part for one in self._said() for part in objects(list(one.blocks))]
        markup = [part["text"] for part in found if part.get("type") == "mrkdwn"]
        return tokens + markup + [part["type"] for part in found if part.get("type") in OBEYED]

    def told(self, handle: str) -> list[str]:
        bot = self.slack.workspace.bot.id
        here = [one for one in self.slack.sees(handle, CHANNEL) if one.only_for]
        own = [one for one in self.slack.sees_direct(handle) if one.user == bot]
        return [one.words() for one in (*here, *own)]

    def fail(self, trouble: Trouble, *, seconds: float = 1) -> None:
        self.slack.faults.add("chat.postMessage", FAULTS[trouble], seconds=seconds)

    async def wait_for(self, claim: Callable[[], object], timeout_seconds: float) -> None:
        await self.slack.wait_for(claim, timeout_seconds)


def _has_buttons(message: Message) -> bool:
    return any(block["type"] == "actions" for block in message.blocks)


@asynccontextmanager
async def on_slack(url: str) -> AsyncIterator[OnSlack]:
    """Open the side on the database at *url*."""
    async with a_house(url) as house:
        yield OnSlack(house)
