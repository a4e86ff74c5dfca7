"""A whole Parley and the simulated Teams."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from adapters.simulator.teams.conversations import Conversation
from adapters.simulator.teams.messages import Message as Seen
from adapters.simulator.teams.rates import Rates
from adapters.simulator.teams.simulator import Behaviour, TeamsSimulator
from adapters.teams.platform import TeamsPlatform, TeamsSettings
from bot.engine import Engine
from bot.inbound import Place, UserRef
from bot.standing import Standings
from bot.workflow import Workflow
from storage.database import Database
from tests.adapters.house import PATIENCE_SECONDS, a_parley
from tests.adapters.toy import Toy


@dataclass
class House:
    """What a test plays with."""

    teams: TeamsSimulator
    platform: TeamsPlatform
    database: Database
    engine: Engine
    toy: Toy
    standings: Standings
    dead: list[str]

    def place(self, name: str, thread: str | None = None) -> Place:
        """Return the channel or group chat of that name."""
        return Place("teams", self.teams.tenant_id, self.teams.conversation(name).id, thread)

    def user(self, handle: str) -> UserRef:
        """Return somebody's account."""
        person = self.teams.person(handle)
        return UserRef("teams", person.tenant_id, person.aad_object_id or person.id)

    def said_in(self, name: str) -> list[Seen]:
        """Return the bot's messages in a channel or group chat, the oldest first."""
        return self._own(self.teams.conversation(name))

    def said_to(self, handle: str) -> list[Seen]:
        """Return the bot's messages in somebody's own chat with it, the oldest first."""
        return self._own(self.teams.world.personal(self.teams.person(handle).id))

    def _own(self, conversation: Conversation) -> list[Seen]:
        bot = self.teams.world.bot_id
        return [seen for seen in conversation.messages.values() if seen.author == bot]

    async def until(self, claim: Callable[[], object]) -> None:
        """Wait until *claim* holds; what a loaded machine takes is no matter."""
        await self.teams.wait_for(claim, timeout_seconds=PATIENCE_SECONDS)


def settings_for(teams: TeamsSimulator) -> TeamsSettings:
    """Return what connects a bot with the simulated tenant."""
    return TeamsSettings(
        app_id=teams.app_id,
        app_password=teams.app_password,
        tenant_id=teams.tenant_id,
        openid_metadata_url=teams.openid_metadata_url,
        token_url=teams.token_url,
        service_hosts=frozenset({teams.service_host}),
        service_url=teams.service_url,
    )


@asynccontextmanager
async def a_house(
    url: str, *, room: int = 1000, more: Sequence[Workflow] = ()
) -> AsyncIterator[House]:
    """Open a house on the database at *url*; *more* workflows live beside the toy."""
    behaviour = Behaviour(patience_seconds=PATIENCE_SECONDS, rates=Rates.unlimited())
    async with TeamsSimulator(behaviour) as teams:
        platform = TeamsPlatform(settings_for(teams))
        platform.spacing = timedelta(milliseconds=10)
        async with a_parley(url, platform, room=room, more=more) as parley:
            teams.bot_url = parley.url
            yield House(
                teams,
                platform,
                parley.database,
                parley.engine,
                parley.toy,
                parley.standings,
                parley.dead,
            )
