"""Each test of the contract is played on every platform."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.contract.on_slack import on_slack
from tests.adapters.contract.on_teams import on_teams
from tests.adapters.contract.side import Side

SIDES = {"slack": on_slack, "teams": on_teams}


@pytest.fixture(params=SIDES)
async def side(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Side]:
    async with SIDES[request.param](sqlite_url) as opened:
        yield opened
