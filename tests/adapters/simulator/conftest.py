"""A running simulator, a stand-in for the bot, and Slack's own client."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web
from slack_sdk.web.async_client import AsyncWebClient

from adapters.simulator.rates import Rates
from adapters.simulator.simulator import Settings, SlackSimulator
from tests.adapters.simulator.stand_in import StandInBot


@pytest.fixture
async def slack() -> AsyncIterator[SlackSimulator]:
    settings = Settings(
        patience_seconds=20.0, retry_seconds=(0.0, 0.0, 0.0), rates=Rates.unlimited()
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
    slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield stand_in
    await runner.cleanup()


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def client(slack: SlackSimulator, http: ClientSession) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_base, session=http, retry_handlers=[])
