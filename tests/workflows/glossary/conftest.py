"""A house with the glossary in it, over each of the two databases."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.workflows.engine import engine_around
from tests.workflows.glossary.house import House, move_in
from workflows import glossary
from workflows.glossary import handlers

assert handlers


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    async with engine_around(glossary.workflow, database) as (engine, clock, sealer):
        ids = await database.write(move_in)
        await database.write(lambda session: glossary.seed(session, clock.now()))
        yield House(engine, database, clock, sealer, ids)
