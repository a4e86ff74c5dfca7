"""Statements for the hottest rows: compiled once, then executed by the driver itself."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel import Session

from storage.session import driver_of

_Convert = Callable[[Any], Any]


class Prepared:
    """A Core statement that runs without SQLAlchemy's share of the work (10 µs, not 130).

    An INSERT names its *columns*; other statements name their values with `sa.bindparam`.
    Rows come back as the driver gives them: on SQLite a time is text and a truth a number.
    Objects that the session has not flushed yet are not seen.
    """

    def __init__(self, statement: sa.sql.ClauseElement, *columns: str) -> None:
        self._statement = statement
        self._columns = columns or None
        self._compiled: dict[type, _Compiled] = {}

    def rows(self, session: Session, **values: object) -> list[tuple[Any, ...]]:
        """Run the statement and return its rows."""
        found: list[tuple[Any, ...]] = self._run(session, values).fetchall()
        return found

    def changed(self, session: Session, **values: object) -> int:
        """Run the statement and return how many rows it wrote."""
        count: int = self._run(session, values).rowcount
        return count

    def many(self, session: Session, rows: Iterable[Mapping[str, object]]) -> None:
        """Run the statement once for each row of values."""
        driver = driver_of(session)
        compiled = self._compiled_for(session, type(driver))
        driver.cursor().executemany(compiled.text, [compiled.parameters(row) for row in rows])

    def _run(self, session: Session, values: Mapping[str, object]) -> Any:
        driver = driver_of(session)
        compiled = self._compiled_for(session, type(driver))
        return driver.execute(compiled.text, compiled.parameters(values))

    def _compiled_for(self, session: Session, driver: type) -> "_Compiled":
        # Each driver's connection has a type of its own, and so a way to write statements.
        return self._compiled.get(driver) or self._compile(session, driver)

    def _compile(self, session: Session, driver: type) -> "_Compiled":
        dialect = session.get_bind().dialect
        compiler = cast(
            "SQLCompiler", self._statement.compile(dialect=dialect, column_keys=self._columns)
        )
        compiled = self._compiled[driver] = _Compiled(compiler, dialect)
        return compiled


class _Compiled:
    def __init__(self, compiled: SQLCompiler, dialect: sa.Dialect) -> None:
        self.text = str(compiled)
        self._order = compiled.positiontup
        self._constants = {name: bind.value for name, bind in compiled.binds.items()}
        self._convert: dict[str, _Convert] = {}
        for name, bind in compiled.binds.items():
            convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if convert:
                self._convert[name] = convert

    def parameters(self, values: Mapping[str, object]) -> Mapping[str, object] | tuple[Any, ...]:
        bound = {**self._constants, **values}
        for name, convert in self._convert.items():
            bound[name] = convert(bound[name])
        if self._order is None:
            return bound
        return tuple(map(bound.__getitem__, self._order))
