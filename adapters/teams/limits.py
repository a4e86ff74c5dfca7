"""What Teams takes at most, and how something that cannot pass is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.errors import TooBig

CARD_VERSION = "1.5"
#: Teams takes messages of 28 KB; what stands around a card needs the rest.
CARD_BYTES = 26 * 1024
#: All pictures of one card together, before they are written as text.
PICTURE_BYTES = 15 * 1024
SUMMARY = 200  #: characters; a notification shows fewer

ROW_BUTTONS = 6  # Teams drops every further one without a word
TABLE_CELLS = 120  # each costs a hundred bytes before its first letter
TABLE_COLUMNS = 12
OPEN_OPTIONS = 10  # with more, a list that opens is easier to read than radio buttons


def sized(card: Mapping[str, Any]) -> dict[str, Any]:
    """Return *card* if Teams takes it.

    Raises:
        TooBig: it is too large.
    """
    size = len(compact(card))
    if size > CARD_BYTES:
        raise TooBig("Teams", "A card", size, CARD_BYTES)
    return dict(card)


def compact(value: object) -> bytes:
    """Return *value* as JSON in as few bytes as possible, which is how it is sent."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
