"""What people say: posts, replies, edits, reactions, and results they put into a conversation."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from adapters.simulator.errors import Unplayable
from adapters.simulator.teams.activities import mention
from adapters.simulator.teams.conversations import Conversation
from adapters.simulator.teams.messages import Message
from adapters.simulator.teams.outcomes import WRONG, Hit, Played
from adapters.simulator.teams.people import Account
from adapters.simulator.teams.stage import Json, Stage
from adapters.simulator.teams.world import Draft

FILE = "application/vnd.microsoft.teams.file.download.info"
NO_FILES: Mapping[str, bytes] = MappingProxyType({})


class Talking(Stage):
    """The compose box and the menu of a message."""

    async def say(
        self, person: str, where: str, text: str, *, thread: Message | None = None
    ) -> Played:
        """Write a message, in a channel as a new post unless it continues a *thread*.

        `@Parley`, `@Ada Okafor` and `@ada` become mentions; where the bot does not read
        everything, it hears of nothing else.
        """
        who, conversation = self.person(person), self.inside(person, where)
        written, entities = self._with_mentions(text)
        if self.world.bot_id in _ids(entities) and not self.world.has_bot(conversation):
            raise Unplayable(f"{self.world.bot_name} is not in {conversation.name}. Add it first.")
        root = thread.thread if thread else None
        draft = Draft(who.id, written, entities=tuple(entities), root=root)
        return await self._post(who, conversation, draft)

    async def mention(
        self, person: str, where: str, text: str, *, thread: Message | None = None
    ) -> Played:
        """Write to the bot by name."""
        return await self.say(person, where, f"@{self.world.bot_name} {text}", thread=thread)

    async def direct(
        self, person: str, text: str, *, files: Mapping[str, bytes] = NO_FILES
    ) -> Played:
        """Write to the bot in the person's own chat with it; there it is handed *files* by name."""
        who, chat = self.person(person), self.own_chat(person)
        if not self.world.has_bot(chat):
            raise Unplayable(f"{who.name} has not installed {self.world.bot_name}.")
        handed = tuple(self._handed_out(name, content) for name, content in files.items())
        return await self._post(who, chat, Draft(who.id, text, attachments=handed))

    def _handed_out(self, name: str, content: bytes) -> Json:
        """Return how a bot is told of a file: by an address that is good for a while."""
        address = self.hand_out(content)
        return {
            "contentType": FILE,
            "contentUrl": address.partition("?")[0],
            "name": name,
            "content": {
                "downloadUrl": address,
                "uniqueId": address.rpartition("/")[2].partition("?")[0],
                "fileType": name.rpartition(".")[2],
            },
        }

    async def insert(
        self, person: str, where: str, hit: Hit, *, thread: Message | None = None
    ) -> Played:
        """Post a result of a query, as the person."""
        who, conversation = self.person(person), self.inside(person, where)
        root = thread.thread if thread else None
        draft = Draft(who.id, attachments=(hit.attachment,), root=root)
        return await self._post(who, conversation, draft)

    async def edit(self, person: str, message: Message, text: str) -> Played:
        """Edit a message of one's own."""
        who, conversation = self._author(person, message)
        written, entities = self._with_mentions(text)
        changes = {"text": written, "entities": tuple(entities)}
        after = self.world.rewrite(conversation, message, changes)
        self.changed()
        if not self.is_heard(conversation, after):
            return self.done(Played(message=after))
        activity = self.activities.edited(who, conversation, after)
        return self.done(Played(await self.tell(activity, "edit", who), message=after))

    async def delete(self, person: str, message: Message) -> Played:
        """Take a message of one's own back."""
        who, conversation = self._author(person, message)
        del conversation.messages[message.id]
        self.changed()
        if not self.is_heard(conversation, message):
            return self.done(Played())
        activity = self.activities.deleted(who, conversation, message)
        return self.done(Played(await self.tell(activity, "delete", who)))

    async def react(self, person: str, message: Message, kind: str = "like") -> Played:
        """React to a message; the bot hears of it when it is one of its own."""
        who, conversation = self.person(person), self.inside(person, message.conversation)
        if message.author != self.world.bot_id:
            return self.done(Played())
        activity = self.activities.reaction(who, conversation, message, kind)
        return self.done(Played(await self.tell(activity, f"react {kind}", who)))

    async def _post(self, who: Account, conversation: Conversation, draft: Draft) -> Played:
        if draft.root and draft.root not in conversation.messages:
            raise Unplayable("That thread is no longer there.")
        message = self.world.write(conversation, draft)
        self.changed()
        if not self.is_heard(conversation, message):
            return self.done(Played(message=message))
        activity = self.activities.message(who, conversation, message)
        delivery = await self.tell(activity, message.text or "a card", who)
        notice = None if delivery.ok else WRONG
        return self.done(Played(delivery, notice, message=message))

    def _author(self, person: str, message: Message) -> tuple[Account, Conversation]:
        who, conversation = self.person(person), self.inside(person, message.conversation)
        if message.author != who.id:
            raise Unplayable("Only one's own messages can be changed.")
        return who, conversation

    def _with_mentions(self, text: str) -> tuple[str, list[Json]]:
        known = [(self.world.bot_id, self.world.bot_name, self.world.bot_name)]
        known += [(one.id, one.name, name) for one in self.world.people for name in _called(one)]
        entities: dict[str, Json] = {}
        for account_id, shown, called in known:
            pattern = rf"(?<!\w)@{re.escape(called)}(?!\w)"
            if re.search(pattern, text, re.IGNORECASE):
                text = re.sub(pattern, f"<at>{shown}</at>", text, flags=re.IGNORECASE)
                entities[account_id] = mention(account_id, shown)
        return text, list(entities.values())


def _called(account: Account) -> tuple[str, str]:
    return account.name, account.handle


def _ids(entities: list[Json]) -> set[str]:
    return {str(entity["mentioned"]["id"]) for entity in entities}
