"""A whole Parley and the simulated Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from adapters.simulator.messages import Message as Seen
from adapters.simulator.rates import Rates
from adapters.simulator.simulator import Settings, SlackSimulator
from adapters.slack.platform import SlackPlatform, SlackSettings
from bot.engine import Engine
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


@asynccontextmanager
async def a_house(
    url: str, *, over_socket: bool = False, names: dict[str, str] | None = None, room: int = 1000
) -> AsyncIterator[House]:
    """Open a house on the database at *url*."""
    settings = Settings(
        patience_seconds=PATIENCE_SECONDS, retry_seconds=(0.0,), rates=Rates.unlimited()
    )
    async with SlackSimulator(settings=settings) as slack:
        platform = SlackPlatform(
            SlackSettings(
                signing_secret=slack.signing_secret,
                bot_token=slack.bot_token,
                app_token=slack.app_token if over_socket else None,
                team_id=slack.team_id,
                api_base=slack.api_base,
                command_names=names or {},
            )
        )
        async with a_parley(url, platform, room=room) as parley:
            slack.bot_url = f"{parley.url}/slack/events"
            if over_socket:
                await slack.wait_for(lambda: slack.socket_is_open, PATIENCE_SECONDS)
            yield House(slack, platform, parley.database, parley.engine, parley.toy, parley.dead)
