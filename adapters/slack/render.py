"""What Parley says, as Slack's JSON: messages, the Home tab, windows and forms.

Whatever is longer than one of Slack's blocks is split over several; nothing is cut in silence.
A post cannot be split in two, since it is one thing to edit later: more than Slack takes in one
message or view raises `TooBig`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from adapters.slack import limits
from adapters.slack.blocks import Page, draw
from adapters.slack.buttons import read_button
from adapters.slack.forms import read_answers, render_form
from adapters.slack.richtext import paragraph
from adapters.slack.text import Json, notification, plain
from adapters.slack.views import modal, sized
from bot.errors import TooBig
from bot.shown import NOTHING
from bot.ui import Image, Message, Text

__all__ = [
    "TooBig",
    "pictures",
    "read_answers",
    "read_button",
    "render_form",
    "render_home",
    "render_message",
    "render_modal",
]

#: The n-th picture of a message → the id of the file it was uploaded as.
Files = Mapping[int, str]
_NO_FILES: Files = MappingProxyType({})


def pictures(message: Message) -> tuple[Image, ...]:
    """Return the pictures of *message* in the order in which `Files` counts them."""
    return tuple(block for block in message.blocks if isinstance(block, Image))


def render_message(message: Message, *, files: Files = _NO_FILES) -> Json:
    """Return `text` and `blocks`; a picture that is not among *files* is shown as its words.

    A message without blocks gets one all the same: Slack reads `text` as markup, and shows it
    only where there are no blocks.
    """
    blocks = _body(message, Page(files=files, tables_left=1))
    return {
        "text": notification(message.text),
        "blocks": limits.within(limits.MESSAGE_BLOCKS, "A message", blocks),
    }


def render_home(message: Message, *, files: Files = _NO_FILES) -> Json:
    """Return *message* as a person's Home tab."""
    return sized({"type": "home", "blocks": _body(message, Page(files=files))})


def render_modal(message: Message, *, title: str, metadata: str = "") -> Json:
    """Return *message* as a window, such as the thanks where a form was."""
    view = modal(title, _body(message, Page()), metadata=metadata)
    return sized({**view, "close": plain("Close")})


def _body(message: Message, page: Page) -> list[Json]:
    return (
        draw(message.blocks, page) or draw((Text(text=message.text),), page) or paragraph(NOTHING)
    )
