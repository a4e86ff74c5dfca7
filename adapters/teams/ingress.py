"""The one HTTP address for all Teams traffic: vouched for, bounded and parsed before it is read."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Collection

from aiohttp import web

from adapters.teams import shapes
from adapters.teams.hosts import is_allowed
from adapters.teams.inbound import TEAMS
from adapters.teams.tokens import Verifier, Vouched
from bot.errors import Overloaded
from bot.metrics import ACK_SECONDS
from bot.web import BODY_SECONDS, only_header, read_body, refuse, require_post
from bot.wire import Json, Reason, Refused, read_json

PATH = "/api/messages"
CHANNEL = "msteams"
TYPES = frozenset({"application/json"})

Take = Callable[[Json], Awaitable[Json | None]]


class Ingress:
    """Lets through what Teams vouches for; everything else gets an empty answer and a log line."""

    def __init__(
        self,
        verifier: Verifier,
        take: Take,
        *,
        tenant: str,
        hosts: Collection[str],
        most_seconds: float = BODY_SECONDS,
    ) -> None:
        self._verifier = verifier
        self._take = take
        self._tenant = tenant
        self._hosts = hosts
        self._most_seconds = most_seconds
        self._ack_seconds = ACK_SECONDS.labels(TEAMS)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request of Teams, or of somebody who claims to be Teams."""
        began = time.perf_counter()
        try:
            answer = await self._take(await self._admit(request))
        except Refused as refused:
            return refuse(TEAMS, refused.reason)
        except Overloaded:
            return web.Response(status=503)
        self._ack_seconds.observe(time.perf_counter() - began)
        return web.Response() if answer is None else web.json_response(answer)

    async def _admit(self, request: web.Request) -> Json:
        """Return the activity; nothing of the body is read before the token is found good.

        Raises:
            Refused: at the first thing that does not fit.
        """
        require_post(request, TYPES)
        vouched = await self._verifier.verify(only_header(request, "Authorization"))
        activity = read_json(await read_body(request, self._most_seconds))
        self._compare(shapes.envelope(activity), vouched)
        return activity

    def _compare(self, envelope: shapes.Envelope, vouched: Vouched) -> None:
        """Refuse an activity that is not the one that the token vouches for, or not ours."""
        if envelope.channel_id != CHANNEL or CHANNEL not in vouched.channels:
            raise Refused(Reason.SIGNATURE)
        if envelope.service_url != vouched.service_url:
            raise Refused(Reason.SIGNATURE)
        if not is_allowed(envelope.service_url, self._hosts):
            raise Refused(Reason.HOST)
        if envelope.tenant != self._tenant:
            raise Refused(Reason.TENANT)
