"""What a window of ours remembers between two requests: Slack keeps it as `private_metadata`."""

from __future__ import annotations

import secrets
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.inbound import Place

#: Slack's limit for `private_metadata`.
MOST_CHARACTERS = 3000


class Ticket(BaseModel):
    """Where a window was opened, and for a form its state and which instance of it this is.

    The instance tells a form that was opened twice from one that arrived twice.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    channel: str = Field(max_length=64, pattern=r"^[A-Z0-9]+$")
    thread: str | None = Field(default=None, max_length=32, pattern=r"^[0-9]+\.[0-9]+$")
    state: dict[str, Any] = Field(default_factory=dict)
    instance: str = Field(default_factory=lambda: secrets.token_hex(8), max_length=64)

    @classmethod
    def at(cls, place: Place, state: dict[str, Any] | None = None) -> Ticket:
        """Return a fresh ticket for a window opened in *place*."""
        return cls(channel=place.channel, thread=place.thread, state=state or {})

    @classmethod
    def read(cls, text: str) -> Ticket | None:
        """Return the ticket that a payload brought back, or nothing if it is none of ours."""
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            return None

    def write(self) -> str:
        """Return the ticket as text.

        Raises:
            ValueError: the state is longer than Slack keeps; a state holds ids only.
        """
        text = self.model_dump_json(exclude_none=True)
        if len(text) > MOST_CHARACTERS:
            raise ValueError(f"This form's state has {len(text)} characters; Slack keeps 3000.")
        return text
