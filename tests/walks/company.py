"""Northwind Shipping on Slack and on Teams, with the whole program between them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType

from pydantic import SecretStr

import workflows
from adapters.simulator.rates import Rates as SlackRates
from adapters.simulator.sample import COLLEAGUES
from adapters.simulator.simulator import Settings as Workspace
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.teams.rates import Rates as TeamsRates
from adapters.simulator.teams.simulator import Behaviour, TeamsSimulator
from app import Parley
from bot.clock import MovableClock
from bot.settings import Settings
from console import sample
from console.simulated import simulated
from storage import jobs
from storage.jobs import State
from tests.adapters.house import PATIENCE_SECONDS
from tests.clients.client import Client
from tests.clients.slack import SlackClient
from tests.clients.teams import TeamsClient
from tests.simulation import settings_for

PLATFORMS = ("slack", "teams")
#: It is on both platforms, and these two, among others, read it.
CHANNEL = "hiring-security"
#: Real platforms' limits are far above what a walk sends.
SPACING = timedelta(milliseconds=1)
BREATH_SECONDS = 0.01


@dataclass
class Company:
    """One Parley with the simulators it serves, and the screens of those who are on each."""

    slack: SlackSimulator
    teams: TeamsSimulator
    parley: Parley
    clock: MovableClock
    on: dict[str, Client]

    async def move_to(self, moment: datetime) -> None:
        """Let it be *moment*, with all that comes due until then done."""
        self.clock.move_to(moment)
        await self.know_everybody()
        await self.parley.scheduler.sweep(moment)
        await self.quiet()

    async def know_everybody(self) -> None:
        """Let the platforms say who is a member, so that no first act has to wait for that."""
        users = [client.user(one.handle) for client in self.on.values() for one in COLLEAGUES]
        await asyncio.gather(*map(self.parley.standings.learn, users))

    async def quiet(self) -> None:
        """Wait until nothing that is due waits to be done."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self._has_work():  # noqa: ASYNC110 - an empty queue tells nobody
                await asyncio.sleep(BREATH_SECONDS)

    async def _has_work(self) -> bool:
        found = await self.parley.database.read(lambda s: jobs.listing(s, State.READY, 1000))
        return any(job.run_at <= self.clock.now() for job in found)


@asynccontextmanager
async def a_company(
    url: str,
    *,
    on: Collection[str] = PLATFORMS,
    packages: Sequence[ModuleType] = (workflows,),
    clock: MovableClock | None = None,
    channel: str = CHANNEL,
    beside: tuple[str, ...] = (),
) -> AsyncIterator[Company]:
    """Open the company on the database at *url*, with everybody of the sample in it."""
    clock = clock or MovableClock()
    slack_settings = Workspace(
        now=clock.now,
        patience_seconds=PATIENCE_SECONDS,
        retry_seconds=(0.0,),
        rates=SlackRates.unlimited(),
    )
    behaviour = Behaviour(
        now=clock.now, patience_seconds=PATIENCE_SECONDS, rates=TeamsRates.unlimited()
    )
    async with SlackSimulator(settings=slack_settings) as slack, TeamsSimulator(behaviour) as teams:
        parley = Parley(_settings(url, slack, teams, on), clock, packages=packages)
        await parley.start()
        for platform in parley.platforms.values():
            platform.spacing = SPACING
        await parley.database.write(lambda session: sample.seed(session, clock.now()))
        slack.bot_url, teams.bot_url = f"{parley.url}/slack/events", parley.url
        screens: dict[str, Client] = {
            "slack": SlackClient(slack, channel, beside=beside),
            "teams": TeamsClient(teams, channel, beside=beside),
        }
        company = Company(slack, teams, parley, clock, {name: screens[name] for name in on})
        await company.know_everybody()
        yield company
        slack.bot_url = teams.bot_url = None
        await parley.close()


def _settings(
    url: str, slack: SlackSimulator, teams: TeamsSimulator, on: Collection[str]
) -> Settings:
    """Return settings with the platforms that are *on*; the key is the same in every walk."""
    key = SecretStr("the key of all walks is long enough to seal with")
    own = settings_for(url).model_copy(update={"secret_key": key})
    off = {"slack": "slack_signing_secret", "teams": "teams_app_id"}
    unset = {name: None for platform, name in off.items() if platform not in on}
    return simulated(own, slack, teams).model_copy(update=unset)
