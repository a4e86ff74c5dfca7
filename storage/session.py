"""The session a unit of work is given: its transaction begins and ends outside of it."""

from typing import TYPE_CHECKING, Any

from sqlmodel import Session

if TYPE_CHECKING:
    import sqlalchemy as sa

_WAKES = "wakes the worker"
_DRIVER = "driver"


class SwallowedError(Exception):
    """A database error was caught and forgotten, so nothing of this unit can be saved."""


class UnitSession(Session):
    """A session that only the database may commit."""

    def __init__(self, bind: "sa.Engine | sa.Connection") -> None:
        super().__init__(bind, expire_on_commit=False)

    def commit(self) -> None:
        """Refuse: one request is one transaction."""
        raise RuntimeError(
            "A handler does not commit. Return, and everything it wrote is saved together."
        )

    def settle(self) -> None:
        """Save the unit.

        Raises:
            SwallowedError: PostgreSQL would turn this commit into a silent rollback.
        """
        self.flush()
        if self.in_transaction() and _is_broken(driver_of(self)):
            raise SwallowedError(
                "A database error was caught inside this unit and its work is lost. "
                "Wrap the statement that may fail in session.begin_nested()."
            )
        super().commit()


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


def _is_broken(driver: Any) -> bool:
    # Asked by name: importing psycopg costs a bot on SQLite 9 MiB.
    state = getattr(driver, "info", None)
    return state is not None and state.transaction_status.name == "INERROR"
