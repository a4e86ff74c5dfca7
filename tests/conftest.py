"""What every test may ask for: a migrated database, once on SQLite and once on PostgreSQL."""

import gc
import importlib
import os
import pkgutil
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import cast

import pytest
import sqlalchemy as sa
import structlog
from coverage import Coverage
from hypothesis import HealthCheck, is_hypothesis_test, settings

from storage import migrations
from storage.database import Database
from tests import dialects, postgres
from tests.furniture import Furniture, furnish, nothing
from tests.slate import Slates

_missing_postgres: list[str] = []


#: Long tests, and those that need a browser of their own in each process.
FIRST = ("tests/browser/", "tests/types/", "tests/walks/")

#: These fail outside of a migration.
ALEMBICS = ("storage.migrations.env", "storage.migrations.versions")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return two processes more than there are cores: tests of real servers wait now and then."""
    return (os.cpu_count() or 1) + 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no process is left with it when others are done."""
    for item in items:
        mark_twins(item)
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
    """Let statements be compiled once, and write exceptions plainly.

    Left alone, structlog draws a picture of each for two seconds.
    """
    dialects.register()
    plainly = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plainly])


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Let coverage see our modules as they are imported, and none of what is done to find tests.

    Nobody looks for garbage meanwhile: there is none, and looking takes seconds.
    """
    gc.disable()
    _end_what_pytest_cov_forgets()
    if watching := Coverage.current():
        if session.config.pluginmanager.has_plugin("dsession"):
            # The tests run in other processes: in this one nothing is to be seen.
            watching.stop()
        else:
            _import_all_that_is(watching)
    with _unwatched():
        return (yield)


def pytest_collection_finish() -> None:
    """Look for garbage again, but not in what lives until the end."""
    gc.freeze()
    gc.enable()


@contextmanager
def _unwatched() -> Iterator[None]:
    watching = Coverage.current()
    if watching is None:
        yield
        return
    watching.stop()
    try:
        yield
    finally:
        watching.start()


def _import_all_that_is(watching: Coverage) -> None:
    """Import the modules that coverage is to watch, but for those that Alembic imports."""
    for name in cast("list[str]", watching.get_option("run:source")):
        folders = getattr(importlib.import_module(name), "__path__", ())
        for module in pkgutil.walk_packages(folders, f"{name}."):
            if not module.name.startswith(ALEMBICS):
                importlib.import_module(module.name)


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


def mark_twins(item: pytest.Item) -> None:
    """Mark what walks the same lines of ours as another test, as its twin on SQLite does.

    What differs between the two databases is in storage/, whose own tests have no twins.
    """
    case = getattr(item, "callspec", None)
    values = case.params.values() if case and not item.nodeid.startswith("tests/storage/") else ()
    if "postgresql" in values:
        item.add_marker("twin")
    elif "sqlite" in values or item.get_closest_marker("browser") or is_property(item):
        item.add_marker("repeats")


def is_property(item: pytest.Item) -> bool:
    """Say whether hypothesis makes the examples of a test: its own marker comes later."""
    return is_hypothesis_test(getattr(item, "obj", None))


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
