"""The simulated company that several walks play in."""

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from app import Simulation
from tests.furniture import Furniture, nothing
from tests.simulation import a_simulation


@pytest.fixture
async def simulation(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[Simulation]:
    monkeypatch.chdir(tmp_path)
    async with a_simulation(sqlite_url) as running:
        yield running


@pytest.fixture(scope="module")
def empty_url(
    sqlite_file: Callable[[Furniture], Path], tmp_path_factory: pytest.TempPathFactory
) -> str:
    """An SQLite database of a module's own."""
    file = tmp_path_factory.mktemp("walk") / "parley.db"
    shutil.copyfile(sqlite_file(nothing), file)
    return f"sqlite:///{file}"
