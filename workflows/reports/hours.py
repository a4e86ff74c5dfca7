"""When something is due: at any hour, or in the working time of those who are waited for.

Absences count as work: a report does not wait for somebody who is away, the next one is asked.
"""

from datetime import datetime

from bot.business_time import BusinessCalendar
from bot.calendars import hours_of
from bot.context import Context
from workflows.reports import roster
from workflows.reports.paces import Wait
from workflows.reports.rules import SECURITY


def calendar(ctx: Context, department: str = SECURITY) -> BusinessCalendar:
    """Return the working hours of a department: those of who is asked there first."""
    first = roster.first_of(ctx, department)
    if first is None:
        return BusinessCalendar("UTC")
    return hours_of(ctx.session, first)


def due(
    ctx: Context, wait: Wait, *, since: datetime | None = None, department: str = SECURITY
) -> datetime:
    """Return when a wait is over that began at *since*, or now."""
    start = since or ctx.now
    if not wait.is_working:
        return start + wait.span
    return ends(calendar(ctx, department), start, wait)


def ends(working: BusinessCalendar, start: datetime, wait: Wait) -> datetime:
    """Return when a wait is over that began at *start*, in these working hours."""
    return working.due(start, wait.span) if wait.is_working else start + wait.span
