"""A house with the people in it, over each of the two databases."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.bot.platforms import MemoryPlatform
from tests.workflows.engine import engine_around
from tests.workflows.people.house import SLACK, TEAMS, House, move_in
from workflows import people
from workflows.people import handlers

assert handlers


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    platforms = {name: MemoryPlatform(name) for name in (SLACK, TEAMS)}
    async with engine_around(people.workflow, database, platforms=platforms) as (
        engine,
        clock,
        sealer,
    ):
        ids = await database.write(move_in)
        yield House(engine, database, clock, sealer, ids, platforms)
