"""Messages as a conversation of Teams keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from adapters.simulator.teams.cards import ADAPTIVE
from adapters.simulator.teams.reading import words_of

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    Attributes:
        id: the time it was written in milliseconds, as a string, unique in the whole tenant.
        conversation: the channel or chat, without the thread.
        root: the first message of its thread, if it is a reply.
        views: what somebody sees in the card's place, since a press was answered with a card.
    """

    id: str
    conversation: str
    author: str
    at: datetime
    text: str = ""
    summary: str = ""
    attachments: tuple[Json, ...] = ()
    entities: tuple[Json, ...] = ()
    root: str | None = None
    edited_at: datetime | None = None
    reactions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    views: Mapping[str, Json] = field(default_factory=dict)

    @property
    def thread(self) -> str:
        """Return the id of the message its thread begins with."""
        return self.root or self.id

    @property
    def card(self) -> Json | None:
        """Return the card it shows, if it shows one."""
        cards = (a["content"] for a in self.attachments if a.get("contentType") == ADAPTIVE)
        return next(cards, None)

    def card_for(self, account: str) -> Json | None:
        """Return the card as somebody sees it."""
        return self.views.get(account, self.card)

    def words(self) -> str:
        """Return everything readable in it: the text, and the texts of its card."""
        return "\n".join([self.text, *words_of(self.card or {})]).strip()
