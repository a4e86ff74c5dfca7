"""A tiny bot of the tests' own, a running simulator, and Slack's client against it."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import pytest
from aiohttp import ClientSession, web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from adapters.simulator.rates import Rates
from adapters.simulator.simulator import Settings, SlackSimulator

Json = dict[str, Any]


@dataclass
class StandInBot:
    """Takes Slack's requests, verifies them with Slack's own library, answers as told."""

    secret: str
    answers: list[web.Response] = field(default_factory=list)
    heard: list[Json] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    forged: int = 0
    url: str = ""

    def will_answer(self, said: Json | str | None = None, *, status: int = 200) -> None:
        """Answer the next request with this."""
        if isinstance(said, dict):
            self.answers.append(web.json_response(said, status=status))
        else:
            self.answers.append(web.Response(text=said or "", status=status))

    async def handle(self, request: web.Request) -> web.Response:
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


def _parsed(body: str) -> Json:
    if body.startswith("{"):
        parsed: Json = json.loads(body)
        return parsed
    fields: Json = dict(parse_qsl(body, keep_blank_values=True, strict_parsing=True))
    if "payload" in fields:
        payload: Json = json.loads(fields["payload"])
        return payload
    return fields


@pytest.fixture
async def slack() -> AsyncIterator[SlackSimulator]:
    settings = Settings(
        patience_seconds=1.0, retry_seconds=(0.0, 0.0, 0.0), rates=Rates.unlimited()
    )
    async with SlackSimulator(settings=settings) as simulator:
        yield simulator


@pytest.fixture
async def bot(slack: SlackSimulator) -> AsyncIterator[StandInBot]:
    stand_in = StandInBot(slack.signing_secret)
    app = web.Application()
    app.router.add_post("/slack/events", stand_in.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stand_in.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    slack.bot_url = stand_in.url
    yield stand_in
    await runner.cleanup()


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def client(slack: SlackSimulator, http: ClientSession) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_base, session=http, retry_handlers=[])
