"""A house to play in: the real engine over each of the two databases."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import FrozenClock
from bot.engine import Engine
from bot.standing import Standings
from storage.database import Database
from storage.secrets import Sealer
from tests.bot import toys
from tests.bot.house import MONDAY, ROOT, House, move_in
from tests.bot.platforms import MemoryPlatform
from tests.bot.postman import Post, postman
from tests.furniture import Furniture


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(MONDAY)


@pytest.fixture
def sealer() -> Sealer:
    return Sealer("a key for tests that is long enough")


@pytest.fixture
def furniture() -> Furniture:
    """Everybody, and no toy."""
    return move_in


@pytest.fixture
async def house(database: Database, clock: FrozenClock, sealer: Sealer) -> AsyncIterator[House]:
    slack, teams = MemoryPlatform("slack"), MemoryPlatform("teams")
    standings = Standings(database, {"slack": slack, "teams": teams}, clock)
    engine = Engine(
        database,
        [toys.workflow],
        clock=clock,
        sealer=sealer,
        admins=frozenset({ROOT}),
        standings=standings,
    )
    await database.write(engine.keepers.know)
    yield House(engine, database, clock, sealer, slack, teams, standings)
    await standings.close()


@pytest.fixture
def post(house: House) -> Post:
    return postman(house)
