"""The engine around incidents and reports, over each of the two databases."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.furniture import Furniture
from tests.workflows.engine import engine_around
from tests.workflows.incidents.house import House
from tests.workflows.reports.house import IDS, move_in
from workflows import incidents, reports
from workflows.incidents import handlers
from workflows.reports import handlers as reports_handlers

assert handlers is not None
assert reports_handlers is not None


@pytest.fixture
def furniture() -> Furniture:
    """Everybody who reports, triages or answers for a department."""
    return move_in


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    """The engine around the database."""
    around = engine_around(incidents.workflow, database, beside=[reports.workflow])
    async with around as (engine, clock, sealer):
        yield House(engine, database, clock, sealer, IDS)
