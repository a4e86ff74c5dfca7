"""A whole Parley behind real sockets: the toy workflow, a real engine, the simulated Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlmodel import Session

from adapters.simulator.messages import Message as Seen
from adapters.simulator.rates import Rates
from adapters.simulator.simulator import Settings, SlackSimulator
from adapters.slack.platform import SlackPlatform, SlackSettings
from bot import web
from bot.clock import Clock
from bot.delivery import Delivery
from bot.engine import Engine
from bot.standing import Standings
from bot.worker import Worker
from bot.workflow import Workflow
from storage.database import Database
from storage.jobs import Job
from storage.secrets import Sealer
from tests.adapters.slack.toy import Toy

PATIENCE_SECONDS = 20.0


@dataclass
class House:
    """What a test plays with."""

    slack: SlackSimulator
    platform: SlackPlatform
    database: Database
    engine: Engine
    toy: Toy
    standings: Standings
    dead: list[str] = field(default_factory=list)

    async def until(self, claim: Callable[[], object]) -> None:
        """Wait until *claim* holds; what a loaded machine takes is no matter."""
        await self.slack.wait_for(claim, timeout_seconds=PATIENCE_SECONDS)

    async def sees(self, person: str, channel: str, words: str) -> Seen:
        """Wait until the person sees *words*, and return the message."""

        def found() -> list[Seen]:
            return [seen for seen in self.slack.sees(person, channel) if words in seen.words()]

        await self.until(found)
        return found()[-1]


async def _ready() -> list[str]:
    return []


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
    """Open a house on the database at *url*, and close it in the order that `app.py` does.

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
        database = Database(url, room=room)
        await database.open()
        toy, clock = Toy(), Clock()
        sealer = Sealer("the key of the tests, long enough to seal")
        platforms = {platform.name: platform}
        standings = Standings(database, platforms, clock)
        engine = Engine(
            database, [toy.workflow, *more], clock=clock, sealer=sealer, standings=standings
        )
        house = House(slack, platform, database, engine, toy, standings)
        worker = await _work(
            house, Delivery(database, platforms, sealer, clock, standings=standings)
        )
        app = web.application(_ready)
        platform.mount(app)
        runner = await web.serve(app, "127.0.0.1", 0)
        slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        await platform.start(engine)
        if over_socket and team:
            await slack.wait_for(lambda: slack.socket_is_open, PATIENCE_SECONDS)
        yield house
        await runner.cleanup()
        await worker.close()
        await standings.close()
        await platform.close()
        await database.close()


async def _work(house: House, delivery: Delivery) -> Worker:
    def note_death(_session: Session, _job: Job, code: str) -> None:
        house.dead.append(code)

    worker = Worker(
        house.database, house.engine.clock, {"send": delivery.deliver}, on_dead=note_death
    )
    await worker.start()
    return worker
