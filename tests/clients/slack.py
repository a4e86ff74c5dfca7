"""Slack, as people see and use it."""

from __future__ import annotations

import html
from collections.abc import Callable

from adapters.simulator.blocks import elements_of
from adapters.simulator.events import message_event
from adapters.simulator.messages import Message, texts_in
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.views import View
from bot.inbound import UserRef
from tests.clients.client import OFFER, THREAD, Client, Filled

#: What an input holds in which nothing was written or ticked.
EMPTY = ("None", "[]")


class SlackClient(Client):
    """A workspace; what only one person sees in the channel is told to them as well."""

    around_answers = frozenset()

    def __init__(
        self, slack: SlackSimulator, channel: str, *, beside: tuple[str, ...] = ()
    ) -> None:
        self.slack, self.channel, self.beside = slack, channel, beside

    def user(self, handle: str) -> UserRef:
        return UserRef("slack", self.slack.team_id, self.slack.person(handle).id)

    async def ask(self, handle: str, words: str) -> None:
        verb, _, text = words.partition(" ")
        await self.slack.command(handle, self.channel, f"/{verb}", text)

    async def ask_for_form(self, handle: str, words: str) -> None:
        before = self.slack.view_of(handle)
        await self.ask(handle, words)
        await self.until(lambda: self.slack.view_of(handle) not in (None, before))

    async def mention(self, handle: str, words: str) -> None:
        await self.slack.mention(handle, self.channel, words)

    async def reply(self, handle: str, words: str, *, below: str = "") -> None:
        head = self._head(below) or (await self.slack.post("ben", self.channel, THREAD)).message
        await self.slack.mention(handle, self.channel, words, thread=head)

    def _head(self, words: str) -> Message | None:
        """Return what the bot said to all with these words; None without any."""
        said = [one for one in self.public_messages() if words in _words(one)]
        return said[-1] if words else None

    async def post(self, handle: str, words: str, *, copies: int = 1) -> None:
        said = await self.slack.post(handle, self.channel, words)
        assert said.message
        event = message_event(self.slack.workspace, self.slack.channel(self.channel), said.message)
        for _ in range(copies - 1):
            # Each time in an envelope of its own, with another id.
            await self.slack.tell(event)

    async def take_back(self, handle: str) -> None:
        own = self.slack.person(handle).id
        said = [one for one in self.slack.sees(handle, self.channel) if one.user == own]
        await self.slack.delete(handle, said[-1])

    async def open_offered(self, handle: str) -> None:
        await self.until(lambda: self._offers(handle))
        offer = self._offers(handle)[-1]
        await self.slack.press(handle, offer, _labels(offer)[-1])

    def _offers(self, handle: str) -> list[Message]:
        seen = [*self.slack.sees_direct(handle), *self.slack.sees(handle, self.channel)]
        return [one for one in self._bots(seen) if OFFER in _words(one)]

    async def whisper(self, handle: str, words: str) -> None:
        await self.slack.direct(handle, words)

    async def send_file(self, handle: str, name: str, content: bytes) -> None:
        file = self.slack.workspace.store_file(self.slack.person(handle).id, name, content)
        await self.slack.direct(handle, "", files=(file.id,))

    async def open_home(self, handle: str) -> None:
        await self.slack.open_home(handle)

    async def press(self, handle: str, label: str, *, on: str = "") -> None:
        await self.slack.press(handle, self._surface(handle, label, on), label)

    def _surface(self, handle: str, label: str, words: str) -> Message | View:
        view = self.slack.view_of(handle)
        if view and label in _labels(view):
            return view
        seen = [
            *self.slack.sees_direct(handle),
            *self.slack.sees(handle, self.channel),
            *self._seen_beside(handle),
        ]
        fits = [one for one in seen if label in _labels(one) and words in _words(one)]
        assert fits, f"{handle} sees no button “{label}”."
        return max(fits, key=lambda one: float(one.ts))

    async def fill(self, handle: str, answers: Filled) -> dict[str, str]:
        view = self.slack.view_of(handle)
        assert view
        people = {one.handle: one.id for one in self.slack.workspace.people}
        labels = {block["block_id"]: block.get("label", {}).get("text") for block in view.blocks}
        ticked = {
            labels.get(block["block_id"])
            for block in view.blocks
            if block.get("element", {}).get("type") == "checkboxes"
        }
        known: dict[str, object] = {
            label: [answer] if label in ticked else people.get(answer, answer)
            for label, answer in answers.items()
        }
        played = await self.slack.submit(handle, view, known)
        return {labels.get(id) or id: problem for id, problem in played.errors.items()}

    async def use_on(self, handle: str, shortcut: str, words: str, *, below: str = "") -> None:
        said = await self.slack.post("ben", self.channel, words, thread=self._head(below))
        await self.slack.shortcut(handle, shortcut, said.message)

    def window_of(self, handle: str) -> str:
        view = self.slack.view_of(handle)
        if view is None:
            return ""
        title, submit = (view.body.get(part, {}).get("text", "") for part in ("title", "submit"))
        words = [title, *texts_in(_asked(view.blocks)), submit]
        held = [str(answer) for block in view.answers.values() for answer in block.values()]
        return "\n".join([*words, *sorted(one for one in held if one not in EMPTY)])

    def where(self, channel: str) -> str:
        found = self.slack.channel(channel)
        people = [self.slack.person(id).handle for id in found.members - {self._bot}]
        return found.name or "".join(people)

    def public(self) -> list[str]:
        return [_words(one) for one in self.public_messages()]

    def public_messages(self) -> list[Message]:
        """Return the bot's messages to all in the channel, the oldest first."""
        return [one for one in self._bots(self.slack.sees("ben", self.channel)) if not one.only_for]

    def told(self, handle: str) -> list[str]:
        here = self._bots(self.slack.sees(handle, self.channel))
        own = self._bots(self.slack.sees_direct(handle))
        beside = self._bots(self._seen_beside(handle))
        told = [_words(one) for one in (*(one for one in here if one.only_for), *own, *beside)]
        home = self.slack.home_of(handle)
        return [*told, "\n".join(texts_in(home.blocks))] if home else told

    def _seen_beside(self, handle: str) -> list[Message]:
        """Return what the person sees in circles beside the channel."""
        circles = self.slack.workspace.memberships(self.slack.person(handle).id)
        named = [one for one in circles if self.beside and one.name.startswith(self.beside)]
        return [said for one in named for said in self.slack.sees(handle, one.id)]

    def _bots(self, seen: list[Message]) -> list[Message]:
        return [one for one in seen if one.user == self._bot]

    @property
    def _bot(self) -> str:
        return self.slack.workspace.bot.id

    async def wait_for(self, claim: Callable[[], object], timeout_seconds: float) -> None:
        await self.slack.wait_for(claim, timeout_seconds)


def _words(message: Message) -> str:
    """Return what a client shows: the blocks, and the text only where there are none."""
    return "\n".join(texts_in(list(message.blocks))) or html.unescape(message.text)


def _asked(value: object) -> object:
    """Return blocks without what is chosen in them, which stands among the options as well."""
    if isinstance(value, list):
        return [_asked(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _asked(item) for name, item in value.items() if name != "initial_option"}


def _labels(surface: Message | View) -> list[str]:
    return [element.get("text", {}).get("text") for element in elements_of(list(surface.blocks))]
