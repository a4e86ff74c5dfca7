"""Sends what people do to the bot, signed over HTTP or down its websocket."""

import asyncio
import json
import time
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from adapters.simulator.journal import Asked, Journal
from adapters.simulator.line import HTTP_OK, Delivery, Json, Line, Note
from adapters.simulator.signing import signed_headers
from adapters.simulator.sockets import Sockets

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


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


class Wire(Line):
    """The line to the bot: an address for signed requests, or the websockets it opened."""

    def __init__(
        self, journal: Journal, sockets: Sockets, signing_secret: str, patience_seconds: float
    ) -> None:
        super().__init__(journal, patience_seconds)
        self._sockets = sockets
        self._secret = signing_secret

    async def send(self, parcel: Parcel) -> Delivery:
        """Send *parcel*, wait as long as Slack does, and write the exchange down."""
        note = Note(_SHORT[parcel.kind], parcel.title, parcel.person)
        return await self._noted(note, lambda: self._attempt(parcel))

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
