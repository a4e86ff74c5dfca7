"""SQLAlchemy's two dialects, which pass on from engine to engine what they found out.

Every test opens engines of its own. Each would compile every statement again, which takes as long
as all else that a test does, and ask its server again what kind of a server it is. A connection to
PostgreSQL costs more than the statements of a small test, and so it outlives the test.
"""

from typing import Any, ClassVar, cast
from weakref import WeakKeyDictionary

import psycopg
import sqlalchemy as sa
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.util import LRUCache

_Connection = psycopg.Connection[Any]
_STATEMENTS = 5000


class _PassingOn(Dialect):
    """Counts as the same as every other of its class, wherever compiled statements are kept."""

    supports_statement_cache = True
    _compiled: ClassVar[LRUCache[Any, Any]]
    _found_out: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        cls._compiled, cls._found_out = LRUCache(_STATEMENTS), {}

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    def initialize(self, connection: Connection) -> None:
        """Ask the server, unless another engine has."""
        if not self._found_out:
            before = dict(vars(self))
            super().initialize(connection)
            news = {name for name, value in vars(self).items() if before.get(name) is not value}
            self._found_out.update({name: vars(self)[name] for name in news})
        vars(self).update(self._found_out)

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Give a new engine what others have compiled."""
        engine.update_execution_options(compiled_cache=cls._compiled)


class Sqlite(_PassingOn, SQLiteDialect_pysqlite):
    """SQLite, through Python's own driver."""

    supports_statement_cache = True


class Postgresql(_PassingOn, PGDialect_psycopg):
    """PostgreSQL, through psycopg; of one database, connections that are closed are kept open."""

    supports_statement_cache = True
    _database: ClassVar[str] = ""
    _kept: ClassVar[list[_Connection]] = []
    _asked_for: ClassVar[WeakKeyDictionary[_Connection, object]] = WeakKeyDictionary()

    @classmethod
    def keep(cls, database: str) -> None:
        """Keep what is connected to *database* from now on, and let go of all else."""
        if cls._database != database:
            cls._database = database
            while cls._kept:
                cls._kept.pop().close()

    @classmethod
    def kept(cls) -> list[int]:
        """Return the server's numbers of the connections that wait for another use."""
        return [connection.info.backend_pid for connection in cls._kept]

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Let a new engine have the connections of those before it."""
        super().engine_created(engine)
        sa.event.listen(engine, "do_connect", cls._kept_for)
        sa.event.listen(engine, "connect", cls._note)

    def do_close(self, dbapi_connection: DBAPIConnection) -> None:
        """Keep a connection that can be used again."""
        connection = cast("_Connection", dbapi_connection)
        is_idle = connection.info.transaction_status is TransactionStatus.IDLE
        if is_idle and connection.info.dbname == self._database and connection in self._asked_for:
            self._kept.append(connection)
        else:
            connection.close()

    @classmethod
    def _kept_for(
        cls, _dialect: object, record: Any, args: list[Any], options: dict[str, Any]
    ) -> _Connection | None:
        """Return a kept connection that was asked for in the same words, and still answers."""
        # Each engine has a context of its own, and all say the same in it.
        words = {name: value for name, value in options.items() if name != "context"}
        asked = record.info["asked"] = (tuple(args), frozenset(words.items()))
        for connection in [each for each in cls._kept if cls._asked_for[each] == asked]:
            cls._kept.remove(connection)
            if connection.pgconn.exec_(b"").status == ExecStatus.EMPTY_QUERY:
                return connection
            connection.close()
        return None

    @classmethod
    def _note(cls, connection: _Connection, record: Any) -> None:
        cls._asked_for[connection] = record.info["asked"]


def register() -> None:
    """Let every engine from now on have one of these."""
    registry.register("sqlite", __name__, Sqlite.__name__)
    registry.register("postgresql.psycopg", __name__, Postgresql.__name__)
