"""The one source of now, and the ticker that runs the sweeps looking for what has come due."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.errors import Invalid

#: Looks for what is due at the given instant; running it once more harms nobody.
Sweep = Callable[[datetime], Awaitable[object]]

log = structlog.get_logger(__name__)


class Clock:
    """The real time."""

    @property
    def offset(self) -> timedelta:
        """Return how far this clock has been moved."""
        return timedelta(0)

    @property
    def moved(self) -> bool:
        """Return whether this clock shows another time than the rest of the world."""
        return bool(self.offset)

    def now(self) -> datetime:
        """Return the present instant in UTC, as the product understands it."""
        return datetime.now(UTC)

    def wall(self) -> datetime:
        """Return the real time in UTC, for what a moved clock must not hurry: platforms' limits."""
        return datetime.now(UTC)


class MovableClock(Clock):
    """A clock that runs with the real time and can be moved ahead of it."""

    def __init__(self) -> None:
        self._offset = timedelta(0)

    @property
    def offset(self) -> timedelta:
        """Return how far this clock has been moved."""
        return self._offset

    def now(self) -> datetime:
        """Return the real time and how far the clock has been moved beyond it."""
        return self.wall() + self._offset

    def advance(self, by: timedelta) -> None:
        """Move the clock forward.

        Raises:
            ValueError: *by* is negative; time never runs backwards.
        """
        if by < timedelta(0):
            raise ValueError(f"A clock moves forward only, not by {by}.")
        self._offset += by

    def move_to(self, instant: datetime) -> None:
        """Move the clock forward to *instant*.

        Raises:
            ValueError: *instant* has passed already, or has no time zone.
        """
        self.advance(as_utc(instant) - self.now())


class FrozenClock(MovableClock):
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        super().__init__()
        self._start = as_utc(start)

    @property
    def moved(self) -> bool:
        """Return True: even at its start this is not the real time."""
        return True

    def now(self) -> datetime:
        """Return the instant at which the clock stands, in UTC."""
        return self._start + self.offset


@dataclass(frozen=True, slots=True, eq=False)
class _Ticking:
    name: str
    sweep: Sweep
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)  #: held while the sweep runs


class Ticker:
    """Runs sweeps again and again; forgets nothing, since it remembers nothing.

    What must not be lost is a row in the database. A sweep that fails is logged and tried
    again at its next tick.
    """

    def __init__(self, clock: Clock) -> None:
        # Costs 0.1 s, and most of the command line never ticks.
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415 - see above

        self._clock = clock
        self._ticking: list[_Ticking] = []
        self._closed = False
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # With APScheduler's defaults a tick that comes a second late is dropped in silence.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def every(self, seconds: float, name: str, sweep: Sweep) -> None:
        """Run *sweep* every so many seconds, the first time after as many; *name* is unique."""
        ticking = _Ticking(name, sweep)
        self._scheduler.add_job(self._tick, "interval", [ticking], seconds=seconds, id=name)
        self._ticking.append(ticking)

    def start(self) -> None:
        """Begin to tick in the running event loop."""
        self._scheduler.start()

    async def tick_now(self) -> None:
        """Run every sweep once, in the order they were added: a moved clock needs it."""
        for ticking in self._ticking:
            await self._tick(ticking)

    async def close(self) -> None:
        """Stop ticking and wait for the sweeps that are running."""
        self._closed = True
        for ticking in self._ticking:
            async with ticking.turn:
                pass
        if self._scheduler.running:
            self._scheduler.shutdown()
            await asyncio.sleep(0)  # APScheduler stops in the event loop's next round.

    async def _tick(self, ticking: _Ticking) -> None:
        async with ticking.turn:
            if self._closed:
                return
            try:
                await ticking.sweep(self._clock.now())
            except Exception as error:  # noqa: BLE001 - one broken sweep must not stop the clock
                # The error's text may quote what people wrote; its type does not.
                log.warning("sweep_failed", sweep=ticking.name, error=type(error).__name__)


def as_utc(instant: datetime) -> datetime:
    """Return the same instant in UTC.

    Raises:
        ValueError: *instant* has no time zone.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone; an instant needs one.")
    return instant.astimezone(UTC)


def zone_named(name: str) -> ZoneInfo:
    """Return the IANA time zone of that name.

    Raises:
        Invalid: there is none.
    """
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        # zoneinfo opens a file of that name: a folder or a path outside fails in other ways.
        raise Invalid(
            "There is no time zone of that name. Write one such as Europe/London."
        ) from None
