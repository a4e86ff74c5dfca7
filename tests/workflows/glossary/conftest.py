"""A house with the glossary in it, over each of the two databases."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.clock import FrozenClock
from bot.engine import Engine
from bot.standing import Standings
from storage.database import Database
from storage.secrets import Sealer
from tests.bot.platforms import MemoryPlatform
from tests.workflows.glossary.house import House, move_in
from workflows import glossary
from workflows.glossary import handlers

assert handlers


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    clock = FrozenClock(datetime(2026, 11, 2, 9, tzinfo=UTC))  # a Monday
    sealer = Sealer("a key for tests that is long enough")
    standings = Standings(database, {"slack": MemoryPlatform("slack")}, clock)
    engine = Engine(database, [glossary.workflow], clock=clock, sealer=sealer, standings=standings)
    ids = await database.write(move_in)
    await database.write(lambda session: glossary.seed(session, clock.now()))
    yield House(engine, database, clock, sealer, ids)
    await standings.close()
