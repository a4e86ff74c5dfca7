"""The HTTP side of Teams: the issuer's documents, the token endpoint, the Bot Connector."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from adapters.simulator.desk import Desk, Question, Result, Vendor
from adapters.simulator.faults import Faults
from adapters.simulator.journal import Journal
from adapters.simulator.teams.calls import CALLS, Answer, Call
from adapters.simulator.teams.connector import Connector, Reply
from adapters.simulator.teams.errors import Refusal, bad_request, refused_by_fault, unauthorized
from adapters.simulator.teams.issuer import Issuer, TokenRefused
from adapters.simulator.teams.outgoing import checked_size

Json = dict[str, Any]
TEAMS = Vendor("teams", refused_by_fault)

METADATA_PATH = "/v1/.well-known/openidconfiguration"
KEYS_PATH = "/v1/.well-known/keys"
TOKEN_PATH = "/{tenant}/oauth2/v2.0/token"  # noqa: S105  # an address, not a secret
SERVICE = "/emea"
BODY_BYTES = 1024 * 1024
HTTP_OK = 200


class Server:
    """Answers the bot's calls."""

    def __init__(
        self,
        issuer: Issuer,
        connector: Callable[[], Connector],
        faults: Faults,
        journal: Journal,
        *,
        files: Callable[[], Mapping[str, bytes]],
    ) -> None:
        self._issuer = issuer
        self._connector = connector
        self._files = files
        self._desk = Desk(TEAMS, faults, journal)

    def application(self) -> web.Application:
        """Return the web application of the vendor's side."""
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_get(METADATA_PATH, self._metadata)
        app.router.add_get(KEYS_PATH, self._keys)
        app.router.add_post(TOKEN_PATH, self._token)
        app.router.add_get("/files/{file}", self._file)
        for call in CALLS:
            app.router.add_route(call.method, SERVICE + call.path, self._route(call))
        return app

    async def _metadata(self, request: web.Request) -> web.Response:
        base_url = str(request.url.origin())
        return await self._issue(request, "openid", lambda: self._issuer.metadata(base_url))

    async def _keys(self, request: web.Request) -> web.Response:
        return await self._issue(request, "keys", self._issuer.key_set)

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}

        def work() -> Result:
            try:
                bought = self._issuer.sell(request.match_info["tenant"], form)
            except TokenRefused as refused:
                return Result(refused.status, json.dumps(refused.as_json()))
            return Result(HTTP_OK, json.dumps(bought))

        shown = urlencode(form | {"client_secret": "…"})
        return await self._desk.serve(request, Question("token", "token", shown), work)

    async def _file(self, request: web.Request) -> web.Response:
        content = self._files().get(request.match_info["file"])
        if content is None or "Authorization" in request.headers:
            raise web.HTTPNotFound  # SharePoint knows its own tickets alone
        return web.Response(body=content)

    async def _issue(
        self, request: web.Request, title: str, document: Callable[[], Json]
    ) -> web.Response:
        question = Question("issuer", title)
        return await self._desk.serve(
            request, question, lambda: Result(HTTP_OK, json.dumps(document()))
        )

    def _route(self, call: Call) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            body = await request.read()

            def work() -> Result:
                try:
                    status, said = self._answer(request, body, call.answer)
                except Refusal as refusal:
                    return refusal.as_result()
                return Result(status, "" if said is None else json.dumps(said))

            question = Question("api", call.title, body.decode(errors="replace"))
            return await self._desk.serve(request, question, work)

        return handle

    def _answer(self, request: web.Request, body: bytes, answer: Answer) -> Reply:
        if not self._issuer.bears(request.headers.get("Authorization", "")):
            raise unauthorized()
        checked_size(body)
        return answer(self._connector(), request, _object(body))


def _object(body: bytes) -> Json:
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        raise bad_request("The body must be a JSON object.")
    return parsed
