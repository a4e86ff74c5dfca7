"""Recurring timers: rows say what comes back when; a sweep turns each due slot into one job."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog
from sqlmodel import Session

from bot.interval import Rule, read_rule
from bot.metrics import SCHEDULE_LAG
from bot.recurrence import missed
from bot.workflow import TimerRoute
from storage import jobs, schedules
from storage.database import Database
from storage.schedules import Schedule

log = structlog.get_logger()

GRACE = timedelta(hours=6)
#: Sweeps look every second; a schedule this late says that nobody sweeps.
MOST_LATE = timedelta(minutes=5)
#: The owner of the schedules that timers with `every` have.
HOUSE = "house"


class Scheduler:
    """Fires every slot of every schedule once, however many replicas look."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, timers: Iterable[TimerRoute], timezone: str, now: datetime) -> None:
        """Make sure that each timer which comes back by itself has its row, and no other has."""
        rules = {
            timer.route.id: read_rule(timer.every, timezone)
            for timer in timers
            if timer.every is not None
        }
        await self._database.write(lambda session: _keep(session, rules, now))

    async def sweep(self, now: datetime) -> None:
        """Fire what is due; a slot missed for longer than its grace is reported, not fired."""
        for schedule in await self._database.read(lambda session: schedules.due(session, now)):
            try:
                await self._database.write(partial(_fire, schedule=schedule, now=now))
            except Exception:  # one that cannot be read must not hold up the others
                log.exception("schedule_failed", schedule=schedule.id)


def _keep(session: Session, rules: Mapping[str, Rule], now: datetime) -> None:
    """Bring the rows in line with the rules.

    What came due while Parley was down is still to be fired, so an unchanged row stays as it is.
    """
    rows = {row.kind: row for row in schedules.listing(session) if row.owner == HOUSE}
    for kind in rows.keys() - rules.keys():
        schedules.switch(session, rows[kind].id, enabled=False)
    unchanged = {row.kind for row in rows.values() if _follows(row, rules.get(row.kind))}
    for kind in rules.keys() - unchanged:
        rule = rules[kind]
        schedules.upsert(
            session,
            kind,
            HOUSE,
            rule=str(rule),
            tz=rule.timezone,
            next_at=rule.next_after(now),
            grace=GRACE,
        )


def _follows(row: Schedule, rule: Rule | None) -> bool:
    if rule is None or not row.enabled:
        return False
    return (row.rule, row.tz) == (str(rule), rule.timezone)


def _fire(session: Session, schedule: Schedule, now: datetime) -> None:
    """Advance the schedule by compare-and-set and enqueue its slot, in one transaction."""
    rule = read_rule(schedule.rule, schedule.tz)
    just_before = schedule.next_at - timedelta(microseconds=1)
    slot, skipped = missed(rule, just_before, now, timedelta(seconds=schedule.grace_seconds))
    wall = _wall_time(slot, rule) if slot else None
    won = schedules.advance(
        session,
        schedule,
        from_next_at=schedule.next_at,
        next_at=rule.next_after(now),
        last_slot=wall or schedule.last_slot,
    )
    if not won:
        return
    if skipped:
        log.warning("schedule_slots_missed", schedule=schedule.id, slots=len(skipped))
    if slot is not None:
        SCHEDULE_LAG.set((now - slot).total_seconds())
        key = f"sched:{schedule.id}:{wall}"
        work = {"route": schedule.kind, "payload": {}}
        jobs.enqueue(session, "timer", key, work, lane=f"sched:{schedule.id}", run_at=now)


def _wall_time(slot: datetime, rule: Rule) -> str:
    """Return the local time of *slot*, which names it: no wall clock shows it twice."""
    local = slot.astimezone(ZoneInfo(rule.timezone)).replace(tzinfo=None)
    return local.isoformat(timespec="minutes")
