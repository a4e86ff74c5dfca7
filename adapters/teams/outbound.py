"""The token that our own calls carry: bought off the hot path, by one purchase at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from http import HTTPStatus
from math import inf
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError, ClientResponse, ClientSession
from pydantic import BaseModel, Field, ValidationError

from bot.errors import DeliveryError

log = structlog.get_logger()

PUBLIC_SCOPE = "https://api.botframework.com/.default"
GOVERNMENT_SCOPE = "https://api.botframework.us/.default"
GOVERNMENT_TOKEN_HOST = "login.microsoftonline.us"  # noqa: S105  # a host's name
#: A token that ends within this time is replaced, beside the calls that go on with it.
AHEAD_SECONDS = 600.0
#: A token that ends within this time is not used any more: it has to last for a whole call.
LAST_SECONDS = 30.0
#: How long after a failed purchase the next one is tried, while the old token is still good.
PAUSE_SECONDS = 10.0

_REFUSALS = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class _Bought(BaseModel):
    """The directory's answer, as far as it is used."""

    access_token: str = Field(min_length=1, max_length=20_000)
    expires_in: float = Field(gt=0, le=100_000)  # seconds


class OutboundTokens:
    """Our token for the Bot Connector, which the directory sells for the app's password."""

    def __init__(
        self,
        session: ClientSession,
        token_url: str,
        app_id: str,
        app_password: str,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._url = token_url
        self._price = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": app_password,
            "scope": scope_of(token_url),
        }
        self._clock = clock
        self._token = ""
        self._ends_at = -inf
        self._next_try_at = -inf
        self._buying: asyncio.Task[str] | None = None

    async def get(self) -> str:
        """Return a token that is good for the next call.

        Raises:
            DeliveryError: the directory refuses to sell one, or cannot be asked.
        """
        left = self._ends_at - self._clock()
        if left < LAST_SECONDS:
            # Others wait for the same purchase: whoever gives up must not end it.
            return await asyncio.shield(self._begin())
        if left < AHEAD_SECONDS and self._clock() >= self._next_try_at:
            self._begin()
        return self._token

    def forget(self, token: str) -> None:
        """Use *token* no more: the Bot Connector does not take it."""
        if token == self._token:
            self._ends_at = -inf

    async def close(self) -> None:
        """Stop buying."""
        if self._buying is not None:
            self._buying.cancel()
            await asyncio.gather(self._buying, return_exceptions=True)

    def _begin(self) -> asyncio.Task[str]:
        """Return the purchase that is under way, or a new one."""
        if self._buying is None or self._buying.done():
            self._next_try_at = self._clock() + PAUSE_SECONDS
            self._buying = asyncio.create_task(self._buy())
            self._buying.add_done_callback(_note_failure)
        return self._buying

    async def _buy(self) -> str:
        began = self._clock()
        try:
            async with self._session.post(
                self._url, data=self._price, allow_redirects=False
            ) as response:
                bought = await _read(response)
        except (ClientError, TimeoutError) as error:
            raise DeliveryError("token_unavailable") from error
        self._token, self._ends_at = bought.access_token, began + bought.expires_in
        return self._token


def scope_of(token_url: str) -> str:
    """Return what a token is bought for, in the cloud in which it is sold."""
    if urlsplit(token_url).hostname == GOVERNMENT_TOKEN_HOST:
        return GOVERNMENT_SCOPE
    return PUBLIC_SCOPE


async def _read(response: ClientResponse) -> _Bought:
    if response.status in _REFUSALS:
        raise DeliveryError("token_refused", permanent=True)
    if response.status != HTTPStatus.OK:
        raise DeliveryError("token_unavailable")
    try:
        return _Bought.model_validate_json(await response.read())
    except ValidationError as error:
        raise DeliveryError("token_unavailable") from error


def _note_failure(task: asyncio.Task[str]) -> None:
    """Log what went wrong; with a good token left, nobody waits for this purchase."""
    if not task.cancelled() and (error := task.exception()):
        log.warning("teams_token_not_bought", error=str(error))
