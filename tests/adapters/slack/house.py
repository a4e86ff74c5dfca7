"""A whole Parley and the simulated Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from adapters.simulator.messages import Message as Seen
from adapters.simulator.rates import Rates
from adapters.simulator.simulator import Settings, SlackSimulator
from adapters.slack.platform import SlackPlatform, SlackSettings
from bot.engine import Engine
from bot.standing import Standings
from bot.workflow import Workflow
from storage.database import Database
from tests.adapters.house import PATIENCE_SECONDS, a_parley
from tests.adapters.toy import Toy


@dataclass
class House:
    """What a test plays with."""

    slack: SlackSimulator
    platform: SlackPlatform
    database: Database
    engine: Engine
    toy: Toy
    standings: Standings
    dead: list[str]

    async def until(self, claim: Callable[[], object]) -> None:
        """Wait until *claim* holds; what a loaded machine takes is no matter."""
        await self.slack.wait_for(claim, timeout_seconds=PATIENCE_SECONDS)

    async def sees(self, person: str, channel: str, words: str) -> Seen:
        """Wait until the person sees *words*, and return the message."""

        def found() -> list[Seen]:
            return [seen for seen in self.slack.sees(person, channel) if words in seen.words()]

        await self.until(found)
        return found()[-1]


def nothing(_slack: SlackSimulator) -> None:
    """Leave Slack as it is."""


@asynccontextmanager
async def a_house(
    url: str,
    *,
    over_socket: bool = False,
    names: dict[str, str] | None = None,
    room: int = 1000,
    team: str | None = "T0PARLEY",
    before: Callable[[SlackSimulator], None] = nothing,
    more: Sequence[Workflow] = (),
) -> AsyncIterator[House]:
    """Open a house on the database at *url*.

    *before* is done to Slack before anybody knocks; *more* workflows live beside the toy.
    """
    settings = Settings(
        patience_seconds=PATIENCE_SECONDS, retry_seconds=(0.0,), rates=Rates.unlimited()
    )
    async with SlackSimulator(settings=settings) as slack:
        before(slack)
        platform = SlackPlatform(
            SlackSettings(
                signing_secret=slack.signing_secret,
                bot_token=slack.bot_token,
                app_token=slack.app_token if over_socket else None,
                team_id=team,
                api_base=slack.api_base,
                command_names=names or {},
            )
        )
        async with a_parley(url, platform, room=room, more=more) as parley:
            slack.bot_url = f"{parley.url}/slack/events"
            if over_socket and team:
                await slack.wait_for(lambda: slack.socket_is_open, PATIENCE_SECONDS)
            yield House(
                slack,
                platform,
                parley.database,
                parley.engine,
                parley.toy,
                parley.standings,
                parley.dead,
            )
