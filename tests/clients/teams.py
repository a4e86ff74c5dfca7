"""Microsoft Teams, as people see and use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from adapters.simulator.teams.cards import opens_dialog
from adapters.simulator.teams.conversations import Scope
from adapters.simulator.teams.dialogs import Dialog
from adapters.simulator.teams.messages import Message
from adapters.simulator.teams.outcomes import Played
from adapters.simulator.teams.reading import actions_of, inputs_of
from adapters.simulator.teams.simulator import TeamsSimulator
from adapters.teams.answers import SENT, SENT_HERE
from adapters.teams.platform import SAID_IN_PRIVATE
from bot.inbound import UserRef
from tests.clients.client import OFFER, THREAD, Client, Filled

#: What an input holds in which nothing was written or ticked.
EMPTY = ("", "false")


class TeamsClient(Client):
    """A tenant; what the client shows for a moment (a toast) is told as well."""

    around_answers = frozenset({SENT, SENT_HERE, SAID_IN_PRIVATE.text})

    def __init__(
        self, teams: TeamsSimulator, channel: str, *, beside: tuple[str, ...] = ()
    ) -> None:
        self.teams, self.channel, self.beside = teams, channel, beside
        self._toasts: dict[str, list[str]] = {}

    def user(self, handle: str) -> UserRef:
        person = self.teams.person(handle)
        return UserRef("teams", person.tenant_id, person.aad_object_id or person.id)

    async def ask(self, handle: str, words: str) -> None:
        await self.mention(handle, words)

    async def ask_for_form(self, handle: str, words: str) -> None:
        offers = len(self._offers(handle))
        await self.ask(handle, words)
        await self.until(lambda: len(self._offers(handle)) > offers)
        await self.open_offered(handle)

    async def post(self, handle: str, words: str, *, copies: int = 1) -> None:
        said = await self.teams.say(handle, self.channel, words)
        assert said.message
        who, where = self.teams.person(handle), self.teams.conversation(self.channel)
        activity = self.teams.activities.message(who, where, said.message)
        await self.teams.redeliver(activity, times=copies - 2)

    async def take_back(self, handle: str) -> None:
        own = self.teams.person(handle).id
        seen = self.teams.conversation(self.channel).messages.values()
        await self.teams.delete(handle, [one for one in seen if one.author == own][-1])

    async def open_offered(self, handle: str) -> None:
        await self.until(lambda: self._offers(handle))
        offer = self._offers(handle)[-1]
        button = next(one for one in actions_of(offer.card or {}) if opens_dialog(one.item))
        await self.teams.press(handle, offer, button.item)

    def _offers(self, handle: str) -> list[Message]:
        return [one for one in self._own_chat(handle) if OFFER in one.words()]

    async def mention(self, handle: str, words: str) -> None:
        await self.teams.mention(handle, self.channel, words)

    async def reply(self, handle: str, words: str, *, below: str = "") -> None:
        head = self._head(below) or (await self.teams.say("ben", self.channel, THREAD)).message
        await self.teams.mention(handle, self.channel, words, thread=head)

    def _head(self, words: str) -> Message | None:
        """Return what the bot said to all with these words; None without any."""
        said = [one for one in self.public_messages() if words in one.words()]
        return said[-1] if words else None

    async def whisper(self, handle: str, words: str) -> None:
        await self.teams.direct(handle, words)

    async def send_file(self, handle: str, name: str, content: bytes) -> None:
        await self.teams.direct(handle, "", files={name: content})

    async def open_home(self, handle: str) -> None:
        await self.whisper(handle, "home")

    async def press(self, handle: str, label: str, *, on: str = "") -> None:
        dialog = self.teams.dialog_of(handle)
        if dialog and label in _labels(dialog):
            played = await self.teams.submit(handle, dialog, button=label)
        else:
            message = self._message(handle, label, on)
            sure = f"Yes: {label}"
            button = sure if sure in _labels(message) else label
            played = await self.teams.press(handle, message, button)
        self._note(handle, played)

    def _message(self, handle: str, label: str, words: str) -> Message:
        seen = [*self._own_chat(handle), *self.public_messages(), *self._seen_beside(handle)]
        fits = [one for one in seen if label in _labels(one) and words in one.words()]
        assert fits, f"{handle} sees no button “{label}”."
        return max(fits, key=lambda one: int(one.id))

    async def fill(self, handle: str, answers: Filled) -> dict[str, str]:
        dialog = self.teams.dialog_of(handle)
        assert dialog
        played = await self.teams.submit(handle, dialog, answers)
        self._note(handle, played)
        # A dialog that answers with another one may warn there of something else.
        shown = played.dialog.card if played.dialog else dialog.card
        labels = {one.item["id"]: one.item.get("label") for one in inputs_of(shown)}
        return {labels.get(id) or id: problem for id, problem in played.errors.items()}

    async def use_on(self, handle: str, shortcut: str, words: str, *, below: str = "") -> None:
        said = await self.teams.say("ben", self.channel, words, thread=self._head(below))
        assert said.message
        self._note(handle, await self.teams.use_on(handle, said.message, shortcut))

    def _note(self, handle: str, played: Played) -> None:
        assert not played.problems, played.problems
        self._toasts.setdefault(handle, []).append(played.notice or "")

    def window_of(self, handle: str) -> str:
        dialog = self.teams.dialog_of(handle)
        if dialog is None:
            return ""
        held = [str(one.item.get("value", "")) for one in inputs_of(dialog.card)]
        words = replace(dialog, card=_folded(dialog.card)).words()
        return "\n".join([words, *sorted(one for one in held if one not in EMPTY)])

    def where(self, channel: str) -> str:
        found = self.teams.conversation(channel)
        if found.scope is not Scope.PERSONAL:
            return found.name
        [person] = self.teams.world.members_of(found)
        return person.handle

    def public(self) -> list[str]:
        said = [_words(one) for one in self.public_messages()]
        return [words for words in said if words not in self.around_answers]

    def public_messages(self) -> list[Message]:
        """Return the bot's messages in the channel, the oldest first."""
        return self._bots(list(self.teams.conversation(self.channel).messages.values()))

    def told(self, handle: str) -> list[str]:
        toasts = self._toasts.get(handle, [])
        own = (*self._own_chat(handle), *self._seen_beside(handle))
        return [*toasts, *(_words(one) for one in own)]

    def _seen_beside(self, handle: str) -> list[Message]:
        """Return what the bot says in circles beside the channel that the person is in."""
        own = self.teams.person(handle)
        circles = [
            one
            for one in self.teams.world.conversations.values()
            if self.beside and one.name.startswith(self.beside)
            if own in self.teams.world.members_of(one)
        ]
        return self._bots([said for one in circles for said in one.messages.values()])

    def _own_chat(self, handle: str) -> list[Message]:
        return self._bots(self.teams.sees_direct(handle))

    def _bots(self, seen: list[Message]) -> list[Message]:
        return [one for one in seen if one.author == self.teams.world.bot_id]

    async def wait_for(self, claim: Callable[[], object], timeout_seconds: float) -> None:
        await self.teams.wait_for(claim, timeout_seconds)


def _words(message: Message) -> str:
    """Return what a client shows before a button unfolds the question whether one is sure."""
    attachments = tuple(_folded(one) for one in message.attachments)
    return replace(message, attachments=attachments).words()


def _folded(value: Any) -> Any:
    if isinstance(value, list):
        return [_folded(item) for item in value]
    if not isinstance(value, dict):
        return value
    unfolds = value.get("type") == "Action.ShowCard"
    return {name: _folded(item) for name, item in value.items() if name != "card" or not unfolds}


def _labels(surface: Message | Dialog) -> list[str]:
    # A link is an action as well, without a title.
    return [one.item["title"] for one in actions_of(surface.card or {}) if "title" in one.item]
