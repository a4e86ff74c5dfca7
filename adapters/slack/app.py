"""The bolt application: what was verified goes through it to the door, however it came."""

from __future__ import annotations

import logging
from typing import Any, cast

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import shapes
from adapters.slack.api import SlackApi
from adapters.slack.door import Door
from adapters.slack.logs import quiet_logger
from bot.wire import Json

NOTHING = BoltResponse(status=200)


class _Request(AsyncBoltRequest):
    """A payload on its way through bolt, which reads nothing else.

    It would read a body, and fails on fields of other types than it expects.
    """

    def __init__(self, payload: shapes.Payload) -> None:
        self.payload = payload


class SlackApp(AsyncMiddleware):
    """Hands every payload to the door, as bolt's first middleware: nothing comes after it."""

    def __init__(self, door: Door, api: SlackApi) -> None:
        self._door = door
        self.bolt = _bolt(api, self)

    async def take(self, body: Json) -> BoltResponse:
        """Answer one payload.

        Raises:
            Refused: it is not of Slack's shape, or comes from another workspace.
        """
        payload = self._door.read(body)
        if payload is None:
            return NOTHING
        return await self.bolt.async_dispatch(_Request(payload))

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Any,  # noqa: A002  # bolt's name
    ) -> BoltResponse:
        """Answer the payload in *req*."""
        return await self._door.answer(cast("_Request", req).payload)


async def _authorize() -> AuthorizeResult:
    """Say that nobody needs a token; bolt wants to be told, and the door answers before it asks."""
    return AuthorizeResult(enterprise_id=None, team_id=None)


class _Bolt(AsyncApp):
    """A bolt application that makes no client of its own for each request."""

    def _init_context(self, req: AsyncBoltRequest) -> None:
        """Add nothing: the door is the only reader, and a client costs a tenth of a lookup."""


def _bolt(api: SlackApi, door: AsyncMiddleware) -> AsyncApp:
    """Return an application that verifies nothing, since `ingress` did, and calls nobody."""
    logger = quiet_logger("parley.slack.bolt", level=logging.WARNING)
    return _Bolt(
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
