"""The HTTP side of the Web API: tokens, arguments, faults, the journal."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from adapters.simulator.api import chat, conversations, files, people, views
from adapters.simulator.api.calls import METHODS, Call, Json, Slack
from adapters.simulator.api.responses import respond
from adapters.simulator.errors import Refusal
from adapters.simulator.faults import Fault, FaultKind, Faults
from adapters.simulator.journal import Answered, Asked, Direction, Entry, Journal, Outcome
from adapters.simulator.sockets import Sockets

#: Importing these modules registers their methods.
GROUPS = (chat, conversations, files, people, views)

BODY_BYTES = 20 * 1024 * 1024
#: What the installed bot was allowed; every answer of the Web API repeats it.
SCOPES = (
    "commands,chat:write,app_mentions:read,im:write,im:history,users:read,users:read.email,"
    "channels:read,groups:read,files:write,channels:history,groups:history"
)
HTTP_OK, HTTP_NOT_FOUND, TOO_MANY = 200, 404, 429
_BEFORE = {
    FaultKind.RATE_LIMITED,
    FaultKind.PRECONDITION_FAILED,
    FaultKind.SERVER_ERROR,
    FaultKind.UNAVAILABLE,
    FaultKind.REQUEST_LOST,
}
_REFUSALS = {FaultKind.TOKEN_REVOKED, FaultKind.ACCOUNT_INACTIVE, FaultKind.FATAL_ERROR}
_STATUS = {
    FaultKind.PRECONDITION_FAILED: 412,
    FaultKind.SERVER_ERROR: 500,
    FaultKind.UNAVAILABLE: 503,
}
_LOST = {FaultKind.REQUEST_LOST, FaultKind.ANSWER_LOST}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The secrets of the installed bot."""

    bot: str
    app: str


@dataclass(frozen=True, slots=True)
class Result:
    """What goes back, before faults touch it."""

    status: int
    body: str
    retry_after: int | None = None

    @property
    def outcome(self) -> Outcome:
        """Say how the journal counts it."""
        if self.status != HTTP_OK:
            return Outcome.FAILED if self.status >= 500 else Outcome.REFUSED  # noqa: PLR2004  # HTTP
        return Outcome.REFUSED if '"ok": false' in self.body[:20] else Outcome.OK


class WebApi:
    """Answers the bot's calls out of the workspace's memory."""

    def __init__(
        self,
        slack: Callable[[], Slack],
        tokens: Tokens,
        faults: Faults,
        journal: Journal,
        sockets: Sockets,
    ) -> None:
        self._slack = slack
        self._tokens = tokens
        self._faults = faults
        self._journal = journal
        self._sockets = sockets

    def application(self) -> web.Application:
        """Return the web application of the vendor's side."""
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_post("/response/{path:.+}", self._respond)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/files/{file}/{name}", self._download)
        app.router.add_get("/socket", self._sockets.handle)
        return app

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        arguments, body = await _arguments(request)
        token = _token(request, arguments)

        def work() -> Result:
            return _guarded(lambda: self._answer(name, token, arguments))

        return await self._exchange(request, ("api", name), body, work)

    def _answer(self, name: str, token: str | None, arguments: Json) -> Json:
        wanted = METHODS.get(name)
        if wanted is None:
            raise Refusal("unknown_method")
        if token is None:
            raise Refusal("not_authed")
        if token != (self._tokens.app if wanted.token == "app" else self._tokens.bot):  # noqa: S105  # a kind
            raise Refusal("invalid_auth")
        slack = self._slack()
        slack.limits.count_call(name, wanted.per_minute)
        return wanted.answer(Call(slack, arguments))

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        body = (await request.read()).decode(errors="replace")

        def work() -> Result:
            try:
                respond(self._slack(), request.match_info["path"], body)
            except Refusal as refusal:
                return Result(HTTP_NOT_FOUND, json.dumps(refusal.as_json()))
            return Result(HTTP_OK, "ok")

        return await self._exchange(request, ("response_url", "response_url"), body, work)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content = await _uploaded(request)
        workspace = self._slack().workspace

        def work() -> Result:
            file = workspace.files.get(request.match_info["file"])
            if file is None or file.content:
                return Result(HTTP_NOT_FOUND, "not found")
            workspace.files[file.id] = replace(file, content=content)
            return Result(HTTP_OK, f"OK - {len(content)}")

        return await self._exchange(request, ("api", "upload"), f"{len(content)} bytes", work)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if _token(request, {}) != self._tokens.bot:
            raise web.HTTPForbidden
        file = self._slack().workspace.files.get(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.mimetype)

    async def _exchange(
        self, request: web.Request, titled: tuple[str, str], body: str, work: Callable[[], Result]
    ) -> web.StreamResponse:
        kind, title = titled
        n, at, started = self._journal.begin(), datetime.now(UTC), time.perf_counter()
        cause = self._journal.cause
        fault = self._faults.take(title, body)
        result = _faulty(fault) or work()
        if fault and fault.kind is FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
        is_lost = fault is not None and fault.kind in _LOST
        headers = tuple((k, v) for k, v in request.headers.items() if k in _SHOWN)
        self._journal.add(
            Entry(
                n=n,
                at=at,
                direction=Direction.FROM_BOT,
                kind=kind,
                title=title,
                request=Asked(request.method, request.path, headers, body),
                answer=None if is_lost else Answered(result.status, result.body),
                outcome=Outcome.FAILED if is_lost else result.outcome,
                milliseconds=(time.perf_counter() - started) * 1000,
                cause=cause,
            )
        )
        return _written(request, result, fault)


