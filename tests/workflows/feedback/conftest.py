"""The engine around feedback, over each of the two databases."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.workflows.engine import engine_around
from tests.workflows.feedback.house import House
from workflows import feedback
from workflows.feedback import handlers

assert handlers


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    """The engine around the database, which the module's own `furniture` has furnished."""
    async with engine_around(feedback.workflow, database) as (engine, clock, sealer):
        yield House(engine, database, clock, sealer)
