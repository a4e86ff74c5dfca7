"""Recurring timers: rows say what comes back when; a sweep turns each due slot into one job."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session
from storage.schedules import Schedule

from bot.metrics import SCHEDULE_LAG
from bot.recurrence import Recurrence, missed
from bot.workflow import TimerRoute
from storage import jobs, schedules
from storage.database import Database

log = structlog.get_logger()

GRACE = timedelta(hours=6)


class Scheduler:
    """Fires every slot of every schedule once, however many replicas look."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, timers: Iterable[TimerRoute], timezone: str, now: datetime) -> None:
        """Make sure that each timer which comes back by itself has its row."""
        recurring = [timer for timer in timers if timer.every is not None]

        def write(session: Session) -> None:
            for timer in recurring:
                rule = Recurrence.parse(timer.every or "", timezone)
                schedules.upsert(
                    session,
                    kind=timer.route.id,
                    owner="house",
                    rule=str(rule),
                    timezone=timezone,
                    next_at=rule.next_after(now),
                    grace=GRACE,
                )

        await self._database.write(write)

    async def sweep(self, now: datetime) -> None:
        """Fire what is due; a slot missed for longer than its grace is reported, not fired."""
        due = await self._database.read(lambda session: schedules.due(session, now))
        for schedule in due:
            await self._database.write(lambda session, one=schedule: _fire(session, one, now))


def _fire(session: Session, schedule: Schedule, now: datetime) -> None:
    """Advance the schedule by compare-and-set and enqueue its slot, in one transaction."""
    rule = Recurrence.parse(schedule.rule, schedule.timezone)
    slot, skipped = missed(rule, schedule.next_at - timedelta(microseconds=1), now, schedule.grace)
    won = schedules.advance(
        session,
        schedule,
        next_at=rule.next_after(now),
        last_slot=slot or schedule.last_slot,
    )
    if not won:
        return
    if skipped:
        log.warning("schedule_slots_missed", schedule=schedule.id, slots=len(skipped))
    if slot is not None:
        SCHEDULE_LAG.set((now - slot).total_seconds())
        local = slot.astimezone(rule.timezone).replace(tzinfo=None)
        key = f"sched:{schedule.id}:{local.isoformat(timespec='minutes')}"
        work = {"route": schedule.kind, "payload": {}}
        jobs.enqueue(session, "timer", key, work, lane=f"sched:{schedule.id}", run_at=now)
