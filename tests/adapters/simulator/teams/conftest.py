"""A running Teams, and a stand-in for the bot."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web

from adapters.simulator.teams.rates import Rates
from adapters.simulator.teams.simulator import Behaviour, TeamsSimulator
from tests.adapters.simulator.teams.stand_in import StandInBot


@pytest.fixture
async def teams() -> AsyncIterator[TeamsSimulator]:
    settings = Behaviour(patience_seconds=20.0, rates=Rates.unlimited())
    async with TeamsSimulator(settings) as simulator:
        yield simulator


@pytest.fixture
async def bot(teams: TeamsSimulator, http: ClientSession) -> AsyncIterator[StandInBot]:
    stand_in = StandInBot(teams, http)
    app = web.Application()
    app.router.add_post("/api/messages", stand_in.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    teams.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield stand_in
    await runner.cleanup()
