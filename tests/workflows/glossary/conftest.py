"""A house with the glossary in it, over each of the two databases."""

from collections import OrderedDict
from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.furniture import Furniture
from tests.workflows.engine import engine_around
from tests.workflows.glossary.house import IDS, House, move_in
from workflows import glossary
from workflows.glossary import handlers, shelf

assert handlers


@pytest.fixture
def furniture() -> Furniture:
    """Everybody, and the terms that the glossary begins with."""
    return move_in


@pytest.fixture
async def house(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    # A database that is lent again looks like the one that a shelf was opened for before.
    monkeypatch.setattr(shelf, "_shelves", OrderedDict())
    async with engine_around(glossary.workflow, database) as (engine, clock, sealer):
        yield House(engine, database, clock, sealer, IDS)
