"""The working time of a vote: that of the person who is waited for, absences counted as work.

Somebody who is away must not keep a vote waiting for weeks: the next person is asked instead.
"""

from datetime import datetime, timedelta

from bot import calendars
from bot.business_time import BusinessCalendar
from bot.context import Context
from storage import people


def hours_of(ctx: Context, person_id: int) -> BusinessCalendar:
    """Return the working hours of somebody, holidays left out and absences not."""
    someone = people.by_id(ctx.session, person_id, now=ctx.now)
    return calendars.hours_of(ctx.session, someone)


def due(ctx: Context, person_id: int, wait: timedelta) -> datetime:
    """Return when *wait* of somebody's working time has passed."""
    return hours_of(ctx, person_id).due(ctx.now, wait)
