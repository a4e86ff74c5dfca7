"""Socket Mode: Slack's payloads through a connection that we open, for houses without an inlet."""

from __future__ import annotations

import asyncio
import logging
import time

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api import SlackApi
from adapters.slack.door import Door
from adapters.slack.logs import quiet_logger
from adapters.slack.wire import Refused, sound
from bot.metrics import ACK_SECONDS, REJECTED


class SocketMode(AsyncSocketModeHandler):
    """Hands what comes through the socket to the same door as HTTP."""

    def __init__(self, door: Door, api: SlackApi, app_token: str) -> None:
        logger = quiet_logger("parley.slack.socket", level=logging.WARNING)
        super().__init__(_bolt(api), app_token, logger=logger)
        self._door = door
        self._connecting: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to connect, and go on trying: Slack may be away when Parley starts."""
        connecting = self.connect_async()  # type: ignore[no-untyped-call]  # the library's
        self._connecting = asyncio.create_task(connecting)

    async def shut(self) -> None:
        """Leave the connection, or stop trying."""
        if self._connecting is not None:
            self._connecting.cancel()
        await self.close_async()  # type: ignore[no-untyped-call]  # the library's

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as the library's own subclasses do
        """Answer one envelope; one that is refused stays without an answer."""
        began = time.perf_counter()
        try:
            ack = await self._door.take(sound(req.payload))
        except Refused as refused:
            REJECTED.labels("slack", refused.reason.value).inc()
            return
        response = BoltResponse(status=ack.status, body=ack.body)
        await send_async_response(client, req, response, time.time())
        ACK_SECONDS.labels("slack").observe(time.perf_counter() - began)


async def _authorize() -> AuthorizeResult:
    """Say that nobody needs a token: bolt wants to be told, though it is never asked."""
    return AuthorizeResult(enterprise_id=None, team_id=None)


def _bolt(api: SlackApi) -> AsyncApp:
    """Return an application for the handler to hold: what arrives goes to the door instead."""
    logger = quiet_logger("parley.slack.bolt", level=logging.WARNING)
    return AsyncApp(
        logger=logger,
        name="parley.slack",
        # Without this bolt looks every 10 ms whether the listener has answered.
        process_before_response=True,
        signing_secret="",  # an explicit value keeps it from reading the environment
        client=AsyncWebClient(
            base_url=str(api.base), session=api.session, logger=logger, retry_handlers=[]
        ),
        authorize=_authorize,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
