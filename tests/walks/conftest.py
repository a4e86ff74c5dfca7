"""The simulated company that several walks play in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app import Simulation
from tests.walks.test_tour import settings_for


@pytest.fixture
async def simulation(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[Simulation]:
    monkeypatch.chdir(tmp_path)
    running = Simulation(settings_for(sqlite_url))
    await running.start()
    yield running
    await running.close()
