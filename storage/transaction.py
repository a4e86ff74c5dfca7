"""One transaction for all the units that wait: each is undone alone, and all are saved together."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

import sqlalchemy as sa

from storage.crew import NotCommitted, Unit, confirming
from storage.session import Closing, SwallowedError, UnitSession, closings, wakes_worker

#: How often two transactions may stand in each other's way; under load once more is not enough.
REPEATS = 3


class Kept:
    """One connection, opened when first needed and again after it broke."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._connection: sa.Connection | None = None

    def connection(self) -> sa.Connection:
        """Return the connection."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def driver(self) -> Any:
        """Return the driver's own connection."""
        return self.connection().connection.dbapi_connection

    def drop(self) -> None:
        """Close the connection; whatever was begun on it is undone."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


class Writer(ABC):
    """Runs waiting units in one transaction, each in a savepoint of its own.

    The engine's connections leave beginning and ending to this class.
    """

    #: Each a round trip: into the first unit, and from one unit to the next.
    BEGIN: ClassVar[tuple[str, ...]]
    NEXT: ClassVar[tuple[str, ...]]

    def __init__(self, engine: sa.Engine) -> None:
        self._kept = Kept(engine)

    @abstractmethod
    def is_open(self, driver: Any) -> bool:
        """Say whether the transaction is there and can go on."""

    @abstractmethod
    def is_passing(self, error: BaseException) -> bool:
        """Say whether a connection, a lock or the disk failed, not the work."""

    @abstractmethod
    def is_conflict(self, error: BaseException) -> bool:
        """Say whether two transactions stood in each other's way, so that a repeat helps."""

    @abstractmethod
    def tell_replicas(self, driver: Any) -> None:
        """Tell other processes of a job that is about to be saved."""

    def run(self, units: Sequence[Unit[object]]) -> None:
        """Run and commit the units; one that fails is undone alone, a failed commit fails all.

        A unit that another transaction stood in the way of is run again, by itself.
        """
        self._attempt(units)
        for unit in units:
            for _ in range(REPEATS):
                if not unit.error or not self.is_conflict(_cause(unit.error)):
                    break
                unit.error = None
                self._attempt([unit])

    def close(self) -> None:
        """Close the connection."""
        self._kept.drop()

    def _attempt(self, units: Sequence[Unit[object]]) -> None:
        try:
            self._run(units)
        except Exception as error:  # noqa: BLE001 - whatever broke the transaction, nothing is saved
            self._kept.drop()
            for unit in units:
                _give_up(unit, error)

    def _run(self, units: Sequence[Unit[object]]) -> None:
        driver = self._begun()
        left: list[tuple[Closing, Any]] = []
        for unit in units:
            left += self._written(unit, driver)
            for step in ("ROLLBACK TO unit",) if unit.error else self.NEXT:
                driver.execute(step)
        self._close(left, driver)
        if any(unit.wakes_worker for unit in units):
            self.tell_replicas(driver)
        # A driver's own commit() says nothing when the transaction is already gone.
        driver.execute("COMMIT")

    def _begun(self) -> Any:
        """Begin, on a new connection if the kept one was cut while nobody used it."""
        first, *others = self.BEGIN
        driver = self._kept.driver()
        try:
            driver.execute(first)
        except Exception:
            if not getattr(driver, "closed", False):
                raise
            self._kept.drop()
            driver = self._kept.driver()
            driver.execute(first)
        for step in others:
            driver.execute(step)
        return driver

    def _written(self, unit: Unit[object], driver: Any) -> list[tuple[Closing, Any]]:
        """Run *unit* and return what it left to be done before the commit."""
        with (
            unit.keeping_errors(),
            confirming(self.is_passing),
            UnitSession(self._kept.connection(), driver) as session,
        ):
            result = unit.work(session)
            session.flush()
            if not (session.is_active and self.is_open(driver)):
                raise SwallowedError(
                    "A database error was caught inside this unit and its work is lost. "
                    "Wrap the statement that may fail in session.begin_nested()."
                )
            unit.result = result
            unit.wakes_worker = wakes_worker(session)
            return closings(session)
        return []

    def _close(self, left: list[tuple[Closing, Any]], driver: Any) -> None:
        with UnitSession(self._kept.connection(), driver) as session:
            for closing in dict.fromkeys(closing for closing, _ in left):
                closing(session, [item for own, item in left if own is closing])


def _cause(error: BaseException) -> BaseException:
    """Return the driver's error behind one that was told to the caller."""
    cause = error.__cause__ or error
    return getattr(cause, "orig", None) or cause


def _give_up(unit: Unit[object], cause: Exception) -> None:
    unit.wakes_worker = False
    if unit.error is None:
        unit.error = NotCommitted(NotCommitted.__doc__)
        unit.error.__cause__ = cause