_SHOWN = {"Authorization", "Content-Type", "User-Agent"}


def _guarded(work: Callable[[], Json]) -> Result:
    try:
        return Result(HTTP_OK, json.dumps({"ok": True, **work()}))
    except Refusal as refusal:
        body = json.dumps(refusal.as_json())
        if refusal.retry_after is not None:
            return Result(TOO_MANY, body, refusal.retry_after)
        return Result(HTTP_OK, body)


def _faulty(fault: Fault | None) -> Result | None:
    """Return what goes back instead of an answer, when the call has no effect."""
    if fault is None:
        return None
    if fault.kind in _REFUSALS:
        return Result(HTTP_OK, json.dumps({"ok": False, "error": str(fault.kind)}))
    if fault.kind is FaultKind.RATE_LIMITED:
        body = json.dumps({"ok": False, "error": "ratelimited"})
        return Result(TOO_MANY, body, max(1, round(fault.seconds)))
    if fault.kind in _BEFORE:
        return Result(_STATUS.get(fault.kind, 503), "<html><body>Server error</body></html>")
    return None


def _written(request: web.Request, result: Result, fault: Fault | None) -> web.Response:
    if fault and fault.kind in _LOST and request.transport:
        request.transport.abort()
    if fault and fault.kind is FaultKind.GARBAGE:
        return web.Response(
            text="<!doctype html><p>Upstream says nothing.", content_type="text/html"
        )
    kind = "application/json" if result.body.startswith("{") else "text/html"
    response = web.Response(text=result.body, status=result.status, content_type=kind)
    response.headers["X-OAuth-Scopes"] = SCOPES
    if result.retry_after is not None:
        response.headers["Retry-After"] = str(result.retry_after)
    return response


def _token(request: web.Request, arguments: Json) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token
    given = arguments.get("token")
    return given if isinstance(given, str) else None


async def _arguments(request: web.Request) -> tuple[Json, str]:
    if request.content_type == "application/json":
        text = (await request.read()).decode(errors="replace")
        return _object(text), text
    posted = await request.post()
    fields: dict[str, Any] = dict(request.query)
    fields |= {name: value for name, value in posted.items() if isinstance(value, str)}
    return fields, json.dumps({name: value for name, value in fields.items() if name != "token"})


def _object(text: str) -> Json:
    try:
        parsed = json.loads(text or "{}")
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


async def _uploaded(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""
