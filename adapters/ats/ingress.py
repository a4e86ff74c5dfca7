"""The one HTTP address of the applicant tracking system: bounded, verified, parsed, then heeded."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.engine import Engine
from bot.errors import BotError, Overloaded
from bot.inbound import Notice
from bot.web import BODY_SECONDS, only_header, read_body, refuse, require_post
from bot.wire import Json, Reason, Refused, read_json

ATS = "ats"
PATH = "/hooks/ats"
SIGNATURE = "X-Merge-Webhook-Signature"
TYPES = ("application/json",)


class _Hook(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    event: str = Field(min_length=1, max_length=200)


class _Envelope(BaseModel):
    """What surrounds each thing that is told."""

    model_config = ConfigDict(strict=True, frozen=True)

    hook: _Hook
    data: Json


class Ingress:
    """Lets through what Merge signed; everything else gets an empty answer and one log line."""

    def __init__(self, secret: str, engine: Engine, *, most_seconds: float = BODY_SECONDS) -> None:
        self._secret = secret
        self._engine = engine
        self._most_seconds = most_seconds

    def mount(self, app: web.Application) -> None:
        """Answer on our address, whatever the method."""
        app.router.add_route("*", PATH, self.handle)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request of Merge, or of somebody who claims to be Merge."""
        try:
            await self._engine.heed(await self._admit(request))
        except Refused as refused:
            return refuse(ATS, refused.reason)
        except Overloaded:
            return web.Response(status=503)
        except BotError:
            return refuse(ATS, Reason.MALFORMED)
        return web.Response()

    async def _admit(self, request: web.Request) -> Notice:
        """Return what is told, verified.

        Raises:
            Refused: at the first thing that does not fit.
        """
        require_post(request, TYPES)
        body = await read_body(request, self._most_seconds)
        signature = signed(self._secret, body)
        # As bytes: compare_digest raises on text that is not ASCII.
        claimed = only_header(request, SIGNATURE).encode(errors="replace")
        if not hmac.compare_digest(signature.encode(), claimed):
            raise Refused(Reason.SIGNATURE)
        told = _envelope(read_json(body))
        # Merge numbers its hooks, not what they tell: only the signature names one event.
        return Notice(signature, ATS, told.hook.event, told.data)


def signed(secret: str, body: bytes) -> str:
    """Return Merge's signature of a body."""
    return urlsafe_b64encode(hmac.digest(secret.encode(), body, "sha256")).decode()


def _envelope(payload: Json) -> _Envelope:
    try:
        return _Envelope.model_validate(payload)
    except ValidationError:
        raise Refused(Reason.MALFORMED) from None
