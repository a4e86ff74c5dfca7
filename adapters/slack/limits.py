"""Slack's published limits, and how something that cannot pass is refused."""

from __future__ import annotations

from collections.abc import Sized
from typing import TypeVar

from bot.errors import TooBig

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
METADATA = 3000
MODAL_TITLE = 24
MODAL_BUTTON = 24

NOTIFICATION = 40_000  # Slack cuts a longer top-level text
HEADER = 150
SECTION = 3000  # published for sections; kept for rich text too, which has no published limit
CONTEXT_ELEMENTS = 10
ALT_TEXT = 2000
URL = 3000
ID = 255

ROW_BUTTONS = 25
BUTTON_LABEL = 75
BUTTON_VALUE = 2000
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30

TABLE_ROWS = 100  # the header is one of them
TABLE_COLUMNS = 20
TABLE_CHARACTERS = 10_000

LABEL = 2000
HINT = 2000
OPTION_LABEL = 75
OPTION_HINT = 75
OPTION_VALUE = 150
OPEN_OPTIONS = 10  # radio buttons and checkboxes
GROUP_OPTIONS = 100
OPTION_GROUPS = 100
CHOSEN_AT_FIRST = 100

T = TypeVar("T", bound=Sized)


def within(limit: int, part: str, content: T) -> T:
    """Return *content* if it has at most *limit* characters or things.

    Raises:
        TooBig: it has more.
    """
    if len(content) > limit:
        raise TooBig("Slack", part, len(content), limit)
    return content
