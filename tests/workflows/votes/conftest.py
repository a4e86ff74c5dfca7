"""The engine around votes, over each of the two databases."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.furniture import Furniture
from tests.workflows.engine import engine_around
from tests.workflows.votes.house import IDS, House, move_in
from workflows import votes
from workflows.votes import handlers

assert handlers


@pytest.fixture
def furniture() -> Furniture:
    """Everybody, a search, and a candidate whom a panel has met."""
    return move_in


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    """The engine around the database."""
    async with engine_around(votes.workflow, database) as (engine, clock, sealer):
        yield House(engine, database, clock, sealer, IDS)
