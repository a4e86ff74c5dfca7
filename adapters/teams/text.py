"""Plain text for Teams: shown as it was written, with nothing in it obeyed."""

from __future__ import annotations

import re
from urllib.parse import quote

from bot.shown import one_line, visible

#: Invisible, without width, and no letter: whatever reads markup stumbles over it.
JOINER = "\u2060"

#: `<at>` makes a mention, `{{DATE(…)}}` a date, in every text of a card.
_MARKUP = re.compile(r"<(?=/?at\b)|\{(?=\{)", re.IGNORECASE)
_UNSAFE_IN_URL = re.compile(r"[\s<>\"]")


def inert(text: str) -> str:
    """Return *text* as it can stand in a run, a title or a label: nobody is mentioned by it."""
    return _MARKUP.sub(rf"\g<0>{JOINER}", visible(text))


def inert_line(text: str) -> str:
    """Return *text* inert and on one line; a dash when it is blank."""
    return inert(one_line(text))


def address(url: str) -> str:
    """Return *url* without a character that no address has."""
    return _UNSAFE_IN_URL.sub(lambda found: quote(found.group()), visible(url))
