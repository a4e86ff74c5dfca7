"""Looks every few minutes whether everything that is open will go on by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from sqlmodel import Session

from bot.clock import Clock
from bot.routes import Routes
from bot.scheduler import HOUSE, MOST_LATE
from bot.ui import Message
from storage import jobs, schedules
from storage.database import Database
from storage.schedules import Schedule

log = structlog.get_logger()

#: How often the auditor looks.
PERIOD = timedelta(minutes=5)


class Alert(Protocol):
    """Tells those who look after Parley something, once for each key."""

    def __call__(self, session: Session, message: Message, *, key: str) -> None:
        """Leave the message in this transaction."""


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """Something that would not go on by itself."""

    name: str  #: the same each time it is found
    text: str  #: what is wrong, and what an admin can do


class Auditor:
    """Finds loose ends, tells the admins of each once, and is not content until it is mended."""

    def __init__(self, database: Database, routes: Routes, clock: Clock, alert: Alert) -> None:
        self._database = database
        self._awaiting = tuple(routes.awaiting)
        self._recurring = [id for id, timer in routes.timers.items() if timer.every]
        self._clock = clock
        self._alert = alert
        self._found: list[LooseEnd] = []
        self._told: set[str] = set()
        self._looked = time.monotonic()

    async def sweep(self, now: datetime) -> None:
        """Look, and tell of what was not told before."""
        await self._look(now)
        new = [end for end in self._found if end.name not in self._told]
        if new:
            await self._database.write(lambda session: self._tell(session, new))
        self._told = {end.name for end in self._found}

    async def problems(self) -> list[str]:
        """Return what is wrong, without names: anybody may read this."""
        if time.monotonic() - self._looked > 3 * PERIOD.total_seconds():
            return ["Nobody has looked for a while whether all that is open has a timer."]
        if self._found:  # it may be mended by now
            await self._look(self._clock.now())
        if not self._found:
            return []
        return [f"Without a timer or late: {len(self._found)}. The admins were told which."]

    async def _look(self, now: datetime) -> None:
        found = await self._database.read(
            lambda session: [*self._untimed(session), *self._unscheduled(session, now)]
        )
        self._found, self._looked = found, time.monotonic()

    def _tell(self, session: Session, ends: list[LooseEnd]) -> None:
        for end in ends:
            log.error("loose_end", detail=end.name)
            self._alert(session, Message(text=end.text), key=f"loose-end:{end.name}")

    def _untimed(self, session: Session) -> Iterator[LooseEnd]:
        """Yield what is open without a timer that is still to come."""
        for open_things in self._awaiting:
            awaited = open_things(session)
            # Not all that wait: there may be a hundred thousand, and each open thing has one.
            live = jobs.waiting_among(session, list(awaited.values()))
            for thing, timer in awaited.items():
                if timer not in live:
                    yield _no_timer(thing, timer)

    def _unscheduled(self, session: Session, now: datetime) -> Iterator[LooseEnd]:
        """Yield what should come back by itself and does not."""
        known = [row for row in schedules.listing(session) if row.enabled]
        for kind in sorted({*self._recurring} - {row.kind for row in known if row.owner == HOUSE}):
            yield _no_schedule(kind)
        yield from (_late(row) for row in known if now - row.next_at > MOST_LATE)


def _no_timer(thing: str, timer: str) -> LooseEnd:
    return LooseEnd(
        f"{thing} {timer}",
        f"{thing} is open, but its timer {timer} is not waiting any more, so nothing would happen "
        "when its time comes. Nothing is lost. See `python app.py jobs list`: if the timer is "
        f"among the dead, replay it; otherwise settle {thing} by hand.",
    )


def _no_schedule(kind: str) -> LooseEnd:
    return LooseEnd(
        kind,
        f"{kind} should come back by itself, but nothing says when. "
        "Please start Parley again: it then sets the next time.",
    )


def _late(row: Schedule) -> LooseEnd:
    return LooseEnd(
        f"{row.kind} {row.next_at.isoformat()}",
        f"{row.kind} should have come back by itself at {row.next_at:%Y-%m-%d %H:%M} UTC, "
        "but has not. Look for `schedule_failed` in Parley's log, mend the cause, "
        "then start Parley again.",
    )
