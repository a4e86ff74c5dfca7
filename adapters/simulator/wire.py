"""Sends what people do to the bot, signed over HTTP or down its websocket."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from adapters.simulator.journal import Answered, Asked, Direction, Entry, Journal, Outcome
from adapters.simulator.signing import signed_headers
from adapters.simulator.sockets import Sockets

Json = dict[str, Any]
RowCounts = Callable[[], Awaitable[Mapping[str, int]]]

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
HTTP_OK = 200


class Traffic(StrEnum):
    """What is sent, by the name of its Socket Mode envelope."""

    COMMAND = "slash_commands"
    INTERACTION = "interactive"
    EVENT = "events_api"


#: The kinds as the page's drawer calls them.
_SHORT = {Traffic.COMMAND: "command", Traffic.INTERACTION: "interaction", Traffic.EVENT: "event"}


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing to tell the bot. `retry` counts the attempts that went before."""

    kind: Traffic
    title: str
    payload: Json
    person: str | None = None
    retry: int = 0
    retry_reason: str = ""

    def encoded(self) -> tuple[bytes, str]:
        """Return the body and its type as Slack writes them."""
        if self.kind is Traffic.EVENT:
            return json.dumps(self.payload).encode(), JSON
        if self.kind is Traffic.INTERACTION:
            return urlencode({"payload": json.dumps(self.payload)}).encode(), FORM
        return urlencode(self.payload).encode(), FORM


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of a parcel; `failure` is Slack's word for what went wrong."""

    status: int | None = None
    body: str = ""
    failure: str | None = None

    @property
    def ok(self) -> bool:
        """Say whether the bot acknowledged in time."""
        return self.failure is None

    @property
    def answer(self) -> Json:
        """Return the JSON object the bot answered with, empty if it was none."""
        try:
            parsed = json.loads(self.body or "{}")
        except ValueError:
            return {}
        return parsed if isinstance(parsed, dict) else {}


class Wire:
    """The line to the bot: an address for signed requests, or the websockets it opened."""

    def __init__(
        self, journal: Journal, sockets: Sockets, signing_secret: str, patience_seconds: float
    ) -> None:
        self.bot_url: str | None = None
        self.row_counts: RowCounts | None = None
        self._journal = journal
        self._sockets = sockets
        self._secret = signing_secret
        self._patience = patience_seconds
        self._session: ClientSession | None = None

    async def open(self) -> None:
        """Make ready to send."""
        self._session = ClientSession(timeout=ClientTimeout(total=None))

    async def close(self) -> None:
        """Send nothing more."""
        if self._session:
            await self._session.close()

    async def send(self, parcel: Parcel) -> Delivery:
        """Send *parcel*, wait as long as Slack does, and write the exchange down."""
        n = self._journal.begin_asking()
        before = await self._counts()
        at, started = datetime.now(UTC), time.perf_counter()
        asked, delivery = await self._attempt(parcel)
        after = await self._counts()
        self._journal.add(
            Entry(
                n=n,
                at=at,
                direction=Direction.TO_BOT,
                kind=_SHORT[parcel.kind],
                title=parcel.title,
                request=asked,
                answer=_answered(delivery),
                outcome=Outcome.OK if delivery.ok else Outcome.FAILED,
                milliseconds=(time.perf_counter() - started) * 1000,
                person=parcel.person,
                rows=_added(before, after),
            )
        )
        return delivery

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Delivery:
        """Send raw bytes to the bot, for what Slack itself would never send."""
        return await self._post(Asked("POST", url, tuple(headers.items())), body)

    def headers(self, body: bytes, content_type: str) -> list[tuple[str, str]]:
        """Return true headers for *body*, signed now."""
        return signed_headers(self._secret, int(time.time()), body, content_type)

    async def _attempt(self, parcel: Parcel) -> tuple[Asked, Delivery]:
        if self._sockets.are_open:
            asked = Asked("SOCKET", parcel.kind, body=json.dumps(parcel.payload))
            return asked, await self._through_socket(parcel)
        if self.bot_url is None:
            return Asked("POST", ""), Delivery(failure="dispatch_failed")
        body, content_type = parcel.encoded()
        headers = self.headers(body, content_type)
        if parcel.retry:
            headers.append(("X-Slack-Retry-Num", str(parcel.retry)))
            headers.append(("X-Slack-Retry-Reason", parcel.retry_reason))
        asked = Asked("POST", self.bot_url, tuple(headers), body.decode())
        return asked, await self._post(asked, body)

    async def _post(self, asked: Asked, body: bytes) -> Delivery:
        if self._session is None:
            return Delivery(failure="dispatch_failed")
        try:
            async with asyncio.timeout(self._patience):
                response = await self._session.post(
                    asked.url, data=body, headers=dict(asked.headers), allow_redirects=False
                )
                async with response:
                    text = await response.text(errors="replace")
        except TimeoutError:
            return Delivery(failure="operation_timeout")
        except ClientError:
            return Delivery(failure="dispatch_failed")
        failure = None if response.status == HTTP_OK else "http_error"
        return Delivery(response.status, text, failure)

    async def _through_socket(self, parcel: Parcel) -> Delivery:
        extra: Json = {"accepts_response_payload": parcel.kind is not Traffic.EVENT}
        if parcel.kind is Traffic.EVENT:
            extra |= {"retry_attempt": parcel.retry, "retry_reason": parcel.retry_reason}
        try:
            async with asyncio.timeout(self._patience):
                answer = await self._sockets.send(parcel.kind, parcel.payload, extra)
        except TimeoutError:
            return Delivery(failure="operation_timeout")
        except ConnectionError:
            return Delivery(failure="dispatch_failed")
        payload = answer.get("payload")
        return Delivery(HTTP_OK, json.dumps(payload) if payload else "")

    async def _counts(self) -> Mapping[str, int]:
        return await self.row_counts() if self.row_counts else {}


def _answered(delivery: Delivery) -> Answered | None:
    return None if delivery.status is None else Answered(delivery.status, delivery.body)


def _added(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    grown = {table: count - before.get(table, 0) for table, count in after.items()}
    return {table: count for table, count in grown.items() if count > 0}
