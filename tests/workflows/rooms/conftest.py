"""A house with the rooms in it, over each of the two databases."""

from datetime import UTC, datetime

import pytest

from bot.clock import FrozenClock
from bot.engine import Engine
from storage.database import Database
from storage.secrets import Sealer
from tests.workflows.people.house import House, move_in
from workflows import rooms
from workflows.rooms import handlers

assert handlers


@pytest.fixture
async def house(database: Database) -> House:
    clock = FrozenClock(datetime(2026, 11, 2, 9, tzinfo=UTC))  # a Monday
    sealer = Sealer("a key for tests that is long enough")
    engine = Engine(database, [rooms.workflow], clock=clock, sealer=sealer)
    ids = await database.write(move_in)
    return House(engine, database, clock, sealer, ids)
