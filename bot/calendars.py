"""When somebody works: their own hours, without the days that they or all have off."""

from datetime import datetime, time

from sqlmodel import Session

from bot.business_time import BusinessCalendar
from bot.recurrence import MONDAY_TO_FRIDAY, Weekday
from storage import calendars
from storage.people import Person


def calendar_of(session: Session, person: Person, *, since: datetime) -> BusinessCalendar:
    """Return the working hours of a person, holidays and absences left out.

    Absences that ended before *since* are not in it.
    """
    hours = person.hours
    days = frozenset(Weekday(day) for day in hours.days.split(",") if day)
    away = calendars.absences_of(session, person.id, since=since)
    return BusinessCalendar(
        person.timezone,
        # Nobody would ever be reached in hours that never open.
        days or MONDAY_TO_FRIDAY,
        time.fromisoformat(hours.start),
        time.fromisoformat(hours.end),
        calendars.holidays_for(session, person),
        tuple((one.away_at, one.back_at) for one in away),
    )
