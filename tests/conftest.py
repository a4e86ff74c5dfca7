"""What every test may ask for: a migrated database, once on SQLite and once on PostgreSQL."""

import gc
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog
from coverage import Coverage
from hypothesis import HealthCheck, settings

import storage.postgresql  # noqa: F401 - else a twin imports it, while coverage looks away
from storage import migrations
from storage.database import Database
from tests import postgres
from tests.furniture import Furniture, furnish, nothing
from tests.slate import Slates

_missing_postgres: list[str] = []


#: Long tests, and those that need a browser of their own in each process.
FIRST = ("tests/browser/", "tests/types/", "tests/walks/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return two processes more than there are cores: tests of real servers wait now and then."""
    return (os.cpu_count() or 1) + 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no process is left with it when others are done."""
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))


@sa.event.listens_for(sa.Engine, "engine_connect")
def relax(connection: sa.Connection) -> None:
    """Trade durability for speed on SQLite as well: these rows live for milliseconds."""
    if isinstance(connection.connection.dbapi_connection, sqlite3.Connection):
        connection.connection.dbapi_connection.execute("PRAGMA synchronous = OFF")


# How fast examples come says how busy the machine is, nothing about what is tested.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_configure() -> None:
    """Write exceptions plainly: left alone, structlog draws a picture of each for two seconds."""
    plainly = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plainly])


def pytest_collection() -> None:
    """Look for no garbage while all is imported: there is none, and looking takes seconds."""
    gc.disable()
    _end_what_pytest_cov_forgets()


def pytest_collection_finish() -> None:
    """Look for garbage again, but not in what lives until the end."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let coverage look away from what only repeats: being watched, a test costs twice as much."""
    watching = Coverage.current()
    if watching is None or not repeats(item):
        return (yield)
    watching.stop()
    try:
        return (yield)
    finally:
        watching.start()


def _end_what_pytest_cov_forgets() -> None:
    """Stop the first of the two watches that it starts in a worker: it reads the second alone.

    Whenever the second looks away, the first would watch, for nobody.
    """
    running: list[Coverage] = []
    while watching := Coverage.current():
        watching.stop()
        running.append(watching)
    if running:
        running[0].start()


def repeats(item: pytest.Item) -> bool:
    """Say whether other tests walk the same lines of ours, as a test's twin on SQLite does.

    What differs between the two databases is in storage/, whose own tests are all watched.
    """
    if any(map(item.get_closest_marker, ("browser", "hypothesis", "repeats"))):
        return True
    case = getattr(item, "callspec", None)
    is_twin = case is not None and "postgresql" in case.params.values()
    return is_twin and not item.nodeid.startswith("tests/storage/")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One server for the whole run, or a loud skip, which CI does not forgive."""
    lent = postgres.server()
    try:
        server = lent.__enter__()
    except Exception as error:  # noqa: BLE001 - whatever stops a server from starting
        _missing_postgres.append(str(error))
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL did not start, and CI must not skip its tests: {error}")
        pytest.skip(f"PostgreSQL did not start: {error}")
    yield server
    lent.__exit__(None, None, None)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: postgres.Server) -> Iterator[str]:
    """The name of a migrated database to copy."""
    name = f"{postgres.TEMPLATE}_{os.getpid()}"
    migrations.upgrade(postgres_server.create(name))
    yield name
    postgres_server.drop(name)


@pytest.fixture(scope="session")
def postgres_slates(postgres_server: postgres.Server, postgres_template: str) -> Iterator[Slates]:
    """Furnished databases that each test finds as if they were new."""
    slates = Slates(postgres_server, postgres_template)
    yield slates
    slates.drop()


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Furniture], Path]:
    """Returns a furnished file to copy, the same for all who want the same furniture."""

    @cache
    def furnished(furniture: Furniture) -> Path:
        path = tmp_path_factory.mktemp("template") / "parley.db"
        if furniture is nothing:
            migrations.upgrade(f"sqlite:///{path}")
        else:
            shutil.copyfile(furnished(nothing), path)
            furnish(f"sqlite:///{path}", furniture)
        return path

    return furnished


@pytest.fixture
def furniture() -> Furniture:
    """What stands in the test's database at first; who needs more than nothing overrides this."""
    return nothing


@pytest.fixture
def sqlite_url(
    sqlite_file: Callable[[Furniture], Path], furniture: Furniture, tmp_path: Path
) -> str:
    """A furnished SQLite database of the test's own."""
    path = tmp_path / "parley.db"
    shutil.copyfile(sqlite_file(furniture), path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgres_slates: Slates, furniture: Furniture) -> Iterator[str]:
    """A furnished PostgreSQL database of the test's own."""
    with postgres_slates.furnished(furniture).lend() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a furnished database of the test's own, on each of the two kinds."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, furnished database of the test's own, on each of the two kinds."""
    opened = Database(database_url)
    await opened.open()
    yield opened
    await opened.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end, in red, that half of the promises were not looked at."""
    for reason in _missing_postgres:
        terminalreporter.section("PostgreSQL tests did not run", red=True, bold=True)
        terminalreporter.line(reason)
