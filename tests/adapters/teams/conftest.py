"""A house of each test's own."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.teams.house import House, a_house


@pytest.fixture
async def house(sqlite_url: str) -> AsyncIterator[House]:
    async with a_house(sqlite_url) as opened:
        yield opened
