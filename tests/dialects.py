"""SQLAlchemy's two dialects, which pass on from engine to engine what they found out.

Every test opens engines of its own. Each would compile every statement again, which takes as long
as all else that a test does, and ask its server again what kind of a server it is.
"""

from typing import Any, ClassVar

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.util import LRUCache

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
    """PostgreSQL, through psycopg."""

    supports_statement_cache = True


def register() -> None:
    """Let every engine from now on have one of these."""
    registry.register("sqlite", __name__, Sqlite.__name__)
    registry.register("postgresql.psycopg", __name__, Postgresql.__name__)
