"""What Parley says, as Adaptive Cards: posts, dialogs and forms.

A post cannot be split in two, since it is one thing to edit later: more than Teams takes in one
message raises `TooBig`. Nothing is cut in silence.
"""

from __future__ import annotations

from adapters.teams.blocks import Page, draw
from adapters.teams.forms import render_form
from adapters.teams.limits import CARD_VERSION, SUMMARY, sized
from adapters.teams.richtext import Json, paragraph
from adapters.teams.text import inert
from bot.errors import TooBig
from bot.shown import NOTHING, one_line, shortened
from bot.ui import Message, Text

__all__ = ["TooBig", "attached", "render_dialog", "render_form", "render_message", "render_post"]

CARD_TYPE = "application/vnd.microsoft.card.adaptive"


def render_post(message: Message) -> Json:
    """Return the activity that posts *message*; its summary is what notifications show."""
    return {
        "type": "message",
        "summary": inert(shortened(one_line(message.text), SUMMARY)),
        "attachments": [attached(render_message(message))],
    }


def render_message(message: Message) -> Json:
    """Return the card of a post; its `fallbackText` is for clients that show no cards."""
    return _card(message, Page())


def render_dialog(message: Message, *, instance: str) -> Json:
    """Return *message* as the card of a dialog, where every button is an `Action.Submit`."""
    return _card(message, Page(instance=instance))


def attached(card: Json) -> Json:
    """Return *card* as an attachment."""
    return {"contentType": CARD_TYPE, "content": card}


def _card(message: Message, page: Page) -> Json:
    body = draw(message.blocks, page) or draw((Text(text=message.text),), page)
    return sized(
        {
            "type": "AdaptiveCard",
            "version": CARD_VERSION,
            "body": body or paragraph(NOTHING),
            "fallbackText": inert(message.text),
            "msteams": {"width": "Full"},
        }
    )
