"""A tiny bot of the tests' own: it verifies with the library of the trade and answers as told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt
from aiohttp import ClientSession, web
from jwt import PyJWKSet

from adapters.simulator.teams.issuer import ISSUER
from adapters.simulator.teams.simulator import TeamsSimulator

Json = dict[str, Any]


@dataclass
class StandInBot:
    """Takes activities and remembers them; posts through the Bot Connector."""

    teams: TeamsSimulator
    session: ClientSession
    answers: list[web.Response] = field(default_factory=list)
    heard: list[Json] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    forged: int = 0
    token: str = ""

    def will_answer(self, said: Json | None = None, *, status: int = 200) -> None:
        """Answer the next request with this."""
        body = (
            web.Response(status=status) if said is None else web.json_response(said, status=status)
        )
        self.answers.append(body)

    async def handle(self, request: web.Request) -> web.Response:
        """Verify, remember, answer."""
        activity = await request.json()
        if not await self._is_true(request.headers.get("Authorization", ""), activity):
            self.forged += 1
            return web.Response(status=401)
        self.headers.append(dict(request.headers))
        self.heard.append(activity)
        return self.answers.pop(0) if self.answers else web.Response()

    def activities(self, kind: str) -> list[Json]:
        """Return the activities of one type or invoke name that were heard."""
        return [said for said in self.heard if kind in {said["type"], said.get("name")}]

    async def call(self, method: str, path: str, body: Json | None = None) -> tuple[int, Any]:
        """Ask the Bot Connector and return status and body."""
        headers = {"Authorization": f"Bearer {await self._bought()}"}
        url = f"{self.teams.service_url}v3/{path}"
        async with self.session.request(method, url, json=body, headers=headers) as answer:
            text = await answer.text()
            return answer.status, await answer.json() if text else None

    async def post(self, conversation: str, **activity: Any) -> tuple[int, Any]:
        """Post a message."""
        body = {"type": "message", **activity}
        return await self.call("POST", f"conversations/{conversation}/activities", body)

    async def _bought(self) -> str:
        form = {
            "grant_type": "client_credentials",
            "client_id": self.teams.app_id,
            "client_secret": self.teams.app_password,
            "scope": "https://api.botframework.com/.default",
        }
        if not self.token:
            async with self.session.post(self.teams.token_url, data=form) as answer:
                self.token = (await answer.json())["access_token"]
        return self.token

    async def _is_true(self, authorization: str, activity: Json) -> bool:
        token = authorization.removeprefix("Bearer ")
        async with self.session.get(self.teams.openid_metadata_url) as answer:
            metadata = await answer.json()
        async with self.session.get(metadata["jwks_uri"]) as answer:
            keys = PyJWKSet.from_dict(await answer.json())
        try:
            key = keys[jwt.get_unverified_header(token)["kid"]]
            claims = jwt.decode(
                token, key.key, ["RS256"], audience=self.teams.app_id, issuer=ISSUER
            )
        except (jwt.InvalidTokenError, KeyError):
            return False
        return bool(claims["serviceurl"] == activity["serviceUrl"])
