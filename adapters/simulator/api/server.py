"""The HTTP side of the Web API: tokens, arguments, faults, the journal."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import web

from adapters.simulator import scopes
from adapters.simulator.api import chat, conversations, files, people, views
from adapters.simulator.api.calls import METHODS, Call, Json, Slack
from adapters.simulator.api.responses import respond
from adapters.simulator.desk import Desk, Question, Result, Vendor
from adapters.simulator.errors import Refusal
from adapters.simulator.faults import Fault, FaultKind, Faults
from adapters.simulator.journal import Journal
from adapters.simulator.sockets import Sockets

#: Importing these modules registers their methods.
GROUPS = (chat, conversations, files, people, views)

BODY_BYTES = 20 * 1024 * 1024
HTTP_OK, HTTP_NOT_FOUND, TOO_MANY = 200, 404, 429
_REFUSALS = {FaultKind.TOKEN_REVOKED, FaultKind.ACCOUNT_INACTIVE, FaultKind.FATAL_ERROR}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The secrets of the installed bot, and what it may do."""

    bot: str
    app: str
    scopes: frozenset[str] = field(default_factory=scopes.every_scope)


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
        # Every answer says what the bot was allowed.
        said = {"X-OAuth-Scopes": ",".join(sorted(tokens.scopes))}
        self._desk = Desk(Vendor("slack", _refused, said), faults, journal)
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

        return await self._desk.serve(request, Question("api", name, body), work)

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
        call = Call(slack, arguments)
        scopes.check(wanted, call, self._tokens.scopes)
        return scopes.shown(wanted.answer(call), self._tokens.scopes)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        body = (await request.read()).decode(errors="replace")

        def work() -> Result:
            try:
                respond(self._slack(), request.match_info["path"], body)
            except Refusal as refusal:
                return Result(HTTP_NOT_FOUND, json.dumps(refusal.as_json()))
            return Result(HTTP_OK, "ok")

        return await self._desk.serve(request, Question("response_url", "response_url", body), work)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content = await _uploaded(request)
        workspace = self._slack().workspace

        def work() -> Result:
            file = workspace.files.get(request.match_info["file"])
            if file is None or file.content:
                return Result(HTTP_NOT_FOUND, "not found")
            workspace.files[file.id] = replace(file, content=content)
            return Result(HTTP_OK, f"OK - {len(content)}")

        return await self._desk.serve(
            request, Question("api", "upload", f"{len(content)} bytes"), work
        )

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if _token(request, {}) != self._tokens.bot:
            raise web.HTTPForbidden
        file = self._slack().workspace.files.get(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.mimetype)


def _guarded(work: Callable[[], Json]) -> Result:
    try:
        return Result(HTTP_OK, json.dumps({"ok": True, **work()}))
    except Refusal as refusal:
        return _no(refusal)


def _refused(fault: Fault) -> Result | None:
    if fault.kind in _REFUSALS:
        return _no(Refusal(str(fault.kind)))
    if fault.kind is FaultKind.RATE_LIMITED:
        return _no(Refusal("ratelimited", retry_after=max(1, round(fault.seconds))))
    return None


def _no(refusal: Refusal) -> Result:
    body = json.dumps(refusal.as_json())
    if refusal.retry_after is not None:
        return Result(TOO_MANY, body, refusal.retry_after)
    return Result(HTTP_OK, body, is_refusal=True)


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
