"""One PostgreSQL database for many tests: wiping it takes a tenth of what a new one takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from tests import postgres
from tests.dialects import Postgresql
from tests.furniture import Furniture, furnish

Connection = psycopg.Connection[tuple[Any, ...]]

_END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> ALL (%s)
"""
#: Who adds, changes or drops a table, column, index, trigger or function changes this. PostgreSQL
#: keeps the numbers below 16384 for its own.
_SHAPE = """
SELECT count(*), max(xmin::text::bigint) FROM (
    SELECT xmin FROM pg_class WHERE oid >= 16384
    UNION ALL SELECT xmin FROM pg_attribute WHERE attrelid >= 16384
    UNION ALL SELECT xmin FROM pg_trigger WHERE oid >= 16384
    UNION ALL SELECT xmin FROM pg_proc WHERE oid >= 16384
) AS catalogue
"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_ROWS = sql.SQL("SELECT json_agg(line)::text FROM {} AS line")
_RESTORE = sql.SQL("INSERT INTO {} SELECT * FROM json_populate_recordset(NULL::{}, {})")
_COUNTERS = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
_COUNT = sql.SQL("SELECT last_value, is_called FROM {}")
_COUNT_ON = sql.SQL("SELECT setval({}::regclass, {}, {})")


class Slate:
    """One copy of the template for test after test, wiped in between."""

    def __init__(self, server: postgres.Server, template: str) -> None:
        self._server = server
        self._template = template
        self._copies = 0
        self._copy()

    @contextmanager
    def lend(self) -> Iterator[str]:
        """Lend the database; whoever comes next finds it as the template is."""
        Postgresql.keep(self._name)
        yield self._url
        try:
            is_blank = self._wiped()
        except psycopg.OperationalError:
            # The test ended every connection, this one too.
            is_blank = False
        if not is_blank:
            self.drop()
            self._copy()

    def drop(self) -> None:
        """Drop the database."""
        Postgresql.keep("")
        self._connection.close()
        self._server.drop(self._name)

    def _copy(self) -> None:
        self._copies += 1
        self._name = f"{self._template}_slate_{self._copies}"
        self._url = self._server.create(self._name, self._template)
        # In this role no trigger speaks up: neither the audit's nor those of foreign keys.
        role = "-c session_replication_role=replica"
        self._connection = psycopg.connect(self._url, autocommit=True, options=role)
        self._shape = _shape(self._connection)
        self._wipe = _wipe(self._connection)

    def _wiped(self) -> bool:
        """Bring the first rows back; False where the schema was changed."""
        self._connection.execute(_END_OTHERS, [Postgresql.kept()])
        if _shape(self._connection) != self._shape:
            return False
        self._connection.execute(self._wipe)
        return True


class Slates:
    """A slate for each way to furnish the template, made once for all tests that ask for it."""

    def __init__(self, server: postgres.Server, template: str) -> None:
        self._server = server
        self._template = template
        self._made: dict[Furniture, tuple[str, Slate]] = {}

    def furnished(self, furniture: Furniture) -> Slate:
        """Return the slate in which *furniture* stands at first."""
        if furniture not in self._made:
            name = f"{self._template}_{len(self._made)}"
            furnish(self._server.create(name, self._template), furniture)
            self._made[furniture] = (name, Slate(self._server, name))
        return self._made[furniture][1]

    def drop(self) -> None:
        """Drop all of them."""
        for name, slate in self._made.values():
            slate.drop()
            self._server.drop(name)


def _shape(connection: Connection) -> object:
    return connection.execute(_SHAPE).fetchone()


def _wipe(connection: Connection) -> bytes:
    """Return the statements that bring back the rows of this moment."""
    tables = [sql.Identifier(name) for (name,) in connection.execute(_TABLES)]
    # Whoever is about to commit is waited for.
    lock = sql.SQL("LOCK TABLE {}").format(sql.SQL(", ").join(tables))
    empty = [sql.SQL("DELETE FROM {}").format(table) for table in tables]
    fill = [
        _RESTORE.format(table, table, line)
        for table in tables
        for (line,) in connection.execute(_ROWS.format(table))
        if line
    ]
    counts = list(_counts(connection))
    return sql.SQL("; ").join([lock, *empty, *fill, *counts]).as_bytes(connection)


def _counts(connection: Connection) -> Iterator[sql.Composed]:
    """Yield the statements that let each column count on from where it is at this moment."""
    for (name,) in connection.execute(_COUNTERS).fetchall():
        counter = sql.Identifier(name)
        for reached, is_called in connection.execute(_COUNT.format(counter)):
            yield _COUNT_ON.format(counter.as_string(connection), reached, is_called)
