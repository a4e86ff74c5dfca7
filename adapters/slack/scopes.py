"""The scopes that our calls need, what stops working without each, and a look at what we have."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime

from adapters.slack.api import SlackApi

NEEDS = {
    "commands": "Slash commands and message shortcuts do not reach Parley.",
    "chat:write": "Parley cannot post or edit anything.",
    "app_mentions:read": "Parley does not hear @Parley in channels.",
    "im:write": "Parley cannot write to people directly.",
    "im:history": "Parley does not hear direct messages.",
    "users:read": "Parley cannot tell guests from colleagues, so everybody is a stranger.",
    "users:read.email": "Parley cannot recognise the same person on two platforms.",
    "channels:read": "Nothing sensitive is posted in a public channel.",
    "groups:read": "Nothing sensitive is posted in a private channel.",
    "files:write": "Charts are told in words only.",
}


async def greet(base: str, token: str) -> tuple[datetime, frozenset[str]]:
    """Show Slack our token; return the time by Slack's clock, and the scopes that we have.

    Raises:
        DeliveryError: the token is not taken, or Slack is not reachable.
    """
    api = SlackApi(base, token)
    try:
        _, headers = await api.ask("auth.test")
    finally:
        await api.close()
    scopes = frozenset(filter(None, headers.get("X-OAuth-Scopes", "").replace(" ", "").split(",")))
    return parsedate_to_datetime(headers["Date"]), scopes
