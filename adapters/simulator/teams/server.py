"""The HTTP side of Teams: the issuer's documents, the token endpoint, the Bot Connector."""

import json
from collections.abc import Callable
from urllib.parse import urlencode

from aiohttp import web

from adapters.simulator.desk import Desk, Question, Result, Vendor
from adapters.simulator.faults import Faults
from adapters.simulator.journal import Journal
from adapters.simulator.teams.errors import refused_by_fault
from adapters.simulator.teams.issuer import Issuer, Json, TokenRefused

TEAMS = Vendor("teams", refused_by_fault)

METADATA_PATH = "/v1/.well-known/openidconfiguration"
KEYS_PATH = "/v1/.well-known/keys"
HTTP_OK = 200


class Server:
    """Answers the bot's calls."""

    def __init__(self, issuer: Issuer, faults: Faults, journal: Journal) -> None:
        self._issuer = issuer
        self._desk = Desk(TEAMS, faults, journal)

    def application(self) -> web.Application:
        """Return the web application of the vendor's side."""
        app = web.Application()
        app.router.add_get(METADATA_PATH, self._metadata)
        app.router.add_get(KEYS_PATH, self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
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

    async def _issue(
        self, request: web.Request, title: str, document: Callable[[], Json]
    ) -> web.Response:
        question = Question("issuer", title)
        return await self._desk.serve(
            request, question, lambda: Result(HTTP_OK, json.dumps(document()))
        )
