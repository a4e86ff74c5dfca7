"""Calls to the Bot Connector over one session: no silent repeats, errors by meaning."""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Mapping
from http import HTTPStatus

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, ClientTimeout
from yarl import URL

from adapters.teams.hosts import is_allowed, is_file
from adapters.teams.outbound import OutboundTokens
from bot.errors import DeliveryError
from bot.fetching import collected
from bot.wire import Json

MOST_SECONDS = 5.0
#: A file of 25 MiB takes longer than a call.
FILE_SECONDS = 20.0
#: Teams says how long to wait; where the header is missing or unreadable this is long enough.
WAIT_SECONDS = (2.0, 6.0)

#: Repeating helps with none of these; somebody has to change something first.
_PERMANENT: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "malformed",
    HTTPStatus.UNAUTHORIZED: "unauthorized",
    HTTPStatus.FORBIDDEN: "not_allowed_there",
    HTTPStatus.NOT_FOUND: "not_there",
    HTTPStatus.METHOD_NOT_ALLOWED: "not_allowed_there",
    HTTPStatus.GONE: "not_there",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_big_for_teams",
}
#: Nothing was done; Teams wants us to come back later.
_LATER = frozenset({HTTPStatus.PRECONDITION_FAILED, HTTPStatus.TOO_MANY_REQUESTS})


class TeamsApi:
    """Calls to the Bot Connector. Our token goes to *hosts* and nowhere else."""

    def __init__(
        self, token_url: str, app_id: str, app_password: str, hosts: Collection[str]
    ) -> None:
        self._session = ClientSession(timeout=ClientTimeout(total=MOST_SECONDS))
        self.tokens = OutboundTokens(self._session, token_url, app_id, app_password)
        self._hosts = frozenset(hosts)

    async def close(self) -> None:
        """Close all connections."""
        await self.tokens.close()
        await self._session.close()

    async def call(self, method: str, url: str, body: bytes) -> Json:
        """Send *body* and return the answer.

        Raises:
            DeliveryError: Teams refused, is not reachable, or its answer was lost.
        """
        target = URL(url, encoded=True)
        if not is_allowed(str(target.origin()), self._hosts):
            raise DeliveryError("address_refused", permanent=True)
        token = await self.tokens.get()
        try:
            return await self._ask(method, target, body, token)
        except DeliveryError as error:
            if error.code != _PERMANENT[HTTPStatus.UNAUTHORIZED]:
                raise
        # The password may have been changed, and the old token with it: buy one more, once.
        self.tokens.forget(token)
        return await self._ask(method, target, body, await self.tokens.get())

    async def load(self, url: str, *, most: int) -> bytes:
        """Return the content of a file, of at most so many bytes; our token stays here.

        Raises:
            DeliveryError: the address is none of a file, or it is over.
        """
        if not is_file(url, self._hosts):
            raise DeliveryError("address_refused", permanent=True)
        limit = ClientTimeout(total=FILE_SECONDS)
        try:
            async with self._session.get(
                URL(url, encoded=True),
                headers={"Accept-Encoding": "identity"},
                allow_redirects=False,
                timeout=limit,
            ) as response:
                if response.status != HTTPStatus.OK:
                    raise _refusal(response)
                return await collected(response.content.iter_any(), most=most)
        except (ClientError, TimeoutError) as error:
            raise DeliveryError("no_answer") from error

    async def _ask(self, method: str, target: URL, body: bytes, token: str) -> Json:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        try:
            # A redirect could carry the token elsewhere; the Bot Connector never sends one.
            async with self._session.request(
                method, target, data=body, headers=headers, allow_redirects=False
            ) as response:
                return await _result(response)
        except ClientConnectorError as error:
            raise DeliveryError("unreachable") from error
        except (ClientError, TimeoutError) as error:
            raise DeliveryError("no_answer", unknown=True) from error


async def _result(response: ClientResponse) -> Json:
    if not response.ok or response.status >= HTTPStatus.MULTIPLE_CHOICES:
        raise _refusal(response)
    content = await response.read()
    try:
        result = json.loads(content or b"{}")
    except ValueError as error:
        raise DeliveryError("garbage", unknown=True) from error
    if not isinstance(result, dict):
        raise DeliveryError("garbage", unknown=True)
    return result


def _refusal(response: ClientResponse) -> DeliveryError:
    status = response.status
    if status in _PERMANENT:
        return DeliveryError(_PERMANENT[status], permanent=True)
    if status in _LATER:
        return DeliveryError("ratelimited", retry_after=_seconds(response.headers))
    return DeliveryError(f"status_{status}", retry_after=_asked(response.headers), unknown=True)


def _seconds(headers: Mapping[str, str]) -> float:
    asked = _asked(headers)
    return random.uniform(*WAIT_SECONDS) if asked is None else asked  # noqa: S311  # spreads load


def _asked(headers: Mapping[str, str]) -> float | None:
    waited = headers.get("Retry-After", "")
    return float(waited) if waited.isascii() and waited.isdigit() else None
