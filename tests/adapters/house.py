"""A whole Parley behind a real socket: the toy workflow, a real engine, a worker, one platform."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp.web import Application
from sqlmodel import Session

from bot import web
from bot.clock import Clock
from bot.delivery import Delivery
from bot.engine import Engine
from bot.platform import Platform
from bot.standing import Standings
from bot.worker import Worker
from bot.workflow import Workflow
from storage.database import Database
from storage.jobs import Job
from storage.secrets import Sealer
from tests.adapters.toy import Toy

PATIENCE_SECONDS = 90.0
#: Toys that wait for the next house: making one takes longer than making the rest of it.
_toys: list[Toy] = []


class Mounted(Platform, Protocol):
    """A platform with an address of its own."""

    def mount(self, app: Application) -> None:
        """Add the address that the platform sends its traffic to."""


@dataclass
class Parley:
    """What runs; *url* is where platforms reach it, *dead* the codes of jobs that were given up."""

    platform: Mounted
    database: Database
    engine: Engine
    toy: Toy
    standings: Standings
    url: str = ""
    dead: list[str] = field(default_factory=list)


@asynccontextmanager
async def a_parley(
    url: str, platform: Mounted, *, room: int = 1000, more: Sequence[Workflow] = ()
) -> AsyncIterator[Parley]:
    """Open one on the database at *url*, and close it in the order that `app.py` does.

    *more* workflows live beside the toy.
    """
    database = Database(url, room=room)
    await database.open()
    toy, clock = _lent_toy(), Clock()
    sealer = Sealer("the key of the tests, long enough to seal")
    platforms: dict[str, Platform] = {platform.name: platform}
    standings = Standings(database, platforms, clock)
    engine = Engine(
        database, [toy.workflow, *more], clock=clock, sealer=sealer, standings=standings
    )
    parley = Parley(platform, database, engine, toy, standings)
    delivery = Delivery(database, platforms, sealer, clock, standings=standings)
    worker = await _work(parley, delivery)
    app = web.application(_ready)
    platform.mount(app)
    runner = await web.serve(app, "127.0.0.1", 0)
    parley.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    await platform.start(engine)
    yield parley
    await runner.cleanup()
    await worker.close()
    await standings.close()
    await platform.close()
    await database.close()
    _toys.append(toy)


def _lent_toy() -> Toy:
    # Two take turns: a test may ask what the first heard while it plays with a second.
    toy = _toys.pop(0) if len(_toys) > 1 else Toy()
    toy.heard.clear()
    return toy


async def _ready() -> list[str]:
    return []


async def _work(parley: Parley, delivery: Delivery) -> Worker:
    def note_death(_session: Session, _job: Job, code: str) -> None:
        parley.dead.append(code)

    worker = Worker(
        parley.database, parley.engine.clock, {"send": delivery.deliver}, on_dead=note_death
    )
    await worker.start()
    return worker
