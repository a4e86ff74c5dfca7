"""The door that all kinds of traffic pass: only the engine knows the way from here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from slack_bolt.response import BoltResponse

from adapters.slack import shapes
from adapters.slack.answers import Carrier, Engine
from adapters.slack.inbound import understand
from adapters.slack.workspace import Workspace
from bot.errors import Overloaded
from bot.inbound import Inbound, Post
from bot.metrics import INBOUND
from bot.wire import Json, Reason, Refused

NO_OPTIONS = json.dumps({"options": []})

_IGNORED = INBOUND.labels("slack", "other", "ignored")


class Door:
    """Takes verified payloads, whichever way they came: over HTTP or over a socket."""

    def __init__(
        self,
        engine: Engine,
        carrier: Carrier,
        *,
        workspace: Workspace,
        names: Mapping[str, str],
    ) -> None:
        self._engine = engine
        self._carrier = carrier
        self._workspace = workspace
        self._names = dict(names)

    def read(self, body: Json) -> shapes.Payload | None:
        """Return what *body* says; None when it is nothing that we hear.

        Raises:
            Refused: it is not of Slack's shape, or comes from another workspace.
        """
        payload = shapes.read(body)
        if payload is None:
            _IGNORED.inc()
            return None
        if payload.team_id != self._workspace.team:
            raise Refused(Reason.TENANT)
        return payload

    async def answer(self, payload: shapes.Payload) -> BoltResponse:
        """Do what was asked for, and return the acknowledgement."""
        if isinstance(payload, shapes.BlockSuggestion):
            return _acknowledgement(NO_OPTIONS)
        act = understand(payload, self._names)
        if act is None:
            _IGNORED.inc()
            return _acknowledgement()
        try:
            answer = await self._engine.handle(self._linked(act.inbound))
        except Overloaded:
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return _acknowledgement(self._carrier.carry(act, answer))

    def _linked(self, inbound: Inbound) -> Inbound:
        """Return a post with its address, which Slack leaves us to make of the workspace's."""
        if not isinstance(inbound, Post):
            return inbound
        place = inbound.place
        link = self._workspace.link(place.channel, inbound.message, place.thread)
        return replace(inbound, link=link)


def _acknowledgement(body: str = "") -> BoltResponse:
    return BoltResponse(status=HTTPStatus.OK, body=body)
