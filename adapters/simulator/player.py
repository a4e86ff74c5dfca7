"""Plays a person: every verb of a Slack client, sent to the bot as Slack would send it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from adapters.simulator import events
from adapters.simulator.answers import Answers, placed, refused_by_client
from adapters.simulator.api.calls import Json
from adapters.simulator.api.files import as_json
from adapters.simulator.blocks import elements_of
from adapters.simulator.channels import Channel, Kind
from adapters.simulator.errors import Unplayable
from adapters.simulator.interactions import Interactions
from adapters.simulator.line import Delivery
from adapters.simulator.messages import Message
from adapters.simulator.outcomes import (
    Played,
    after_command,
    after_press,
    after_submission,
    after_suggestion,
)
from adapters.simulator.people import Member
from adapters.simulator.views import View
from adapters.simulator.wire import Parcel, Traffic
from adapters.simulator.wording import as_message
from adapters.simulator.workspace import Draft, SlackWorkspace


class Player(ABC):
    """Who says or presses what. People go by id or handle, channels by id or name."""

    workspace: SlackWorkspace
    base_url: str

    @abstractmethod
    async def deliver(self, parcel: Parcel) -> Delivery:
        """Send *parcel* to the bot and tell whoever watches."""

    @abstractmethod
    async def tell(self, event: Json, person: str | None = None) -> Delivery | None:
        """Send an event, unless the bot would not hear it; later attempts go on by themselves."""

    @abstractmethod
    def changed(self) -> None:
        """Tell whoever watches that something changed."""

    async def command(self, person: str, channel: str, name: str, text: str = "") -> Played:
        """Type a slash command."""
        who, where = self.person(person), self.inside(person, channel)
        payload = self._interactions.command(who, where, name, text)
        delivery = await self._send(Traffic.COMMAND, f"{name} {text}".strip(), payload, who)
        return self._done(after_command(self.workspace, who, where, name, delivery))

    async def post(
        self,
        person: str,
        channel: str,
        text: str,
        *,
        thread: Message | str | None = None,
        files: tuple[str, ...] = (),
    ) -> Played:
        """Write a message; the bot hears of it when it is in the channel."""
        who, where = self.person(person), self.inside(person, channel)
        message = self.workspace.write(where, self._draft(who, text, thread, files))
        self.changed()
        delivery = await self.tell(events.message_event(self.workspace, where, message), who.id)
        if f"<@{self.workspace.bot.id}>" in message.text and where.kind is not Kind.DM:
            delivery = await self._tell_of_mention(who, where, message)
        return self._done(Played(delivery, message=message))

    async def edit(self, person: str, message: Message, text: str) -> Played:
        """Edit a message of one's own."""
        who, where = self.person(person), self.inside(person, message.channel)
        if message.user != who.id:
            raise Unplayable("Only one's own messages can be edited.")
        changes = {"text": as_message(self.workspace, text)}
        after = self.workspace.rewrite(where, message, changes)
        self.changed()
        event = events.changed_event(self.workspace, where, message, after)
        return self._done(Played(await self.tell(event, who.id), message=after))

    async def delete(self, person: str, message: Message) -> Played:
        """Take a message of one's own back."""
        who, where = self.person(person), self.inside(person, message.channel)
        if message.user != who.id:
            raise Unplayable("Only one's own messages can be deleted.")
        del where.messages[message.ts]
        self.changed()
        event = events.deleted_event(self.workspace, where, message)
        return self._done(Played(await self.tell(event, who.id)))

    async def mention(
        self, person: str, channel: str, text: str, *, thread: Message | str | None = None
    ) -> Played:
        """Write to the bot by name in a channel."""
        named = f"<@{self.workspace.bot.id}> {text}"
        return await self.post(person, channel, named, thread=thread)

    async def direct(self, person: str, text: str, *, files: tuple[str, ...] = ()) -> Played:
        """Write to the bot in the direct message."""
        return await self.post(person, self.direct_channel(person).id, text, files=files)

    async def press(
        self,
        person: str,
        surface: Message | View,
        what: str,
        *,
        value: object = None,
        answers: Mapping[str, Any] | None = None,
    ) -> Played:
        """Press a button (by its label or action id), or choose *value* in a select.

        The surface is taken as it was seen: pressing on an older copy is a late press.
        """
        who = self.person(person)
        element = _element(surface, what)
        blocks = list(surface.blocks)
        held = placed(blocks, answers or {})
        if isinstance(surface, View):
            surface = self.workspace.views.type_in(surface, _with_choice(held, element, value))
        else:
            self.inside(person, surface.channel)
        payload = self._interactions.press(who, surface, element, value, held)
        title = f"press {_label(element)}"
        return self._done(after_press(await self._send(Traffic.INTERACTION, title, payload, who)))

    async def submit(
        self, person: str, view: View, answers: Mapping[str, Any] | None = None
    ) -> Played:
        """Fill in inputs (by label, block id or action id) and submit the form."""
        who = self.person(person)
        filled = self.workspace.views.type_in(view, placed(view.blocks, answers or {}))
        return await self.submit_as_filled(who, filled)

    async def submit_as_filled(self, who: Member, view: View) -> Played:
        """Submit *view* with the answers it holds, unless the client itself finds one wanting."""
        errors = refused_by_client(view.blocks, view.answers)
        if errors:
            self.workspace.views.refuse(view, errors)
            return self._done(Played(errors=errors))
        payload = self._interactions.submission(who, view)
        title = f"submit {view.body['title']['text']}"
        delivery = await self._send(Traffic.INTERACTION, title, payload, who)
        present = self.workspace.views.find(view.id) or view
        return self._done(after_submission(self.workspace, present, delivery))

    async def close_view(self, person: str, view: View, *, everything: bool = False) -> Played:
        """Close a modal; the bot hears of it when the modal asked for that."""
        who = self.person(person)
        closed = self.workspace.views.stack(who.id) if everything else [view]
        self.workspace.views.close(closed[0])
        self.changed()
        delivery = None
        for gone in reversed(closed):
            if gone.body.get("notify_on_close"):
                payload = self._interactions.closing(who, gone, is_cleared=everything)
                delivery = await self._send(Traffic.INTERACTION, "close a form", payload, who)
        return self._done(Played(delivery))

    async def shortcut(
        self, person: str, callback_id: str, message: Message | None = None
    ) -> Played:
        """Use a shortcut, on a message or from anywhere."""
        who = self.person(person)
        if message is None:
            payload = self._interactions.shortcut(who, callback_id)
        else:
            where = self.inside(person, message.channel)
            payload = self._interactions.message_shortcut(who, where, message, callback_id)
        title = f"shortcut {callback_id}"
        return self._done(after_press(await self._send(Traffic.INTERACTION, title, payload, who)))

    async def open_home(self, person: str) -> Played:
        """Open the bot's Home."""
        who = self.person(person)
        channel, home = self.direct_channel(person), self.workspace.views.home(who.id)
        event = events.home_event(self.workspace, who.id, channel.id, home)
        return self._done(Played(await self.tell(event, who.id)))

    async def suggest(self, person: str, surface: Message | View, what: str, typed: str) -> Played:
        """Type into an external select and see what the bot offers."""
        who = self.person(person)
        element = _element(surface, what)
        payload = self._interactions.suggestion(who, surface, element, typed)
        delivery = await self._send(Traffic.INTERACTION, f"look for {typed}", payload, who)
        return after_suggestion(delivery)

    async def join(self, person: str, channel: str) -> Played:
        """Join a public channel."""
        who, where = self.person(person), self.channel(channel)
        if where.kind is not Kind.PUBLIC or where.is_archived:
            raise Unplayable("Only a public channel that is not archived can be joined.")
        where.members.add(who.id)
        self.changed()
        return Played(await self.tell(events.joined_event(self.workspace, where, who.id), who.id))

    async def invite(self, person: str, channel: str) -> Played:
        """Bring the bot into a channel."""
        who, where, bot = self.person(person), self.inside(person, channel), self.workspace.bot
        where.members.add(bot.id)
        self.changed()
        joined = events.joined_event(self.workspace, where, bot.id, who.id)
        return self._done(Played(await self.tell(joined, who.id)))

    def person(self, name: str) -> Member:
        """Return the member with this id or handle."""
        found = self.workspace.people.find(name) or self.workspace.people.by_handle(name)
        if found is None:
            raise Unplayable(f"Nobody here is called {name}.")
        return found

    def channel(self, name: str) -> Channel:
        """Return the channel with this id or name."""
        found = self.workspace.channels.get(name) or self.workspace.channel_called(name)
        if found is None:
            raise Unplayable(f"There is no channel called {name}.")
        return found

    def inside(self, person: str, channel: str) -> Channel:
        """Return the channel, if the person is in it."""
        who, where = self.person(person), self.channel(channel)
        if who.id not in where.members:
            raise Unplayable(f"{who.name} is not in this channel. Join it first.")
        return where

    def direct_channel(self, person: str) -> Channel:
        """Return the direct message between a person and the bot."""
        return self.workspace.direct(self.workspace.bot.id, self.person(person).id)

    def sees(self, person: str, channel: str) -> list[Message]:
        """Return what the person sees in a channel now, oldest first, ephemerals included."""
        return self.channel(channel).seen_by(self.person(person).id)

    def sees_direct(self, person: str) -> list[Message]:
        """Return what the person sees in the direct message with the bot."""
        return self.sees(person, self.direct_channel(person).id)

    def view_of(self, person: str) -> View | None:
        """Return the modal on top before the person."""
        stack = self.workspace.views.stack(self.person(person).id)
        return stack[-1] if stack else None

    def home_of(self, person: str) -> View | None:
        """Return the person's Home."""
        return self.workspace.views.home(self.person(person).id)

    @property
    def _interactions(self) -> Interactions:
        return Interactions(self.workspace, self.base_url)

    async def _send(self, kind: Traffic, title: str, payload: Json, who: Member) -> Delivery:
        return await self.deliver(Parcel(kind, title, payload, who.id))

    def _done(self, played: Played) -> Played:
        self.changed()
        return played

    async def _tell_of_mention(
        self, who: Member, where: Channel, message: Message
    ) -> Delivery | None:
        bot = self.workspace.bot
        if bot.id not in where.members:
            text = f"{bot.name} is not in this channel. Invite it, or write to it directly."
            self.workspace.slackbot_says(where, who.id, text)
            return None
        return await self.tell(events.mention_event(self.workspace, where, message), who.id)

    def _draft(
        self, who: Member, text: str, thread: Message | str | None, files: tuple[str, ...]
    ) -> Draft:
        parent = (thread.thread_ts or thread.ts) if isinstance(thread, Message) else thread
        written = as_message(self.workspace, text)
        attached = tuple(as_json(self.base_url, self.workspace.file(name)) for name in files)
        return Draft(who.id, written or " ", (), parent, files=attached)


def _with_choice(held: Answers, element: Mapping[str, Any], value: object) -> Answers:
    if element["type"] in {"button", "overflow"}:
        return held
    block = held.get(element["block_id"], {})
    return {**held, element["block_id"]: {**block, element["action_id"]: value}}


def _element(surface: Message | View, what: str) -> Json:
    """Return the element with this action id or label, with the id of its block."""
    standing = [
        {**element, "block_id": block["block_id"]}
        for block in surface.blocks
        for element in elements_of([block])
    ]
    for name in (_action_id, _label):
        for element in standing:
            if name(element) == what:
                return element
    raise Unplayable(f"There is nothing called {what} here to press.")


def _action_id(element: Mapping[str, Any]) -> str:
    return str(element.get("action_id"))


def _label(element: Mapping[str, Any]) -> str:
    label = (element.get("text") or element.get("placeholder") or {}).get("text")
    return str(label or element.get("action_id"))
