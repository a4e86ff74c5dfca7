"""The session a unit of work is given: its transaction begins and ends outside of it."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

Item = TypeVar("Item")
#: Called once for a transaction, with what all its units left for it.
Closing = Callable[[Session, Sequence[Any]], None]

_WAKES = "wakes the worker"
_DRIVER = "driver"
_CLOSINGS = "closings"


class SwallowedError(Exception):
    """A database error was caught and forgotten, so nothing of this unit can be saved."""


class UnitSession(Session):
    """A session in a transaction that only the database may end."""

    def __init__(self, bind: sa.Engine | sa.Connection, driver: Any = None) -> None:
        super().__init__(bind, expire_on_commit=False)
        if driver is not None:
            self.info[_DRIVER] = driver

    def commit(self) -> None:
        """Refuse: one request is one transaction."""
        raise RuntimeError(
            "A handler does not commit. Return, and everything it wrote is saved together."
        )

    def rollback(self) -> None:
        """Refuse: a handler that changes its mind raises, or undoes a part of its own."""
        raise RuntimeError(
            "A handler does not roll back. Raise, or wrap what may fail in session.begin_nested()."
        )


def driver_of(session: Session) -> Any:
    """Return the driver's connection on which this session's transaction runs."""
    # A unit has one transaction, and asking SQLAlchemy costs as much as a short statement.
    if _DRIVER not in session.info:
        session.info[_DRIVER] = session.connection().connection.dbapi_connection
    return session.info[_DRIVER]


def wake_worker_after_commit(session: Session) -> None:
    """Have the job worker look at its table as soon as this unit is saved."""
    session.info[_WAKES] = True


def wakes_worker(session: Session) -> bool:
    """Say whether this unit left work for the job worker."""
    return _WAKES in session.info


def before_commit(
    session: Session, closing: Callable[[Session, Sequence[Item]], None], item: Item
) -> None:
    """Have *closing* called just before the commit, with the items of all units that share it."""
    session.info.setdefault(_CLOSINGS, []).append((closing, item))


def closings(session: Session) -> list[tuple[Closing, Any]]:
    """Return what this unit left to be done before the commit, in order."""
    found: list[tuple[Closing, Any]] = session.info.get(_CLOSINGS, [])
    return found
