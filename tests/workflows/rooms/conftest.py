"""A house with the rooms in it, over each of the two databases."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.bot.platforms import MemoryPlatform
from tests.furniture import Furniture
from tests.workflows.engine import engine_around
from tests.workflows.people.house import House, move_in
from workflows import rooms
from workflows.rooms import handlers

assert handlers


@pytest.fixture
def furniture() -> Furniture:
    """Everybody, with an account on each platform."""
    return move_in


@pytest.fixture
def slack() -> MemoryPlatform:
    return MemoryPlatform("slack")


@pytest.fixture
def teams() -> MemoryPlatform:
    return MemoryPlatform("teams")


@pytest.fixture
async def house(
    database: Database, slack: MemoryPlatform, teams: MemoryPlatform
) -> AsyncIterator[House]:
    platforms = {"slack": slack, "teams": teams}
    async with engine_around(rooms.workflow, database, platforms=platforms) as (
        engine,
        clock,
        sealer,
    ):
        yield House(engine, database, clock, sealer)
