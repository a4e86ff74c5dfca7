"""Database threads: they take units of work from one bounded queue, and answer on the loop."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Generic, Protocol, TypeVar, cast

from sqlmodel import Session

T = TypeVar("T")
Work = Callable[[Session], T]

#: How long a unit waits for company: no longer than a disk takes to save one more transaction.
COMPANY_SECONDS = 0.005


class Busy(Exception):
    """More work is waiting for the database than it may hold; nothing was done, ask again soon."""


class NotCommitted(Exception):
    """The database did not confirm the changes of this unit; ask again, repeats are recognised."""


@contextmanager
def confirming(is_passing: Callable[[BaseException], bool]) -> Iterator[None]:
    """Make an error of the database itself a `NotCommitted`: a repeat may succeed.

    *is_passing* tells it, as the driver raised it, from an error of the work.
    """
    try:
        yield
    except Exception as error:
        # The prepared statements raise the driver's errors bare, SQLAlchemy wraps them.
        if not is_passing(getattr(error, "orig", error)):
            raise
        raise NotCommitted(NotCommitted.__doc__) from error


class Unit(Generic[T]):
    """One piece of work, the caller who waits for it, and how it ended."""

    def __init__(self, work: Work[T], caller: "asyncio.Future[T]") -> None:
        self.work = work
        self.caller = caller
        self.result: T | None = None
        self.error: Exception | None = None
        self.wakes_worker = False

    @contextmanager
    def keeping_errors(self) -> Iterator[None]:
        """Make an error in the block this unit's outcome: the thread lives on."""
        try:
            yield
        except BaseException as error:  # noqa: BLE001 - even SystemExit is only this unit's
            self.fail(error)

    def fail(self, error: BaseException) -> None:
        """Keep what went wrong, in a form that cannot stop the event loop."""
        # A future refuses StopIteration, and SystemExit from a handler would end the process.
        if isinstance(error, Exception) and not isinstance(error, StopIteration):
            self.error = error
            return
        self.error = RuntimeError(f"A unit of work ended with {type(error).__name__}.")
        self.error.__cause__ = error

    def answer(self) -> None:
        """Tell the caller, if it still waits."""
        if self.caller.done():
            return
        if self.error:
            self.caller.set_exception(self.error)
        else:
            self.caller.set_result(cast("T", self.result))


class Station(Protocol):
    """What one thread keeps for its lifetime: a connection, and how units run on it."""

    def run(self, units: Sequence[Unit[object]]) -> None:
        """Run the units and keep each one's outcome in it."""
        ...

    def close(self) -> None:
        """Give the connection back."""
        ...


class Crew:
    """Threads with a station each; *together* is how many units one of them takes at a time.

    A unit waits up to *patience* seconds for those that shared the last commit.
    """

    def __init__(
        self,
        name: str,
        station: Callable[[], Station],
        answered: Callable[[Sequence[Unit[object]]], None],
        *,
        threads: int,
        together: int,
        room: int,
        patience: float = COMPANY_SECONDS,
    ) -> None:
        self._station = station
        self._patience = patience
        self._answered = answered
        self._together = together
        self._room = room
        self._waiting = 0
        self._closing = False
        self._loop = asyncio.get_running_loop()
        self._gathered: list[Unit[object]] = []
        self._queue: SimpleQueue[Unit[object] | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._toil, name=f"{name}-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    async def do(self, work: Work[T]) -> T:
        """Run *work* on one of the threads and return what it returns.

        Raises:
            Busy: the queue is full, or closed.
        """
        if self._closing or self._waiting >= self._room:
            raise Busy(Busy.__doc__)
        unit: Unit[T] = Unit(work, self._loop.create_future())
        self._waiting += 1
        if not self._gathered:
            self._loop.call_soon(self._hand_over)
        self._gathered.append(cast("Unit[object]", unit))
        return await unit.caller

    def _hand_over(self) -> None:
        """Give the threads what one turn of the loop has brought, so that they wake up once."""
        for unit in self._gathered:
            self._queue.put(unit)
        self._gathered.clear()

    async def close(self) -> None:
        """Finish what waits, then stop."""
        self._closing = True
        self._hand_over()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def _toil(self) -> None:
        station = self._station()
        company = 1
        try:
            while units := self._take(company):
                company = len(units)
                _run(station, units)
                self._loop.call_soon_threadsafe(self._answer, units)
        finally:
            station.close()

    def _take(self, company: int) -> list[Unit[object]]:
        """Return the next units; none when it is time to stop.

        As many as shared the last commit, the *company*, are expected to come together again:
        the first one waits for the others, so that it does not take a commit for itself alone.
        """
        units: list[Unit[object]] = []
        unit = self._queue.get()
        latest = time.monotonic() + self._patience
        while unit is not None:
            units.append(unit)
            if len(units) == self._together:
                return units
            left = latest - time.monotonic() if len(units) < company else 0
            try:
                unit = self._queue.get(timeout=max(0, left))
            except Empty:
                return units
        if units:
            self._queue.put(None)
        return units

    def _answer(self, units: Sequence[Unit[object]]) -> None:
        self._waiting -= len(units)
        for unit in units:
            unit.answer()
        self._answered(units)


def _run(station: Station, units: Sequence[Unit[object]]) -> None:
    try:
        station.run(units)
    except Exception as error:  # noqa: BLE001 - a broken station must not leave callers waiting
        for unit in units:
            unit.fail(error)
