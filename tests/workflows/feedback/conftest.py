"""A house with a search, interviews and scorecards in it, over each of the two databases."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests import postgres
from tests.slate import Slate
from tests.workflows.engine import engine_around
from tests.workflows.feedback.house import House, move_in
from workflows import feedback
from workflows.feedback import handlers

assert handlers


async def furnish(url: str) -> None:
    """Let everybody move in."""
    database = Database(url)
    await database.open()
    await database.write(move_in)
    await database.close()


@pytest.fixture(scope="session")
def furnished_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A furnished file to copy: furnishing each test's own would cost more than the test."""
    path = tmp_path_factory.mktemp("feedback") / "parley.db"
    shutil.copyfile(sqlite_template, path)
    asyncio.run(furnish(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def furnished_slate(postgres_server: postgres.Server, postgres_template: str) -> Iterator[Slate]:
    """A furnished database that each test finds as if it were new."""
    name = f"parley_feedback_{os.getpid()}"
    asyncio.run(furnish(postgres_server.create(name, postgres_template)))
    slate = Slate(postgres_server, name)
    yield slate
    slate.drop()
    postgres_server.drop(name)


@pytest.fixture
def furnished_sqlite_url(furnished_file: Path, tmp_path: Path) -> str:
    """A furnished SQLite database of the test's own."""
    path = tmp_path / "parley.db"
    shutil.copyfile(furnished_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def furnished_postgresql_url(furnished_slate: Slate) -> Iterator[str]:
    """A furnished PostgreSQL database of the test's own."""
    with furnished_slate.lend() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def furnished_url(request: pytest.FixtureRequest) -> str:
    """The address of a furnished database of the test's own, on each of the two kinds."""
    url: str = request.getfixturevalue(f"furnished_{request.param}_url")
    return url


@pytest.fixture
async def house(furnished_url: str) -> AsyncIterator[House]:
    database = Database(furnished_url)
    await database.open()
    async with engine_around(feedback.workflow, database) as (engine, clock, sealer):
        yield House(engine, database, clock, sealer)
    await database.close()
