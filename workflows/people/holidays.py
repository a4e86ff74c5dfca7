"""Holidays as they stand in a file, and how their lists come to be so."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session

from bot.clock import zone_named
from bot.errors import Invalid
from bot.text import typed
from storage import calendars
from storage.calendars import COMPANY, Holiday
from workflows.people import calendar_texts, rules, texts
from workflows.people.calendar_texts import no_list

if TYPE_CHECKING:
    from icalendar.cal import Component

_DAY, _LONGEST = timedelta(days=1), timedelta(days=31)
COLUMNS = ("date", "list", "name")


@dataclass(frozen=True, slots=True)
class HolidayPlan:
    """What a file changes, each year of a list as a whole."""

    added: tuple[Holiday, ...]
    removed: tuple[Holiday, ...]
    kept: int


def read_holidays(text: str, departments: Iterable[str]) -> list[Holiday]:
    """Return the holidays of a file.

    Raises:
        Invalid: lines cannot be taken; the text names each with its reason.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    known = frozenset(departments)
    found: dict[tuple[str, object], Holiday] = {}
    problems: list[str] = []
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise Invalid(texts.columns_missing(missing, COLUMNS))
        for cells in reader:
            try:
                one = _holiday(cells, known)
                found[one.list, one.day] = one
            except Invalid as problem:
                problems.append(texts.in_line(reader.line_num, str(problem)))
    except csv.Error:
        problems.append(texts.in_line(reader.line_num, texts.LINE_NOT_CSV))
    if problems:
        raise Invalid("\n".join([*problems, texts.MEND_LINES]))
    return sorted(found.values())


def read_calendar(text: str, name: str, departments: Iterable[str]) -> list[Holiday]:
    """Return the whole-day events of a calendar file (RFC 5545) as the holidays of one list.

    Raises:
        Invalid: it is no such file, an event repeats, or there is no list of that name.
    """
    # Costs 10 MiB, and only the command line reads calendars.
    from icalendar import Calendar  # noqa: PLC0415 - see above

    of = _list_named(name.strip(), frozenset(departments))
    try:
        events = list(Calendar.from_ical(text).walk("VEVENT"))
        found = {one.day: one for event in events for one in _days_of(event, of)}
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        raise Invalid(calendar_texts.NO_CALENDAR) from None
    return sorted(found.values())


def _days_of(event: Component, of: str) -> list[Holiday]:
    """Return the days of an event; none when it takes place at a time of day."""
    first = event.decoded("DTSTART")
    if isinstance(first, datetime):
        return []
    if "RRULE" in event or "RDATE" in event:
        raise Invalid(calendar_texts.REPEATS)
    length = _length(event, first)
    if not timedelta(0) <= length <= _LONGEST:
        raise Invalid(calendar_texts.LASTS)
    said = event.get("SUMMARY", "")
    # Some programs write the same property twice.
    name = _name(", ".join(said) if isinstance(said, list) else str(said))
    return [Holiday(of, first + number * _DAY, name) for number in range(max(length.days, 1))]


def _length(event: Component, first: date) -> timedelta:
    """Return how long an event lasts: to the day after it, or so long as it says (RFC 5545)."""
    if "DURATION" in event:
        length: timedelta = event.decoded("DURATION")
        return length
    end: date = event.decoded("DTEND") if "DTEND" in event else first + _DAY
    return end - first


def _name(text: str) -> str:
    """Return what a holiday is called, on one line, without what no database takes."""
    return " ".join(typed(text).split())


def settle_holidays(session: Session, wanted: Iterable[Holiday]) -> HolidayPlan:
    """Let each year of each list that is named be as written; doing so again changes nothing."""
    new = set(wanted)
    years = {(one.list, one.day.year) for one in new}
    there = {
        one
        for one in calendars.holidays(session, {name for name, _ in years})
        if (one.list, one.day.year) in years
    }
    calendars.replace_holidays(session, there - new, new - there)
    return HolidayPlan(tuple(sorted(new - there)), tuple(sorted(there - new)), len(new & there))


def _holiday(cells: Mapping[str, str | None], departments: frozenset[str]) -> Holiday:
    day = rules.day_named((cells["date"] or "").strip())
    if day is None:
        raise Invalid(texts.bad_day(""))
    name = _list_named((cells["list"] or "").strip(), departments)
    return Holiday(name, day, _name(cells["name"] or ""))


def _list_named(text: str, departments: frozenset[str]) -> str:
    """Return the name of a list: for everybody, for a department, or for a time zone."""
    if text.casefold() in departments | {COMPANY}:
        return text.casefold()
    try:
        return zone_named(text).key
    except Invalid:
        raise Invalid(no_list(text, COMPANY)) from None
