"""Rows of models that are only looked at, read without SQLAlchemy's share of the work."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar, TypeVarTuple, cast

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from storage.prepared import Prepared

Found = TypeVarTuple("Found")
Model = TypeVar("Model", bound=SQLModel)

_Column = sa.ColumnElement[Any]
_Make = Callable[[tuple[Any, ...]], Any]


class Reading(Generic[*Found]):
    """A prepared SELECT of whole models or single columns; inner joins alone.

    What the session holds and has not saved is saved first. The models that come back belong to
    no session: to set an attribute of one is an error.
    """

    def __init__(self, statement: sa.Select[*Found]) -> None:
        self._prepared = Prepared(statement)
        self._wanted = [each["expr"] for each in statement.column_descriptions]
        self._makes: dict[str, list[_Make]] = {}

    def rows(self, session: Session, **values: object) -> list[tuple[*Found]]:
        """Run the statement and return its rows."""
        session.flush()
        makes = self._makes_for(session.get_bind().dialect)
        found = self._prepared.rows(session, **values)
        return [cast("tuple[*Found]", tuple(make(row) for make in makes)) for row in found]

    def first(self, session: Session, **values: object) -> tuple[*Found] | None:
        """Run the statement and return its first row."""
        return next(iter(self.rows(session, **values)), None)

    def _makes_for(self, dialect: sa.Dialect) -> list[_Make]:
        if dialect.name not in self._makes:
            self._makes[dialect.name] = list(_makes(self._wanted, dialect))
        return self._makes[dialect.name]


class Changing(Generic[Model]):
    """A prepared UPDATE of some columns of one row of a model, which a session holds."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        table = _table(model)
        new = {name: sa.bindparam(f"new_{name}", type_=table.c[name].type) for name in columns}
        own = table.c.id == sa.bindparam("row_id")
        self._prepared = Prepared(sa.update(table).where(own).values(new))

    def save(self, session: Session, row: Model, values: Mapping[str, Any]) -> None:
        """Write *values*, and let the row have them without being written once more."""
        session.flush()
        new = {f"new_{name}": value for name, value in values.items()}
        self._prepared.changed(session, row_id=row.id, **new)  # type: ignore[attr-defined]  # each has one
        for name, value in values.items():
            sa.orm.attributes.set_committed_value(row, name, value)


def keep(session: Session, row: Model) -> Model:
    """Have the session hold a row that was read, so that changes to it are saved."""
    mapper, values = sa.inspect(type(row)), dict(vars(row))
    key = mapper.identity_key_from_primary_key([values[one.key] for one in mapper.primary_key])
    held = session.identity_map.get(key)
    if held is None:
        held = mapper.class_manager.new_instance()
        held.__dict__.update(values)
        sa.orm.make_transient_to_detached(held)
        session.add(held)
    else:
        for name, value in values.items():
            sa.orm.attributes.set_committed_value(held, name, value)
    return cast("Model", held)


def _table(model: type[SQLModel]) -> sa.Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _makes(wanted: list[Any], dialect: sa.Dialect) -> Iterator[_Make]:
    """Yield what makes the model or the value of each thing that is selected, from a whole row."""
    start = 0
    for each in wanted:
        if isinstance(each, type):
            columns = list(_table(each).columns)
            yield _making(each, columns, start, dialect)
            start += len(columns)
        else:
            yield _converting(each, start, dialect)
            start += 1


def _making(
    model: type[SQLModel], columns: list[sa.Column[Any]], start: int, dialect: sa.Dialect
) -> _Make:
    names = [column.key for column in columns]
    found = ((column.key, _processor(column, dialect)) for column in columns)
    convert = [(name, processor) for name, processor in found if processor]
    own = slice(start, start + len(columns))

    def make(row: tuple[Any, ...]) -> Any:
        made = model.__new__(model)
        values = made.__dict__
        values.update(zip(names, row[own], strict=True))
        for name, processor in convert:
            values[name] = processor(values[name])
        return made

    return make


def _converting(column: _Column, at: int, dialect: sa.Dialect) -> _Make:
    processor = _processor(column, dialect)
    return lambda row: processor(row[at]) if processor else row[at]


def _processor(column: _Column, dialect: sa.Dialect) -> Callable[[Any], Any] | None:
    """Return what turns the driver's value into the column's; None when it is the same."""
    found: Callable[[Any], Any] | None = column.type.dialect_impl(dialect).result_processor(
        dialect, None
    )
    return found
