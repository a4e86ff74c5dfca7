"""Channels and direct messages: who is in them and what was said."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from adapters.simulator.errors import Refusal
from adapters.simulator.messages import Message


class Kind(StrEnum):
    """What a conversation is."""

    PUBLIC = "public"
    PRIVATE = "private"
    DM = "dm"


#: The `channel_type` of Slack's message events.
EVENT_TYPES = {Kind.PUBLIC: "channel", Kind.PRIVATE: "group", Kind.DM: "im"}


@dataclass(slots=True)
class Channel:
    """One conversation. Messages stand in the order they were written."""

    id: str
    name: str
    kind: Kind = Kind.PUBLIC
    members: set[str] = field(default_factory=set)
    topic: str = ""
    creator: str = ""
    is_archived: bool = False
    is_ext_shared: bool = False
    is_pending_ext_shared: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    ephemerals: dict[str, Message] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the conversation object of `conversations.info`."""
        body: dict[str, Any] = {
            "id": self.id,
            "is_channel": self.kind is Kind.PUBLIC,
            "is_group": self.kind is Kind.PRIVATE,
            "is_im": self.kind is Kind.DM,
            "is_private": self.kind is not Kind.PUBLIC,
            "is_archived": self.is_archived,
            "is_ext_shared": self.is_ext_shared,
            "is_pending_ext_shared": self.is_pending_ext_shared,
            "is_shared": self.is_ext_shared,
        }
        if self.kind is Kind.DM:
            return body
        named = {"name": self.name, "topic": {"value": self.topic}, "creator": self.creator}
        return body | named

    def get(self, ts: str) -> Message:
        """Return the message with this ts or refuse as Slack does."""
        message = self.messages.get(ts)
        if message is None:
            raise Refusal("message_not_found")
        return message

    def put(self, message: Message) -> Message:
        """Keep *message*, in the place of an earlier one with the same ts."""
        shelf = self.ephemerals if message.only_for else self.messages
        shelf[message.ts] = message
        return message

    def replies(self, ts: str) -> list[Message]:
        """Return the replies in the thread below *ts*, oldest first."""
        return [m for m in self.messages.values() if m.thread_ts == ts and m.is_reply]

    def seen_by(self, member_id: str) -> list[Message]:
        """Return what this member sees here now, oldest first."""
        if member_id not in self.members:
            return []
        private = [m for m in self.ephemerals.values() if m.only_for == member_id]
        return sorted([*self.messages.values(), *private], key=lambda message: message.ts)

    def react(self, ts: str, name: str, member_id: str) -> Message:
        """Add an emoji to a message."""
        message = self.get(ts)
        users = message.reactions.get(name, ())
        if member_id in users:
            raise Refusal("already_reacted")
        return self.put(
            replace(message, reactions={**message.reactions, name: (*users, member_id)})
        )
