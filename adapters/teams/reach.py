"""What a tenant's Parley has to reach, what stops working without each, and a look at it."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientSession, ClientTimeout

from adapters.teams.api import MOST_SECONDS, TeamsApi
from bot.errors import DeliveryError

if TYPE_CHECKING:
    from adapters.teams.platform import TeamsSettings

CONNECTOR = "to the Bot Connector"
KEYS = "to the signing keys"
NEEDS = {
    CONNECTOR: "Parley cannot post or edit anything.",
    KEYS: "Parley cannot tell messages of Teams from forged ones, and refuses all.",
}


async def greet(settings: TeamsSettings) -> tuple[datetime | None, frozenset[str]]:
    """Buy a token and show it; return the time by Teams' clock, and what can be reached.

    Raises:
        DeliveryError: no token is sold for this app and password, or the Bot Connector does not
            take it: then the app is no bot.
    """
    own = settings
    api = TeamsApi(own.token_url, own.app_id, own.app_password, own.service_hosts)
    try:
        await api.tokens.get()
        reached = {CONNECTOR} if await _is_taken(api, own.service_url) else set()
    finally:
        await api.close()
    at = await _time(own.openid_metadata_url)
    return at, frozenset(reached | ({KEYS} if at else set()))


async def _is_taken(api: TeamsApi, service_url: str) -> bool:
    """Ask for a conversation with nobody, which is refused as malformed once the token is good."""
    try:
        await api.call("POST", f"{service_url.rstrip('/')}/v3/conversations", b"{}")
    except DeliveryError as error:
        if error.code == "unauthorized":
            raise
        return error.code == "malformed"
    return True


async def _time(url: str) -> datetime | None:
    """Return the time of the machine at *url*, or None when it does not answer as it should."""
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=MOST_SECONDS)) as session,
            session.get(url, allow_redirects=False) as response,
        ):
            if response.status != HTTPStatus.OK:
                return None
            return parsedate_to_datetime(response.headers["Date"])
    except (ClientError, TimeoutError, KeyError, ValueError):
        return None
