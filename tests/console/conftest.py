"""The command line on a database of the test's own, as an operator types it."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
import typer
from sqlmodel import Session
from typer.testing import CliRunner

from bot.settings import Settings
from console import verbs
from console.doctor import Checks
from storage.database import Database
from storage.secrets import Sealer

T = TypeVar("T")

SECRET_KEY = "a-key-for-tests-that-is-long-enough-to-be-taken"


class CommandLine:
    """Types verbs, and looks at the rows behind them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sealer = Sealer(SECRET_KEY)
        self.checks: list[Checks] = []

    def __call__(self, *words: str) -> str:
        """Type a verb that works, and return what it prints."""
        code, out, err = self.type(*words)
        assert code == 0, err
        return out

    def refused(self, *words: str, code: int = 1) -> str:
        """Type a verb that does not work, and return the sentence on stderr."""
        ended, _, err = self.type(*words)
        assert ended == code
        assert "Traceback" not in err
        return err

    def listed(self, *words: str) -> Any:
        """Type a verb that shows a list, and return the list."""
        return json.loads(self(*words, "--json"))

    def type(self, *words: str) -> tuple[int, str, str]:
        """Type a verb, and return its exit code and what it printed."""
        cli = typer.Typer()
        verbs.mount(cli, checks_of=self._checks_of)
        result = CliRunner().invoke(cli, words)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    def write(self, work: Callable[[Session], T]) -> T:
        """Change rows, as the running bot does."""
        return asyncio.run(self._run("write", work))

    def read(self, work: Callable[[Session], T]) -> T:
        """Look at rows."""
        return asyncio.run(self._run("read", work))

    def _checks_of(self, _: Settings) -> list[Checks]:
        return self.checks

    async def _run(self, verb: str, work: Callable[[Session], T]) -> T:
        database = Database(self.url, exclusive=False)
        await database.open()
        try:
            result: T = await getattr(database, verb)(work)
            return result
        finally:
            await database.close()


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], CommandLine]:
    """Sits an operator before a database, with nothing but the settings Parley needs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARLEY_SECRET_KEY", SECRET_KEY)
    # Rich reads COLUMNS when it is imported, and pytest's workers set it.
    monkeypatch.setenv("COLUMNS", "200")

    def sit(url: str) -> CommandLine:
        monkeypatch.setenv("PARLEY_DATABASE_URL", url)
        return CommandLine(url)

    return sit


@pytest.fixture
def parley(operator: Callable[[str], CommandLine], database_url: str) -> CommandLine:
    """The command line on a migrated database, once on each of the two kinds."""
    return operator(database_url)


@pytest.fixture
def on_sqlite(operator: Callable[[str], CommandLine], sqlite_url: str) -> CommandLine:
    """The command line on a migrated SQLite file."""
    return operator(sqlite_url)


@pytest.fixture
def on_postgresql(operator: Callable[[str], CommandLine], postgresql_url: str) -> CommandLine:
    """The command line on a migrated PostgreSQL database."""
    return operator(postgresql_url)
