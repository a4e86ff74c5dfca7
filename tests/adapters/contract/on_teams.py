"""Microsoft Teams, as the contract plays it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.simulator.faults import FaultKind
from bot.inbound import FileRef, Place
from tests.adapters.contract.side import Side, Trouble
from tests.adapters.teams.checks import objects, texts_in
from tests.adapters.teams.house import House, a_house
from tests.clients.teams import TeamsClient

CHANNEL = "ta-sourcing"
TEAM = "Talent Acquisition"
#: Elements that read Markdown.
OBEYED = {"FactSet", "TextBlock"}
FAULTS = {
    Trouble.LIMITED: FaultKind.RATE_LIMITED,
    Trouble.UNANSWERED: FaultKind.ANSWER_LOST,
    Trouble.DOWN: FaultKind.SERVER_ERROR,
    Trouble.GARBAGE: FaultKind.GARBAGE,
}


class OnTeams(TeamsClient, Side):
    """A tenant."""

    can_find = False
    makes_channels = False

    def __init__(self, house: House) -> None:
        super().__init__(house.teams, CHANNEL)
        self.house = house
        self.platform, self.database, self.toy = house.platform, house.database, house.toy

    @property
    def place(self) -> Place:
        return self.house.place(CHANNEL)

    @property
    def closed(self) -> Place:
        return self.house.place("random")

    @property
    def nowhere(self) -> Place:
        return Place("teams", self.teams.tenant_id, "19:nowhere@thread.tacv2")

    async def chat(self, handle: str, words: str, *, copies: int = 1) -> None:
        self.teams.team(TEAM).is_overheard = True
        said = await self.teams.say(handle, CHANNEL, words)
        assert said.message
        activity = self.teams.activities.message(
            self.teams.person(handle), self.teams.conversation(CHANNEL), said.message
        )
        if copies > 1:
            await self.teams.redeliver(activity, times=copies - 2)

    def lose(self, handle: str, words: str) -> None:
        chat = self.teams.own_chat(handle)
        [lost] = [one for one in self.teams.sees_direct(handle) if words in one.words()]
        del chat.messages[lost.id]

    def obeyed(self) -> list[str]:
        said = self.public_messages()
        texts = [text for one in said for text in (one.summary, *texts_in(one.card))]
        kinds = [part["type"] for one in said for part in objects(one.card) if "type" in part]
        entities = [str(entity) for one in said for entity in one.entities]
        marked = [text for text in texts if re.search(r"</?at\b|\{\{", text, re.IGNORECASE)]
        return entities + marked + [kind for kind in kinds if kind in OBEYED]

    def attach(self, content: bytes) -> FileRef:
        return FileRef("F1", "invoice.bin", 0, "", address=self.teams.hand_out(content))

    def fail(self, trouble: Trouble, *, seconds: float = 1) -> None:
        self.teams.faults.add("conversations.create", FAULTS[trouble], seconds=seconds)


@asynccontextmanager
async def on_teams(url: str) -> AsyncIterator[OnTeams]:
    """Open the side on the database at *url*."""
    async with a_house(url) as house:
        yield OnTeams(house)
