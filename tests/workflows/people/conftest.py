"""A house with the people in it, over each of the two databases."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.bot.platforms import MemoryPlatform
from tests.furniture import Furniture
from tests.workflows.engine import engine_around
from tests.workflows.people.house import SLACK, TEAMS, House, move_in
from workflows import people
from workflows.people import handlers

assert handlers


@pytest.fixture
def furniture() -> Furniture:
    """Everybody, with an account on each platform."""
    return move_in


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    platforms = {name: MemoryPlatform(name) for name in (SLACK, TEAMS)}
    async with engine_around(people.workflow, database, platforms=platforms) as (
        engine,
        clock,
        sealer,
    ):
        yield House(engine, database, clock, sealer, platforms=platforms)
