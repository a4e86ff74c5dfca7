"""The one HTTP address for all Slack traffic: bounded, verified and parsed before anyone reads."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from slack_bolt.response import BoltResponse

from adapters.slack.wire import Json, Reason, Refused, read_form, read_json, verify
from bot.metrics import ACK_SECONDS, REJECTED

log = structlog.get_logger()

PATH = "/slack/events"
MOST_BYTES = 1024 * 1024
MOST_SECONDS = 10.0
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
        most_seconds: float = MOST_SECONDS,
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
            return _refusal(refused.reason)
        self._ack_seconds.observe(time.perf_counter() - began)
        return response

    async def _admit(self, request: web.Request) -> Json:
        """Return the verified payload.

        Raises:
            Refused: at the first thing that does not fit.
        """
        if request.method != "POST":
            raise Refused(Reason.METHOD)
        if request.headers.get("Content-Encoding", "identity") != "identity":
            raise Refused(Reason.ENCODING)
        read = READERS.get(request.content_type)
        if read is None or (request.charset or "utf-8").casefold() != "utf-8":
            raise Refused(Reason.TYPE)
        body = await self._body(request)
        timestamp = _only(request, "X-Slack-Request-Timestamp")
        signature = _only(request, "X-Slack-Signature")
        verify(self._secret, timestamp, signature, body, now=self._now())
        if len(body) <= LARGE_BYTES:
            return read(body)
        async with self._reading:
            await asyncio.sleep(0)  # between two large bodies everybody else has a turn
            return read(body)

    async def _body(self, request: web.Request) -> bytes:
        if (request.content_length or 0) > MOST_BYTES:
            raise Refused(Reason.TOO_LARGE)
        body = bytearray()
        try:
            if request.content.is_eof():  # all of it came with the head, as it nearly always does
                return bytes(_bounded(request.content.read_nowait()))
            async with asyncio.timeout(self._most_seconds):
                async for chunk in request.content.iter_any():
                    body += chunk
                    _bounded(body)
        except TimeoutError:
            raise Refused(Reason.SLOW) from None
        except (web.RequestPayloadError, HttpProcessingError, ConnectionError):
            raise Refused(Reason.BROKEN) from None
        return bytes(body)

    async def _answer(self, payload: Json) -> web.Response:
        if "ssl_check" in payload and "command" not in payload:
            return web.Response()
        if payload.get("type") == "url_verification":
            return web.json_response({"challenge": str(payload.get("challenge", ""))[:255]})
        ack = await self._take(payload)
        return web.Response(
            status=ack.status, body=ack.body.encode(), headers=_TYPE[bool(ack.body)]
        )


def _bounded(body: bytes | bytearray) -> bytes | bytearray:
    if len(body) > MOST_BYTES:
        raise Refused(Reason.TOO_LARGE)
    return body


def _only(request: web.Request, name: str) -> str:
    """Return a header that stands there exactly once, or nothing."""
    values = request.headers.getall(name, [])
    return values[0] if len(values) == 1 else ""


def _refusal(reason: Reason) -> web.Response:
    REJECTED.labels("slack", reason.value).inc()
    log.warning("slack_request_refused", reason=reason.value, status=reason.status)
    headers = {"Allow": "POST"} if reason is Reason.METHOD else None
    response = web.Response(status=reason.status, headers=headers)
    if reason in {Reason.TOO_LARGE, Reason.SLOW, Reason.BROKEN}:
        # The rest of the body is still on its way, and nobody wants it.
        response.force_close()
    return response
