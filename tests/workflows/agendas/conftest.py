"""The engine around agendas, over each of the two databases."""

from collections.abc import AsyncIterator, Iterator

import pytest

from storage.database import Database
from tests.furniture import Furniture
from tests.workflows.agendas.house import IDS, House, move_in
from tests.workflows.agendas.live import Live, live_items
from tests.workflows.engine import engine_around
from workflows import agendas
from workflows.agendas import handlers, refreshing

assert handlers is not None


@pytest.fixture
def furniture() -> Furniture:
    """Everybody who meets."""
    return move_in


@pytest.fixture
def looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no copy be looked at again while nothing happens, which takes long to play."""
    monkeypatch.setattr(refreshing, "EVERY", {})


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    """The engine around the database."""
    async with engine_around(agendas.workflow, database) as (engine, clock, sealer):
        yield House(engine, database, clock, sealer, IDS)


@pytest.fixture
def live() -> Iterator[Live]:
    """Return what stands on agendas, beside what is in the database."""
    with live_items() as items:
        yield items
