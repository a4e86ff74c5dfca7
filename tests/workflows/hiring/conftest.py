"""A house with hiring in it, over each of the two databases."""

from collections.abc import AsyncIterator

import pytest

from bot.context import Context
from storage.database import Database
from tests.furniture import Furniture
from tests.workflows.engine import engine_around
from tests.workflows.hiring.house import IDS, House, move_in
from workflows import hiring
from workflows.hiring import calls, handlers
from workflows.hiring.tables import Meeting

assert handlers


@pytest.fixture
def furniture() -> Furniture:
    """Everybody, and the first templates."""
    return move_in


@pytest.fixture
async def house(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with engine_around(hiring.workflow, database) as (engine, clock, sealer):
        house = House(engine, database, clock, sealer, IDS)

        def hear(_ctx: Context, meeting: Meeting) -> None:
            house.told.append(meeting)

        # What other workflows do then is theirs to show.
        monkeypatch.setattr(calls.interviews_change, "_hooked", [hear])
        yield house


@pytest.fixture
async def furnished(house: House) -> House:
    """The same with S-1, C-1 and I-1 in it, whose panel is Pia (lead) and Pam."""
    await house.furnish()
    house.told.clear()
    return house
