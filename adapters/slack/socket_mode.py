"""Socket Mode: Slack's payloads through a connection that we open, for houses without an inlet."""

from __future__ import annotations

import asyncio
import logging
import time

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.slack.app import SlackApp
from adapters.slack.logs import quiet_logger
from bot.metrics import ACK_SECONDS, REJECTED
from bot.wire import Refused, sound


class SocketMode(AsyncSocketModeHandler):
    """Hands what comes through the socket to the same application as HTTP."""

    def __init__(self, slack: SlackApp, app_token: str) -> None:
        logger = quiet_logger("parley.slack.socket", level=logging.WARNING)
        super().__init__(slack.bolt, app_token, logger=logger)
        self._slack = slack
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
            response = await self._slack.take(sound(req.payload))
        except Refused as refused:
            REJECTED.labels("slack", refused.reason.value).inc()
            return
        await send_async_response(client, req, response, time.time())
        ACK_SECONDS.labels("slack").observe(time.perf_counter() - began)
