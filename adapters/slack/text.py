"""Plain text for Slack: shown as it was written, with nothing in it obeyed."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from adapters.slack import limits
from bot.shown import visible

Json = dict[str, Any]

_MENTION = re.compile(r"(?<!\w)([@#])(?=\w)")
_UNSAFE_IN_URL = re.compile(r"[\s<>|]")
_WORD_JOINER = "\u2060"


def plain(text: str) -> Json:
    """Return a text object in which neither markup nor `:emoji:` names are obeyed."""
    return {"type": "plain_text", "text": text, "emoji": False}


def escaped(text: str) -> str:
    """Return *text* for a place where Slack reads mrkdwn: no mention, link or date in it."""
    text = visible(text).replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;")


def notification(text: str) -> str:
    """Return the top-level text, which notifications and screen readers take.

    Editing a post makes mentions of bare names such as `@here`; an invisible joiner stops that.
    """
    named = _MENTION.sub(rf"\1{_WORD_JOINER}", escaped(text))
    return limits.within(limits.NOTIFICATION, "The text of a message", named)


def address(url: str) -> str:
    """Return *url* without a character that could end it early."""
    safe = _UNSAFE_IN_URL.sub(lambda found: quote(found.group()), visible(url))
    return limits.within(limits.URL, "The address of a link", safe)
