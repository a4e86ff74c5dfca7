"""The engine that stands around one workflow, over a real database."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.clock import FrozenClock
from bot.engine import Engine
from bot.standing import Standings
from bot.workflow import Workflow
from storage.database import Database
from storage.secrets import Sealer
from tests.bot.platforms import MemoryPlatform

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
KEY = "a key for tests that is long enough"


@asynccontextmanager
async def engine_around(
    workflow: Workflow,
    database: Database,
    *,
    beside: Sequence[Workflow] = (),
    platforms: Mapping[str, MemoryPlatform] | None = None,
) -> AsyncIterator[tuple[Engine, FrozenClock, Sealer]]:
    """Start the engine with *workflow* and what stands *beside* it alone.

    Both platforms know everybody as a member, unless *platforms* say otherwise.
    """
    clock, sealer = FrozenClock(MONDAY), Sealer(KEY)
    messengers = platforms or {name: MemoryPlatform(name) for name in ("slack", "teams")}
    standings = Standings(database, messengers, clock)
    yield (
        Engine(database, [workflow, *beside], clock=clock, sealer=sealer, standings=standings),
        clock,
        sealer,
    )
    await standings.close()
