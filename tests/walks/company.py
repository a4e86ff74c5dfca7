"""Northwind Shipping on Slack and on Teams at once, with the whole program between them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import ModuleType

import workflows
from adapters.simulator.messages import Message as SlackMessage
from adapters.simulator.rates import Rates as SlackRates
from adapters.simulator.simulator import Settings as Workspace
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.teams.messages import Message as TeamsMessage
from adapters.simulator.teams.rates import Rates as TeamsRates
from adapters.simulator.teams.simulator import Behaviour, TeamsSimulator
from app import Parley
from bot.clock import MovableClock
from bot.settings import Settings
from console import sample
from console.simulated import simulated
from tests.adapters.house import PATIENCE_SECONDS


@dataclass
class Company:
    """Two simulators with one Parley, and what people read on each."""

    slack: SlackSimulator
    teams: TeamsSimulator
    parley: Parley

    def in_slack(self, channel: str, reader: str = "ada") -> list[SlackMessage]:
        """Return what Parley says to all in a channel of Slack."""
        seen = self.slack.sees(reader, channel)
        return [one for one in seen if one.user == self._slack_bot and not one.only_for]

    def in_teams(self, channel: str, reader: str = "ada") -> list[TeamsMessage]:
        """Return what Parley says to all in a channel of Teams."""
        seen = self.teams.sees(reader, channel)
        return [one for one in seen if one.author == self.teams.world.bot_id]

    def told_on_slack(self, handle: str) -> list[SlackMessage]:
        """Return what Parley says to somebody in their own chat on Slack."""
        return [one for one in self.slack.sees_direct(handle) if one.user == self._slack_bot]

    def told_on_teams(self, handle: str) -> list[TeamsMessage]:
        """Return what Parley says to somebody in their own chat on Teams."""
        bot = self.teams.world.bot_id
        return [one for one in self.teams.sees_direct(handle) if one.author == bot]

    async def on_slack(self, handle: str, words: str) -> SlackMessage:
        """Return what somebody is told on Slack with *words* in it, once it is there."""

        def found() -> list[SlackMessage]:
            return [one for one in self.told_on_slack(handle) if words in one.words()]

        await self.slack.wait_for(found, PATIENCE_SECONDS)
        return found()[-1]

    async def on_teams(self, handle: str, words: str) -> TeamsMessage:
        """Return what somebody is told on Teams with *words* in it, once it is there."""

        def found() -> list[TeamsMessage]:
            return [one for one in self.told_on_teams(handle) if words in one.words()]

        await self.teams.wait_for(found, PATIENCE_SECONDS)
        return found()[-1]

    @property
    def _slack_bot(self) -> str:
        return self.slack.workspace.bot.id


@asynccontextmanager
async def a_company(
    url: str, *, packages: Sequence[ModuleType] = (workflows,)
) -> AsyncIterator[Company]:
    """Open the company on the database at *url*, with everybody of the sample in it."""
    clock = MovableClock()
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
        own = Settings(_env_file=None, database_url=url, port=0, metrics_port=0, simulator_port=0)
        parley = Parley(simulated(own, slack, teams), clock, packages=packages)
        await parley.start()
        await parley.database.write(lambda session: sample.seed(session, clock.now()))
        slack.bot_url, teams.bot_url = f"{parley.url}/slack/events", parley.url
        yield Company(slack, teams, parley)
        slack.bot_url = teams.bot_url = None
        await parley.close()
