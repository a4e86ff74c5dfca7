"""A house to play in: the real engine over each of the two databases."""

import pytest

from bot.clock import FrozenClock
from bot.engine import Engine
from storage.database import Database
from storage.secrets import Sealer
from tests.bot import toys
from tests.bot.house import MONDAY, ROOT, House, move_in


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(MONDAY)


@pytest.fixture
def sealer() -> Sealer:
    return Sealer("a key for tests that is long enough")


@pytest.fixture
async def house(database: Database, clock: FrozenClock, sealer: Sealer) -> House:
    engine = Engine(database, [toys.workflow], clock=clock, sealer=sealer, admins=frozenset({ROOT}))
    await database.write(move_in)
    await database.write(engine.know_admins)
    return House(engine, database, clock, sealer)
