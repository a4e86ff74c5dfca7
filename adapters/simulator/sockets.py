"""Socket Mode: websockets the bot opens, down which the same payloads go."""

import asyncio
import json
import secrets
from collections.abc import Mapping
from typing import Any

from aiohttp import WSMsgType, web

from adapters.simulator.errors import Unplayable

Json = dict[str, Any]

APP_ID = "A0PARLEY"


class Sockets:
    """The bot's open websockets, and the envelopes whose acknowledgement is awaited."""

    def __init__(self) -> None:
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._awaited: dict[str, asyncio.Future[Json]] = {}

    @property
    def are_open(self) -> bool:
        """Say whether the bot is connected."""
        return bool(self._open)

    def ticket(self) -> str:
        """Return a ticket that opens one websocket."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Keep a websocket open and take its acknowledgements until the bot leaves."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPUnauthorized
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=10)
        await socket.prepare(request)
        self._open.append(socket)
        try:
            await socket.send_json(_hello(len(self._open)))
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledge(frame.data)
        finally:
            self._open.remove(socket)
        return socket

    async def send(self, kind: str, payload: Json, extra: Mapping[str, Any]) -> Json:
        """Send one envelope down the newest websocket and return what the bot acknowledged with."""
        if not self._open:
            raise Unplayable("No websocket is open.")
        envelope_id = secrets.token_hex(16)
        awaited: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._awaited[envelope_id] = awaited
        envelope = {"type": kind, "envelope_id": envelope_id, "payload": payload, **extra}
        try:
            await self._open[-1].send_json(envelope)
            return await awaited
        finally:
            del self._awaited[envelope_id]

    async def refresh(self) -> None:
        """Ask the bot to connect anew, as Slack does every few hours."""
        for socket in list(self._open):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def close(self) -> None:
        """Hang up."""
        for socket in list(self._open):
            await socket.close()

    def _acknowledge(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            return
        awaited = self._awaited.get(answer.get("envelope_id", "")) if answer else None
        if awaited and not awaited.done():
            awaited.set_result(answer)


def _hello(connections: int) -> Json:
    return {
        "type": "hello",
        "num_connections": connections,
        "debug_info": {"host": "simulator", "approximate_connection_time": 3600},
        "connection_info": {"app_id": APP_ID},
    }
