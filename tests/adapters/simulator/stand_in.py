"""A tiny bot of the tests' own: it verifies with Slack's library and answers as told."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_sdk.signature import SignatureVerifier

Json = dict[str, Any]


@dataclass
class StandInBot:
    """Takes Slack's requests and remembers them."""

    secret: str
    answers: list[web.Response] = field(default_factory=list)
    heard: list[Json] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    forged: int = 0

    def will_answer(self, said: Json | str | None = None, *, status: int = 200) -> None:
        """Answer the next request with this."""
        if isinstance(said, dict):
            self.answers.append(web.json_response(said, status=status))
        else:
            self.answers.append(web.Response(text=said or "", status=status))

    async def handle(self, request: web.Request) -> web.Response:
        """Verify, remember, answer."""
        body = await request.text()
        verifier = SignatureVerifier(self.secret)
        if not verifier.is_valid_request(body, dict(request.headers)):
            self.forged += 1
            return web.Response(status=401)
        self.headers.append(dict(request.headers))
        self.heard.append(_parsed(body))
        return self.answers.pop(0) if self.answers else web.Response()

    def events(self, kind: str) -> list[Json]:
        """Return the events of one type that were heard."""
        found = [said["event"] for said in self.heard if said.get("type") == "event_callback"]
        return [event for event in found if event["type"] == kind]

    def payloads(self, kind: str) -> list[Json]:
        """Return the interactivity payloads of one type that were heard."""
        return [said for said in self.heard if said.get("type") == kind]


def _parsed(body: str) -> Json:
    if body.startswith("{"):
        parsed: Json = json.loads(body)
        return parsed
    fields: Json = dict(parse_qsl(body, keep_blank_values=True, strict_parsing=True))
    if "payload" in fields:
        payload: Json = json.loads(fields["payload"])
        return payload
    return fields
