"""Weekly and daily recurrences on the wall clock: when the next slot is, and which were missed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self
from zoneinfo import ZoneInfo

from bot.clock import as_utc, zone_named
from bot.errors import Invalid

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

# Samoa left out all of 30 December 2011: no clock change has ever been longer.
_LONGEST_GAP = timedelta(days=1)

_RULE = re.compile(
    r"(?P<days>\S+) (?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?: every (?P<weeks>[0-9]{1,2})w)?(?: from (?P<anchor>[0-9]{4}-[0-9]{2}-[0-9]{2}))?"
)
_RULE_HINT = (
    "I could not read when that repeats. Write it like "
    "“mon 09:00”, “mon,thu 14:30 every 2w from 2026-01-05” or “daily 08:00”."
)
_CRON_HINT = (
    "I can take over a cron line that names one time of day and days of the week, such as "
    "“0 9 * * 1” for Monday at 09:00. Days of the month, months and several times do not fit."
)


class Weekday(StrEnum):
    """The days of the week, Monday first; never by number, since every tool counts otherwise."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @classmethod
    def of(cls, day: date) -> Weekday:
        """Return the weekday of *day*."""
        return _WEEK[day.weekday()]


_WEEK = tuple(Weekday)
_IN_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVERY_DAY = frozenset(_WEEK)
MONDAY_TO_FRIDAY = frozenset(_WEEK[:5])


