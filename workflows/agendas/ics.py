"""A series as a calendar file (RFC 5545): its rhythm, and each date that is otherwise.

Times are local with their zone, so that each calendar keeps Monday at nine at nine; who comes and
what is on the agenda is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.recurrence import Recurrence, Weekday
from workflows.agendas import codes, ics_texts
from workflows.agendas.rules import State
from workflows.agendas.tables import Meeting, Series

if TYPE_CHECKING:
    from icalendar import Event

TYPE = "text/calendar; charset=utf-8"
#: What an attached file asks a calendar to do (RFC 5546); one that is subscribed to asks nothing.
PUBLISH = "PUBLISH"
_PRODUCT = "-//Parley//Agendas//EN"
_YEAR = timedelta(days=366)
#: How far ahead the rules of a zone are written down.
_AHEAD = 5 * _YEAR
_DAY = timedelta(days=1)
#: RFC 5545 names days by two letters.
_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Dates:
    """A series with its meetings, as a calendar is told of them at *now*; *uid* never changes."""

    series: Series
    meetings: Sequence[Meeting]
    uid: str
    now: datetime


def calendar(dates: Dates, *, method: str = "") -> bytes:
    """Return the file; with `PUBLISH` as its method where it is attached."""
    # Costs 2 MiB, and most days nobody asks for a calendar.
    from icalendar import Calendar, vText  # noqa: PLC0415  # see above

    series = dates.series
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    # Of a name that RFC 5545 does not have, icalendar does not know that it is a text.
    made.add("x-wr-calname", vText(series.name))
    if method:
        made.add("method", method)
    made.add_component(_rhythm(dates))
    for meeting in dates.meetings:
        if meeting.is_moved and meeting.state is not State.SKIPPED:
            made.add_component(_moved(dates, meeting))
    first = min([series.active_from, *(one.slot_on for one in dates.meetings)])
    made.add_missing_timezones(first_date=first - _YEAR, last_date=(dates.now + _AHEAD).date())
    written: bytes = made.to_ical()
    return written


def _rhythm(dates: Dates) -> Event:
    series = dates.series
    rule = Recurrence.parse(series.rule, series.timezone)
    zone = ZoneInfo(series.timezone)
    event = _event(dates, _first(series, rule), series.minutes)
    event.add("rrule", _rrule(series, rule))
    skipped = [datetime.combine(day, rule.at, zone) for day in _without(dates, rule)]
    if skipped:
        event.add("exdate", skipped)
    event.add("sequence", series.sequence)
    event.add("status", "CANCELLED" if series.is_over else "CONFIRMED")
    return event


def _moved(dates: Dates, meeting: Meeting) -> Event:
    series = dates.series
    rule = Recurrence.parse(series.rule, series.timezone)
    zone = ZoneInfo(series.timezone)
    length = (meeting.ends_at - meeting.starts_at) // timedelta(minutes=1)
    event = _event(dates, meeting.starts_at.astimezone(zone), length)
    event.add("recurrence-id", datetime.combine(meeting.slot_on, rule.at, zone))
    event.add("sequence", max(series.sequence, meeting.sequence))
    event.add("status", "CANCELLED" if series.is_over else "CONFIRMED")
    return event


def _event(dates: Dates, starts: datetime, minutes: int) -> Event:
    from icalendar import Event  # noqa: PLC0415  # see `calendar`

    event = Event()
    event.add("uid", dates.uid)
    event.add("dtstamp", dates.now.astimezone(UTC))
    event.add("summary", dates.series.name)
    event.add("description", ics_texts.description(codes.series(dates.series.id)))
    event.add("dtstart", starts)
    event.add("duration", timedelta(minutes=minutes))
    return event


def _first(series: Series, rule: Recurrence) -> datetime:
    """Return the first slot as the wall clock has it; a calendar itself moves it out of a gap."""
    zone = ZoneInfo(series.timezone)
    before = datetime.combine(series.active_from, time(0), zone) - timedelta(minutes=1)
    day = rule.next_after(before).astimezone(zone).date()
    return datetime.combine(day, rule.at, zone)


def _rrule(series: Series, rule: Recurrence) -> dict[str, object]:
    days = [str(day)[:_LETTERS].upper() for day in Weekday if day in rule.days]
    written: dict[str, object] = {"freq": "WEEKLY", "byday": days, "wkst": "MO"}
    if rule.every_weeks > 1:
        written["interval"] = rule.every_weeks
    if series.active_until is not None:
        zone = ZoneInfo(series.timezone)
        last = datetime.combine(series.active_until + _DAY, time(0), zone) - timedelta(seconds=1)
        written["until"] = last.astimezone(UTC)
    return written


def _without(dates: Dates, rule: Recurrence) -> list[date]:
    """Return the days on which nobody meets: those skipped, and those of a pause."""
    skipped = {one.slot_on for one in dates.meetings if one.state is State.SKIPPED}
    return sorted(skipped | set(_paused(dates, rule)))


def _paused(dates: Dates, rule: Recurrence) -> Iterator[date]:
    until = dates.series.paused_until
    if until is None:
        return
    zone = ZoneInfo(dates.series.timezone)
    days = (
        slot.astimezone(zone).date() for slot in rule.slots_between(dates.now, dates.now + _AHEAD)
    )
    planned = {one.slot_on for one in dates.meetings if one.state is not State.SKIPPED}
    yield from (day for day in takewhile(lambda day: day < until, days) if day not in planned)
