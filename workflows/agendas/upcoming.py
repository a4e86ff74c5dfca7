"""On which days a series meets: as its rows have it, and then as its rhythm does."""

from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.clock import as_utc
from workflows.agendas import planning, series_tables
from workflows.agendas import terms as agreed
from workflows.agendas.rules import ENDED, State
from workflows.agendas.tables import Meeting, Series
from workflows.agendas.terms import Terms

#: So many dates are echoed to whoever plans something.
THREE = 3
_DAY = timedelta(days=1)


def dates(session: Session, series: Series, now: datetime) -> list[datetime]:
    """Return the next dates of a series: what was moved where it is now, what was skipped not."""
    if series.is_over:
        return []
    today = planning.local_day(series, now)
    rows = series_tables.meetings_since(session, series.id or 0, now, today)
    known = {one.slot_on for one in rows}
    slots = planning.slots(series, now)
    free = (slot for slot in slots if planning.local_day(series, slot) not in known)
    ahead = [one.starts_at for one in rows if is_ahead(one, now)]
    return sorted([*ahead, *islice(free, THREE)])[:THREE]


def first_dates(terms: Terms, now: datetime) -> list[datetime]:
    """Return the first dates of a series that is not there yet."""
    not_yet = Series(**agreed.columns(terms), created_at=now)
    return list(islice(planning.slots(not_yet, now), THREE))


def slot_on(series: Series, day: date) -> datetime | None:
    """Return when the rhythm of a series has a meeting on a day; None when it has none."""
    near = planning.slots(series, instant(series, day, time()) - _DAY)
    up_to = takewhile(lambda slot: planning.local_day(series, slot) <= day, near)
    return next((slot for slot in up_to if planning.local_day(series, slot) == day), None)


def instant(series: Series, day: date, at: time) -> datetime:
    """Return when a clock of a series shows a time, in UTC.

    A time that a clock change leaves out moves forward, and one that comes twice is the first.
    """
    return as_utc(datetime.combine(day, at, ZoneInfo(series.timezone)))


def is_ahead(meeting: Meeting, now: datetime) -> bool:
    """Say whether a meeting takes place and has not begun."""
    return meeting.state not in ENDED | {State.RUNNING} and meeting.starts_at > now
