"""Slack, as the contract plays it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.simulator.faults import FaultKind
from bot.inbound import FileRef, Place
from tests.adapters.contract.side import Side, Trouble
from tests.adapters.slack.checks import objects
from tests.adapters.slack.house import House, a_house
from tests.clients.slack import SlackClient

CHANNEL = "general"
#: Elements of rich text that name or call somebody.
OBEYED = {"broadcast", "channel", "emoji", "link", "user", "usergroup"}
FAULTS = {
    Trouble.LIMITED: FaultKind.RATE_LIMITED,
    Trouble.UNANSWERED: FaultKind.ANSWER_LOST,
    Trouble.DOWN: FaultKind.SERVER_ERROR,
    Trouble.GARBAGE: FaultKind.GARBAGE,
}


class OnSlack(SlackClient, Side):
    """A workspace."""

    can_find = True
    makes_channels = True

    def __init__(self, house: House) -> None:
        super().__init__(house.slack, CHANNEL)
        self.platform, self.database, self.toy = house.platform, house.database, house.toy

    @property
    def place(self) -> Place:
        return self._place(CHANNEL)

    @property
    def closed(self) -> Place:
        return self._place("random")

    @property
    def nowhere(self) -> Place:
        return Place("slack", self.slack.team_id, "C0NOWHERE")

    def _place(self, name: str) -> Place:
        return Place("slack", self.slack.team_id, self.slack.channel(name).id)

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

    def lose(self, handle: str, words: str) -> None:
        chat = self.slack.direct_channel(handle)
        [lost] = [one for one in self.slack.sees_direct(handle) if words in one.words()]
        del chat.messages[lost.ts]

    def obeyed(self) -> list[str]:
        said = self.public_messages()
        tokens = [token for one in said for token in re.findall("<[^>]+>", one.text)]
        found = [part for one in said for part in objects(list(one.blocks))]
        markup = [part["text"] for part in found if part.get("type") == "mrkdwn"]
        return tokens + markup + [part["type"] for part in found if part.get("type") in OBEYED]

    def attach(self, content: bytes) -> FileRef:
        ada = self.slack.person("ada").id
        file = self.slack.workspace.store_file(ada, "invoice.bin", content)
        return FileRef(file.id, file.name, len(content), file.mimetype)

    def fail(self, trouble: Trouble, *, seconds: float = 1) -> None:
        self.slack.faults.add("chat.postMessage", FAULTS[trouble], seconds=seconds)


@asynccontextmanager
async def on_slack(url: str) -> AsyncIterator[OnSlack]:
    """Open the side on the database at *url*."""
    async with a_house(url) as house:
        yield OnSlack(house)
