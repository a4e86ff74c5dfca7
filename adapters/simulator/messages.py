"""Messages as a channel keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One message, or one ephemeral that only `only_for` sees."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    bot_id: str | None = None
    only_for: str | None = None
    edited_ts: str | None = None
    metadata: Json | None = None
    files: tuple[Json, ...] = ()
    reactions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """Say whether it stands in a thread below another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def as_json(self, *, team: str, replies: int = 0) -> Json:
        """Return the message object of `conversations.history` and of events."""
        body: Json = {
            "type": "message",
            "user": self.user,
            "team": team,
            "ts": self.ts,
            "text": self.text,
            "blocks": list(self.blocks),
        }
        if self.bot_id:
            body |= {"bot_id": self.bot_id, "app_id": "A0PARLEY"}
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        if replies:
            body |= {"thread_ts": self.ts, "reply_count": replies}
        if self.edited_ts:
            body["edited"] = {"user": self.user, "ts": self.edited_ts}
        if self.files:
            body["files"] = list(self.files)
        if self.metadata:
            body["metadata"] = self.metadata
        if self.reactions:
            body["reactions"] = [
                {"name": name, "users": list(users), "count": len(users)}
                for name, users in self.reactions.items()
            ]
        return body

    def words(self) -> str:
        """Return everything readable in it: the text, and the texts of its blocks."""
        return "\n".join([self.text, *texts_in(list(self.blocks))])


def texts_in(value: object) -> list[str]:
    """Return every text, label and alt text inside blocks, in reading order."""
    if isinstance(value, list):
        return [text for item in value for text in texts_in(item)]
    if not isinstance(value, dict):
        return []
    found = []
    for name, item in value.items():
        if name in {"text", "alt_text"} and isinstance(item, str):
            found.append(item)
        elif name != "confirm":
            found += texts_in(item)
    return found
