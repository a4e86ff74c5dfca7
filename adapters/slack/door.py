"""The bolt application: one listener for each kind of traffic, and all of them do the same."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus

import structlog
from slack_bolt.async_app import (
    AsyncAck,
    AsyncApp,
    AsyncBoltContext,
    AsyncBoltRequest,
)
from slack_bolt.authorization import AuthorizeResult
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

log = structlog.get_logger()

ANYTHING = re.compile("")
PAYLOAD = "parley_payload"


class Door:
    """Takes verified payloads, whichever way they came: over HTTP or over a socket."""

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
        self.app = _bolt(api)
        for listen in (
            self.app.command(ANYTHING),
            self.app.action(ANYTHING),
            self.app.view(ANYTHING),
            self.app.view_closed(ANYTHING),
            self.app.shortcut(ANYTHING),
            self.app.event(ANYTHING),
            self.app.options(ANYTHING),
        ):
            listen(self._listen)

    async def take(self, body: Json) -> BoltResponse:
        """Answer one payload.

        Raises:
            Refused: it is not of Slack's shape, or comes from another workspace.
        """
        payload = shapes.read(body)
        if payload is None:
            INBOUND.labels("slack", "other", "ignored").inc()
            return BoltResponse(status=HTTPStatus.OK)
        if self._team and self._team not in {payload.team_id, payload.enterprise_id}:
            raise Refused(Reason.TEAM)
        # Bolt reads the body as well, and fails on fields of other types than it expects: it is
        # given what was checked and no more.
        request = AsyncBoltRequest(
            body=payload.model_dump(exclude_none=True),
            context={PAYLOAD: payload},
            mode="socket_mode",
        )
        return await self.app.async_dispatch(request)

    async def _listen(self, ack: AsyncAck, context: AsyncBoltContext) -> BoltResponse:
        payload: shapes.Payload = context[PAYLOAD]
        if isinstance(payload, shapes.BlockSuggestion):
            return await ack(options=[])
        act = understand(payload, self._names)
        if act is None:
            INBOUND.labels("slack", "other", "ignored").inc()
            return await _acknowledge(ack, {})
        try:
            answer = await self._engine.handle(act.inbound)
        except Overloaded:
            _count(act, "overloaded")
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        _count(act, "ok")
        return await _acknowledge(ack, self._carrier.carry(act, answer))


async def _acknowledge(ack: AsyncAck, body: Json) -> BoltResponse:
    return await ack(body or "")


def _count(act: Act, outcome: str) -> None:
    kind = type(act.inbound).__name__.lower()
    INBOUND.labels("slack", kind, outcome).inc()


async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """Let every verified request in: its workspace was checked before, and no token is needed."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


def _bolt(api: SlackApi) -> AsyncApp:
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
        authorize=_authorize,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
