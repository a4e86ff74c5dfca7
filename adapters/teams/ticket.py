"""What our cards carry out and bring back: a route with its ids, and which showing it was."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.ui import Button, Form
from bot.wire import Json

#: The one key of ours in a card's data; the answers to a form stand beside it.
OURS = "parley"
#: The key under which Teams reads what a button is to do, and drops it on the way back.
TEAMS = "msteams"
OPENS_A_DIALOG = {"type": "task/fetch"}


class Ticket(BaseModel):
    """A button's payload or, with *is_form*, a form's state.

    *asked_in* is the conversation that a private answer belongs to, which is shown in the
    person's own chat: what they do with it there is done in that conversation.
    A dialog has an *instance*, the same in each of its buttons: the client repeats what is done
    in a message extension's dialog, each time under another id, and one showing has one effect.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    route: str = Field(max_length=255)
    ids: dict[str, Any] = Field(default_factory=dict)
    is_form: bool = False
    instance: str = Field(default="", max_length=64)
    asked_in: str = Field(default="", pattern=r"^(19:[A-Za-z0-9_.@=;:-]{1,500})?$")

    @classmethod
    def of_button(cls, button: Button, instance: str = "") -> Ticket:
        """Return the ticket of a button; one in a dialog carries the dialog's *instance*."""
        return cls(
            route=button.route, ids=button.payload, instance=instance, asked_in=button.asked_in
        )

    @classmethod
    def of_form(cls, form: Form, instance: str) -> Ticket:
        """Return the ticket of a form that is shown under *instance*."""
        return cls(route=form.route, ids=form.state, is_form=True, instance=instance)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Ticket | None:
        """Return the ticket in the data that a card brought back, if one of ours is there."""
        try:
            return cls.model_validate(data.get(OURS))
        except ValidationError:
            return None

    def data(self) -> Json:
        """Return the data of an action."""
        return {OURS: self.model_dump(exclude_defaults=True)}

    def opening_data(self) -> Json:
        """Return the data of an `Action.Submit` on a posted card whose press opens a dialog."""
        return {TEAMS: OPENS_A_DIALOG, **self.data()}


def new_instance() -> str:
    """Return a name for one showing of a dialog."""
    return secrets.token_hex(8)
