"""The engine around reports, over each of the two databases."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.furniture import Furniture
from tests.workflows.engine import engine_around
from tests.workflows.reports.house import IDS, House, move_in
from workflows import reports
from workflows.reports import handlers, letters
from workflows.reports.ration import Ration

assert handlers is not None


@pytest.fixture
def furniture() -> Furniture:
    """Everybody who reports, triages or answers for a department."""
    return move_in


@pytest.fixture
async def house(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """The engine around the database, in which nobody has reported anything today."""
    monkeypatch.setattr(letters, "ration", Ration())
    async with engine_around(reports.workflow, database) as (engine, clock, sealer):
        yield House(engine, database, clock, sealer, IDS)
