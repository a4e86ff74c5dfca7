"""A running Teams."""

from collections.abc import AsyncIterator

import pytest

from adapters.simulator.teams.simulator import TeamsSimulator


@pytest.fixture
async def teams() -> AsyncIterator[TeamsSimulator]:
    async with TeamsSimulator() as simulator:
        yield simulator