@dataclass(frozen=True)
class Recurrence:
    """Some weekdays at one local time, every so many weeks.

    The wall clock wins: Monday 09:00 stays 09:00 through every clock change. A time that a
    clock change leaves out moves forward by the change, and a time that comes twice counts once.

    Weeks begin on Monday and are counted from the one that holds *anchor*, as RFC 5545 counts
    them (not from the ISO week, for 2026 has 53 of those). No slot lies before the anchor.
    """

    days: frozenset[Weekday]
    at: time  #: local, to the minute
    timezone: str  #: IANA name
    every_weeks: int = 1
    anchor: date | None = None

    def __post_init__(self) -> None:
        if not self.days:
            raise Invalid("Name at least one weekday, such as mon.")
        if self.at != time(self.at.hour, self.at.minute):
            raise Invalid("Give the time of day in hours and minutes, such as 09:00.")
        if not 1 <= self.every_weeks <= 52:  # noqa: PLR2004 - a year of weeks
            raise Invalid("It can repeat every 1 to 52 weeks.")
        if self.every_weeks > 1 and self.anchor is None:
            raise Invalid(
                "Say from which date the weeks count, such as “every 2w from 2026-01-05”."
            )
        if self.anchor and not 1970 <= self.anchor.year < 2200:  # noqa: PLR2004 - a sane calendar
            raise Invalid("The first date must lie between the years 1970 and 2199.")
        zone_named(self.timezone)

    @classmethod
    def parse(cls, text: str, timezone: str) -> Self:
        """Read `mon,thu 09:00 every 2w from 2026-01-05`; `daily` and `mon-fri` are days too.

        Raises:
            Invalid: it cannot be read; the text says how to write it.
        """
        rule = _RULE.fullmatch(" ".join(text.casefold().split()))
        if rule is None:
            raise Invalid(_RULE_HINT)
        try:
            at = time(int(rule["hour"]), int(rule["minute"]))
            anchor = date.fromisoformat(rule["anchor"]) if rule["anchor"] else None
        except ValueError:
            raise Invalid(_RULE_HINT) from None
        return cls(_days_named(rule["days"]), at, timezone, int(rule["weeks"] or 1), anchor)

    @classmethod
    def from_unix_cron(cls, line: str, timezone: str) -> Self:
        """Take over a cron line with Unix meaning: both 0 and 7 are Sunday.

        Raises:
            Invalid: it is no cron line, or says more than one time of day on some weekdays.
        """
        fields = line.casefold().split()
        if len(fields) != 5 or fields[2:4] != ["*", "*"]:  # noqa: PLR2004 - cron has five fields
            raise Invalid(_CRON_HINT)
        minute, hour, weekdays = fields[0], fields[1], fields[4]
        if not re.fullmatch(r"[0-5]?[0-9] ([01]?[0-9]|2[0-3])", f"{minute} {hour}"):
            raise Invalid(_CRON_HINT)
        return cls(_days_of_cron(weekdays), time(int(hour), int(minute)), timezone)

    def __str__(self) -> str:
        days = "daily" if self.days == EVERY_DAY else ",".join(sorted(self.days, key=_WEEK.index))
        every = f" every {self.every_weeks}w" if self.every_weeks > 1 else ""
        start = f" from {self.anchor}" if self.anchor else ""
        return f"{days} {self.at:%H:%M}{every}{start}"

    def next_after(self, instant: datetime) -> datetime:
        """Return the first slot later than *instant*, in UTC."""
        return next(self._slots(as_utc(instant)))

    def slot_on(self, day: date) -> datetime | None:
        """Return the slot of a day on the wall, in UTC; None where the day has none."""
        if Weekday.of(day) not in self.days or not self._is_in_cycle(day):
            return None
        return None if self.anchor and day < self.anchor else self.on_the_wall(day)

    def on_the_wall(self, day: date) -> datetime:
        """Return when the time of day comes on any *day*, in UTC."""
        return datetime.combine(day, self.at, ZoneInfo(self.timezone)).astimezone(UTC)

    def slots_between(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """Yield the slots later than *after* and not later than *until*, in UTC."""
        end = as_utc(until)
        return takewhile(lambda slot: slot <= end, self._slots(as_utc(after)))

    def _slots(self, after: datetime) -> Iterator[datetime]:
        zone = ZoneInfo(self.timezone)
        wall = after.astimezone(zone).replace(tzinfo=UTC) - _LONGEST_GAP
        latest = after
        while True:
            wall = self._next_on_the_wall(wall)
            slot = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
            if slot > latest:
                yield slot
                latest = slot
            wall += timedelta(minutes=1)

    def _next_on_the_wall(self, since: datetime) -> datetime:
        """Return the slot from *since* on as a clock on the wall shows it, posing as UTC.

        Given a real zone, the trigger would fire twice in an hour that comes twice.
        """
        while True:
            found: datetime = self._trigger.get_next_fire_time(None, since)
            if self._is_in_cycle(found.date()):
                return found
            since = found + timedelta(minutes=1)

    def _is_in_cycle(self, day: date) -> bool:
        if self.anchor is None:
            return True
        weeks = (_monday_of(day) - _monday_of(self.anchor)).days // 7
        return weeks % self.every_weeks == 0

    @cached_property
    def _trigger(self) -> CronTrigger:
        # Costs 0.1 s, and most of the command line computes no recurrence.
        from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415 - see above

        return CronTrigger(
            day_of_week=",".join(self.days),
            hour=self.at.hour,
            minute=self.at.minute,
            second=0,
            start_date=self.anchor,
            timezone=UTC,
        )


class Missed(NamedTuple):
    """What became of the slots that nobody was awake for."""

    to_fire: datetime | None
    skipped: tuple[datetime, ...]  #: oldest first; reported, never fired


class Slots(Protocol):
    """Whatever says when something comes back."""

    def slots_between(self, after: datetime, until: datetime, /) -> Iterator[datetime]:
        """Yield the slots later than *after* and not later than *until*."""


def missed(recurrence: Slots, last: datetime, now: datetime, grace: timedelta) -> Missed:
    """Say which slot since *last* is still to be fired, and which have passed for good.

    Only the latest may fire, and only when it is late by no more than *grace*.
    """
    slots = tuple(recurrence.slots_between(last, now))
    if slots and now - slots[-1] <= grace:
        return Missed(slots[-1], slots[:-1])
    return Missed(None, slots)


def _days_named(text: str) -> frozenset[Weekday]:
    """Read day names and ranges of them; a range may run over the weekend."""
    if text == "daily":
        return EVERY_DAY
    days: set[Weekday] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        start = _position(first)
        length = (_position(last if dash else first) - start) % 7
        days.update(_WEEK[(start + step) % 7] for step in range(length + 1))
    return frozenset(days)


def _position(name: str) -> int:
    for position, names in enumerate(zip(_WEEK, _IN_FULL, strict=True)):
        if name in names:
            return position
    raise Invalid(_RULE_HINT)


def _days_of_cron(text: str) -> frozenset[Weekday]:
    if text == "*":
        return EVERY_DAY
    days: set[Weekday] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        numbers = range(_cron_number(first), _cron_number(last if dash else first) + 1)
        if not numbers:
            raise Invalid(_CRON_HINT)
        days.update(_WEEK[(number - 1) % 7] for number in numbers)
    return frozenset(days)


def _cron_number(text: str) -> int:
    if re.fullmatch(r"[0-7]", text):
        return int(text)
    if text in EVERY_DAY:
        return (_WEEK.index(Weekday(text)) + 1) % 7
    raise Invalid(_CRON_HINT)


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
