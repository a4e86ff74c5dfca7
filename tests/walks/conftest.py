"""The simulated company that several walks play in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app import Simulation
from tests.simulation import a_simulation


@pytest.fixture
async def simulation(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[Simulation]:
    monkeypatch.chdir(tmp_path)
    async with a_simulation(sqlite_url) as running:
        yield running
