"""A house with a search, interviews and scorecards in it, over each of the two databases."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.furniture import Furniture
from tests.workflows.engine import engine_around
from tests.workflows.feedback.house import House, move_in
from workflows import feedback
from workflows.feedback import handlers

assert handlers


@pytest.fixture
def furniture() -> Furniture:
    """Everybody, two candidates, and who met them."""
    return move_in


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    async with engine_around(feedback.workflow, database) as (engine, clock, sealer):
        yield House(engine, database, clock, sealer)
