"""The one HTTP address for all Slack traffic: bounded, verified and parsed before anyone reads."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from slack_bolt.response import BoltResponse

from adapters.slack.wire import read_form, verify
from bot.metrics import ACK_SECONDS
from bot.web import BODY_SECONDS, only_header, read_body, refuse, require_post
from bot.wire import Json, Refused, read_json

#: Reading more than this can take long enough to be felt by others.
LARGE_BYTES = 64 * 1024

FORM_TYPE = "application/x-www-form-urlencoded"
READERS = {FORM_TYPE: read_form, "application/json": read_json}

#: The type of an answer's body: JSON, or nothing at all.
_TYPE = {
    True: {"Content-Type": "application/json; charset=utf-8"},
    False: {"Content-Type": "text/plain; charset=utf-8"},
}

Take = Callable[[Json], Awaitable[BoltResponse]]


class Ingress:
    """Lets through what Slack signed; everything else gets an empty answer and one log line."""

    def __init__(
        self,
        secret: str,
        take: Take,
        *,
        now: Callable[[], float] = time.time,
        most_seconds: float = BODY_SECONDS,
    ) -> None:
        self._secret = secret
        self._take = take
        self._now = now
        self._most_seconds = most_seconds
        self._reading = asyncio.Lock()
        self._ack_seconds = ACK_SECONDS.labels("slack")

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request of Slack, or of somebody who claims to be Slack."""
        began = time.perf_counter()
        try:
            payload = await self._admit(request)
            response = await self._answer(payload)
        except Refused as refused:
            return refuse("slack", refused.reason)
        self._ack_seconds.observe(time.perf_counter() - began)
        return response

    async def _admit(self, request: web.Request) -> Json:
        """Return the verified payload.

        Raises:
            Refused: at the first thing that does not fit.
        """
        require_post(request, READERS)
        body = await read_body(request, self._most_seconds)
        timestamp = only_header(request, "X-Slack-Request-Timestamp")
        signature = only_header(request, "X-Slack-Signature")
        verify(self._secret, timestamp, signature, body, now=self._now())
        read = READERS[request.content_type]
        if len(body) <= LARGE_BYTES:
            return read(body)
        async with self._reading:
            await asyncio.sleep(0)  # between two large bodies everybody else has a turn
            return read(body)

    async def _answer(self, payload: Json) -> web.Response:
        if "ssl_check" in payload and "command" not in payload:
            return web.Response()
        if payload.get("type") == "url_verification":
            return web.json_response({"challenge": str(payload.get("challenge", ""))[:255]})
        ack = await self._take(payload)
        return web.Response(
            status=ack.status, body=ack.body.encode(), headers=_TYPE[bool(ack.body)]
        )
