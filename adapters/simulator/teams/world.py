"""The memory of the simulated Teams: people, teams, conversations, installs, open dialogs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from adapters.simulator.teams.conversations import (
    ChannelType,
    Conversation,
    Scope,
    Team,
    split_wire_id,
)
from adapters.simulator.teams.dialogs import Dialog
from adapters.simulator.teams.errors import no_such_conversation, no_such_team
from adapters.simulator.teams.messages import Message
from adapters.simulator.teams.people import Account, Directory
from adapters.simulator.teams.sample import Sample
from adapters.simulator.workspace import Now

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it has its place: who writes it, with what."""

    author: str
    text: str = ""
    summary: str = ""
    attachments: tuple[Json, ...] = ()
    entities: tuple[Json, ...] = ()
    root: str | None = None


class World:
    """One tenant with one registered bot. Nothing here knows of HTTP.

    Attributes:
        installed: the accounts that have the bot in their own chats.
        blocked: the accounts that blocked it there.
        dialogs: the dialog each account has before it.
        files: what is in the files that people sent to the bot, each under a name of its own.
    """

    def __init__(self, sample: Sample, now: Now) -> None:
        self.sample = sample
        self.now = now
        self.tenant_id = sample.tenant_id
        self.bot_id = f"28:{sample.app_id}"
        self.bot_name = sample.bot_name
        self.people = Directory({account.id: account for account in sample.accounts})
        self.teams = {team.id: replace(team, members=set(team.members)) for team in sample.teams}
        self.conversations = {
            one.id: replace(one, members=set(one.members), messages={})
            for one in sample.conversations
        }
        self.installed = set(sample.installed)
        self.blocked: set[str] = set()
        self.dialogs: dict[str, Dialog] = {}
        self.files: dict[str, bytes] = {}
        self._last_id = 0

    def conversation(self, wire_id: str) -> tuple[Conversation, str | None]:
        """Return the conversation and the thread of a wire id, or refuse as Teams does."""
        conversation_id, root = split_wire_id(wire_id)
        found = self.conversations.get(conversation_id)
        if found is None or (root and not found.has_thread(root)):
            raise no_such_conversation()
        return found, root

    def conversation_called(self, name: str) -> Conversation | None:
        """Return the channel or group chat with this id or name."""
        if name in self.conversations:
            return self.conversations[name]
        named = (c for c in self.conversations.values() if c.scope is not Scope.PERSONAL)
        return next((one for one in named if one.name.casefold() == name.casefold()), None)

    def personal(self, account: str) -> Conversation:
        """Return the chat between somebody and the bot; it begins when first asked for."""
        chat_id = f"a:1{account.removeprefix('29:')}"
        if chat_id not in self.conversations:
            self.conversations[chat_id] = Conversation(chat_id, "", Scope.PERSONAL, None, {account})
        return self.conversations[chat_id]

    def begin_chats_of(self, other: "World") -> None:
        """Begin the chats with the bot that *other* has."""
        for conversation in other.conversations.values():
            if conversation.scope is Scope.PERSONAL:
                self.personal(*conversation.members)

    def team(self, team_id: str) -> Team:
        """Return a team or refuse as Teams does."""
        if team_id not in self.teams:
            raise no_such_team()
        return self.teams[team_id]

    def team_of(self, conversation: Conversation) -> Team | None:
        """Return the team a channel belongs to."""
        return self.teams[conversation.team] if conversation.team else None

    def members_of(self, conversation: Conversation) -> list[Account]:
        """Return who is in *conversation* and still has an account."""
        team = self.team_of(conversation)
        ids = conversation.members
        if team is not None and conversation.type is ChannelType.STANDARD:
            ids = team.members
        return [account for account in self.people if account.id in ids and not account.deleted]

    def has_bot(self, conversation: Conversation) -> bool:
        """Say whether the bot is in *conversation*."""
        if conversation.scope is Scope.PERSONAL:
            return bool(conversation.members & self.installed)
        team = self.team_of(conversation)
        return team.has_bot if team else conversation.has_bot

    def tenant_of(self, conversation: Conversation) -> str:
        """Return the tenant of a conversation: a stranger's own chat is the stranger's tenant's."""
        if conversation.scope is not Scope.PERSONAL:
            return self.tenant_id
        return self.members_of(conversation)[0].tenant_id

    def write(self, conversation: Conversation, draft: Draft) -> Message:
        """Put a new message into *conversation*."""
        return conversation.put(
            Message(
                id=self.next_id(),
                conversation=conversation.id,
                author=draft.author,
                at=self.now(),
                text=draft.text,
                summary=draft.summary,
                attachments=draft.attachments,
                entities=draft.entities,
                root=draft.root if conversation.scope is Scope.CHANNEL else None,
            )
        )

    def rewrite(
        self, conversation: Conversation, message: Message, changes: Mapping[str, Any]
    ) -> Message:
        """Edit *message* in place; what somebody alone saw in its place is gone."""
        return conversation.put(
            replace(message, **{"views": {}, **changes, "edited_at": self.now()})
        )

    def next_id(self) -> str:
        """Return a message id: the time in milliseconds, and never one twice."""
        self._last_id = max(int(self.now().timestamp() * 1000), self._last_id + 1)
        return str(self._last_id)
