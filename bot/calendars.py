"""When somebody works: their own hours, with or without the days they are away."""

from dataclasses import replace
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
    away = calendars.absences_of(session, person.id, since=since)
    absences = tuple((one.away_at, one.back_at) for one in away)
    return replace(hours_of(session, person), absences=absences)


def hours_of(session: Session, person: Person) -> BusinessCalendar:
    """Return the working hours of a person, holidays left out; absences count as work.

    So whoever waits for somebody that is away is not kept waiting: the next one is asked.
    """
    hours = person.hours
    days = frozenset(Weekday(day) for day in hours.days.split(",") if day)
    return BusinessCalendar(
        person.timezone,
        # Nobody would ever be reached in hours that never open.
        days or MONDAY_TO_FRIDAY,
        time.fromisoformat(hours.start),
        time.fromisoformat(hours.end),
        calendars.holidays_for(session, person),
    )
