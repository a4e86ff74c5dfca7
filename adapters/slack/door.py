"""The bolt application: all kinds of traffic pass one door, and the engine knows the way."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import shapes
from adapters.slack.answers import Carrier, Engine
from adapters.slack.api import SlackApi
from adapters.slack.inbound import Act, understand
from adapters.slack.logs import quiet_logger
from adapters.slack.wire import Json, Reason, Refused
from bot.errors import Overloaded
from bot.metrics import INBOUND

PAYLOAD = "parley_payload"
NO_OPTIONS = json.dumps({"options": []})

#: Looking a counter up by its labels costs as much as reading a command; the labels are few.
_counter = cache(INBOUND.labels)


class Door(AsyncMiddleware):
    """Takes verified payloads, whichever way they came: over HTTP or over a socket.

    To bolt it is the first middleware, and as it answers everything also the last one.
    """

    def __init__(
        self,
        engine: Engine,
        carrier: Carrier,
        api: SlackApi,
        *,
        team: str | None,
        names: Mapping[str, str],
    ) -> None:
        self._engine = engine
        self._carrier = carrier
        self._team = team
        self._names = dict(names)
        self.app = _bolt(api, self)

    async def take(self, body: Json) -> BoltResponse:
        """Answer one payload.

        Raises:
            Refused: it is not of Slack's shape, or comes from another workspace.
        """
        payload = shapes.read(body)
        if payload is None:
            _counter("slack", "other", "ignored").inc()
            return BoltResponse(status=HTTPStatus.OK)
        if self._team and self._team not in {payload.team_id, payload.enterprise_id}:
            raise Refused(Reason.TEAM)
        # Bolt would read the body as well, and fails on fields of other types than it expects.
        request = AsyncBoltRequest(body={}, context={PAYLOAD: payload}, mode="socket_mode")
        return await self.app.async_dispatch(request)

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Any,  # noqa: A002  # bolt's name
    ) -> BoltResponse:
        """Answer the payload in *req*; nothing comes after this."""
        payload: shapes.Payload = req.context[PAYLOAD]
        if isinstance(payload, shapes.BlockSuggestion):
            return _acknowledgement(NO_OPTIONS)
        act = understand(payload, self._names)
        if act is None:
            _counter("slack", "other", "ignored").inc()
            return _acknowledgement("")
        try:
            answer = await self._engine.handle(act.inbound)
        except Overloaded:
            _count(act, "overloaded")
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        _count(act, "ok")
        return _acknowledgement(self._carrier.carry(act, answer))


def _acknowledgement(body: str) -> BoltResponse:
    return BoltResponse(status=HTTPStatus.OK, body=body)


def _count(act: Act, outcome: str) -> None:
    _counter("slack", type(act.inbound).__name__.lower(), outcome).inc()


async def _authorize() -> AuthorizeResult:
    """Say that nobody needs a token; bolt wants to be told, and the door answers before it asks."""
    return AuthorizeResult(enterprise_id=None, team_id=None)


def _bolt(api: SlackApi, door: AsyncMiddleware) -> AsyncApp:
    """Return an application that verifies nothing, since `ingress` did, and calls nobody."""
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
        before_authorize=door,
        authorize=_authorize,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
