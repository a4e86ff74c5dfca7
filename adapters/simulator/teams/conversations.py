"""Teams with channels, group chats and one-to-one chats: who is in them and what was said."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from adapters.simulator.teams.errors import no_such_message
from adapters.simulator.teams.messages import Message

Json = dict[str, Any]

THREAD_MARK = ";messageid="


class Scope(StrEnum):
    """What a conversation is, in the words of an activity."""

    CHANNEL = "channel"
    GROUP_CHAT = "groupChat"
    PERSONAL = "personal"


class ChannelType(StrEnum):
    """Who can be in a channel."""

    STANDARD = "standard"
    SHARED = "shared"


@dataclass(slots=True)
class Team:
    """A team; its General channel has the same id.

    Attributes:
        has_bot: whether the bot is installed in it.
        is_overheard: whether the bot may read messages that do not mention it.
    """

    id: str
    name: str
    aad_group_id: str
    members: set[str] = field(default_factory=set)
    has_bot: bool = True
    is_overheard: bool = False

    def as_json(self) -> Json:
        """Return the team as an activity names it."""
        return {"id": self.id, "name": self.name, "aadGroupId": self.aad_group_id}


@dataclass(slots=True)
class Conversation:
    """A channel or chat. Messages stand in the order they were written.

    Attributes:
        name: how people call it; the General channel has none on the wire.
        team: the id of the team a channel belongs to.
        members: who is in a chat, or in a shared channel beside the team.
        has_bot: whether the bot is in a chat.
    """

    id: str
    name: str
    scope: Scope
    team: str | None = None
    members: set[str] = field(default_factory=set)
    type: ChannelType = ChannelType.STANDARD
    has_bot: bool = False
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def is_general(self) -> bool:
        """Say whether it is the first channel of its team."""
        return self.id == self.team

    def get(self, message_id: str) -> Message:
        """Return a message or refuse as the Bot Connector does."""
        message = self.messages.get(message_id)
        if message is None:
            raise no_such_message()
        return message

    def put(self, message: Message) -> Message:
        """Keep *message*, in the place of an earlier one with the same id."""
        self.messages[message.id] = message
        return message

    def has_thread(self, root: str) -> bool:
        """Say whether a message begins a thread here; a reply begins none.

        A chat has no threads, and takes the mark of one for nothing.
        """
        first = self.messages.get(root)
        return first is not None and first.root is None

    def thread(self, root: str) -> list[Message]:
        """Return a thread, oldest first."""
        return [message for message in self.messages.values() if message.thread == root]

    def wire_id(self, root: str | None = None) -> str:
        """Return the id by which an activity names this conversation, or a thread in it."""
        if self.scope is Scope.CHANNEL and root:
            return f"{self.id}{THREAD_MARK}{root}"
        return self.id

    def wire_name(self) -> str | None:
        """Return the name on the wire."""
        return None if self.is_general or self.scope is not Scope.CHANNEL else self.name


def split_wire_id(wire_id: str) -> tuple[str, str | None]:
    """Return the conversation and the thread that *wire_id* names."""
    conversation, _, root = wire_id.partition(THREAD_MARK)
    return conversation, root or None


def in_team(conversations: Iterable[Conversation], team: str) -> list[Conversation]:
    """Return the channels of a team, General first."""
    found = [one for one in conversations if one.team == team]
    return sorted(found, key=lambda channel: not channel.is_general)
