"""Microsoft Teams, as the contract plays it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from adapters.simulator.faults import FaultKind
from adapters.simulator.teams.messages import Message
from adapters.teams.platform import SAID_IN_PRIVATE
from bot.inbound import Place, UserRef
from tests.adapters.contract.side import Side, Trouble
from tests.adapters.teams.checks import objects, texts_in
from tests.adapters.teams.house import House, a_house

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


class OnTeams(Side):
    """A tenant; what the client shows for a moment (a toast) is told as well."""

    can_find = False

    def __init__(self, house: House) -> None:
        self.house, self.teams = house, house.teams
        self.platform, self.database, self.toy = house.platform, house.database, house.toy
        self._toasts: dict[str, list[str]] = {}

    @property
    def place(self) -> Place:
        return self.house.place(CHANNEL)

    @property
    def closed(self) -> Place:
        return self.house.place("random")

    @property
    def nowhere(self) -> Place:
        return Place("teams", self.teams.tenant_id, "19:nowhere@thread.tacv2")

    def user(self, handle: str) -> UserRef:
        return self.house.user(handle)

    async def mention(self, handle: str, words: str) -> None:
        await self.teams.mention(handle, CHANNEL, words)

    async def whisper(self, handle: str, words: str) -> None:
        await self.teams.direct(handle, words)

    async def chat(self, handle: str, words: str, *, copies: int = 1) -> None:
        self.teams.team(TEAM).is_overheard = True
        said = await self.teams.say(handle, CHANNEL, words)
        assert said.message
        activity = self.teams.activities.message(
            self.teams.person(handle), self.teams.conversation(CHANNEL), said.message
        )
        if copies > 1:
            await self.teams.redeliver(activity, times=copies - 2)

    async def press(self, handle: str, label: str) -> None:
        seen = [*self.house.said_to(handle), *self.house.said_in(CHANNEL)]
        newest = max((one for one in seen if _has_buttons(one)), key=lambda one: int(one.id))
        played = await self.teams.press(handle, newest, label)
        self._toasts.setdefault(handle, []).append(played.notice or "")

    async def fill(self, handle: str, words: str) -> dict[str, str]:
        dialog = self.teams.dialog_of(handle)
        assert dialog
        await self.teams.submit(handle, dialog, {"Your words": words})
        shown = self.form_of(handle)
        problem = "Please say it differently."
        return {"words": problem} if problem in shown and words in shown else {}

    async def explain(self, handle: str, words: str) -> None:
        said = await self.teams.say("ben", CHANNEL, words)
        assert said.message
        played = await self.teams.use_on(handle, said.message, "toy.explain")
        self._toasts.setdefault(handle, []).append(played.notice or "")

    def form_of(self, handle: str) -> str:
        dialog = self.teams.dialog_of(handle)
        return f"{dialog.title} {dialog.card}" if dialog else ""

    def public(self) -> list[str]:
        said = [one.words() for one in self.house.said_in(CHANNEL)]
        return [words for words in said if words != SAID_IN_PRIVATE.text]

    def obeyed(self) -> list[str]:
        said = self.house.said_in(CHANNEL)
        texts = [text for one in said for text in (one.summary, *texts_in(one.card))]
        kinds = [part["type"] for one in said for part in objects(one.card) if "type" in part]
        entities = [str(entity) for one in said for entity in one.entities]
        marked = [text for text in texts if re.search(r"</?at\b|\{\{", text, re.IGNORECASE)]
        return entities + marked + [kind for kind in kinds if kind in OBEYED]

    def told(self, handle: str) -> list[str]:
        toasts = self._toasts.get(handle, [])
        return [*toasts, *(one.words() for one in self.house.said_to(handle))]

    def fail(self, trouble: Trouble, *, seconds: float = 1) -> None:
        self.teams.faults.add("conversations.create", FAULTS[trouble], seconds=seconds)

    async def wait_for(self, claim: Callable[[], object], timeout_seconds: float) -> None:
        await self.teams.wait_for(claim, timeout_seconds)


def _has_buttons(message: Message) -> bool:
    return any(element["type"] == "ActionSet" for element in (message.card or {}).get("body", []))


@asynccontextmanager
async def on_teams(url: str) -> AsyncIterator[OnTeams]:
    """Open the side on the database at *url*."""
    async with a_house(url) as house:
        yield OnTeams(house)
