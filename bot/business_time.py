"""Working time: when something is due, and how much working time has passed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.clock import as_utc, zone_named
from bot.errors import Invalid
from bot.recurrence import MONDAY_TO_FRIDAY, Weekday

_DAY = timedelta(days=1)
_LONGEST_CLOSURE = timedelta(days=10 * 366)

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class BusinessCalendar:
    """The working hours of a department or a person.

    Hours are read on the local wall clock, and what passes within them is counted in real
    time: a shift in which the clock goes forward is an hour shorter. When *end* is not later
    than *start* the shift ends on the next day, so that 00:00 to 00:00 is the whole day. A shift
    belongs to the date on which it begins, and a holiday takes away the shift of its date.
    """

    timezone: str  #: IANA name
    working_days: frozenset[Weekday] = MONDAY_TO_FRIDAY
    start: time = time(9)
    end: time = time(17)
    holidays: frozenset[date] = frozenset()
    absences: tuple[Span, ...] = ()  #: from the first instant away to the instant of return

    def __post_init__(self) -> None:
        zone_named(self.timezone)
        if any(as_utc(away) > as_utc(back) for away, back in self.absences):
            raise Invalid("An absence ends before it begins. Swap its two dates.")

    def due(self, start: datetime, duration: timedelta) -> datetime:
        """Return the earliest instant, in UTC, by which *duration* of working time has passed.

        Raises:
            Invalid: the calendar never opens for long enough again.
            ValueError: *duration* is negative.
        """
        if duration < timedelta(0):
            raise ValueError(f"Working time runs forward only, not by {duration}.")
        if not duration:
            return as_utc(start)
        remaining = duration
        for opens, closes in self._spans(as_utc(start)):
            if remaining <= closes - opens:
                return opens + remaining
            remaining -= closes - opens
        raise self._closed_for_good()

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two instants; none when *end* is not the later."""
        finish = as_utc(end)
        total = timedelta(0)
        for opens, closes in self._spans(as_utc(start)):
            if opens >= finish:
                break
            total += min(closes, finish) - opens
        return total

    def is_working(self, instant: datetime) -> bool:
        """Return whether *instant* lies within working hours; the closing instant does not."""
        moment = as_utc(instant)
        opens, _ = next(self._spans(moment), (None, None))
        return opens == moment

    def next_working(self, instant: datetime) -> datetime:
        """Return *instant* when it lies within working hours, else when they next begin, in UTC.

        Raises:
            Invalid: the calendar never opens again.
        """
        span = next(self._spans(as_utc(instant)), None)
        if span is None:
            raise self._closed_for_good()
        return span[0]

    def _spans(self, since: datetime) -> Iterator[Span]:
        """Yield the open spans from *since* on, in order and in UTC.

        A calendar that stays closed for ten years on end is taken as closed for good.
        """
        # Yesterday's shift may end today, or a clock change may have moved it here.
        day = since.astimezone(ZoneInfo(self.timezone)).date() - _DAY
        last_open, cursor = day, since
        while day - last_open < _LONGEST_CLOSURE:
            for opens, closes in self._spans_on(day):
                if closes > cursor:
                    yield max(opens, cursor), closes
                    last_open, cursor = day, closes
            day += _DAY

    def _spans_on(self, day: date) -> Iterator[Span]:
        """Yield what the shift that begins on *day* leaves open between absences."""
        if day in self.holidays or Weekday.of(day) not in self.working_days:
            return
        opens = self._instant(day, self.start)
        closes = self._instant(day if self.end > self.start else day + _DAY, self.end)
        for away, back in self._away:
            if opens < min(away, closes):
                yield opens, min(away, closes)
            opens = max(opens, back)
        if opens < closes:
            yield opens, closes

    @cached_property
    def _away(self) -> list[Span]:
        return sorted((as_utc(away), as_utc(back)) for away, back in self.absences)

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, ZoneInfo(self.timezone)).astimezone(UTC)

    def _closed_for_good(self) -> Invalid:
        return Invalid(
            "These working hours never open again. "
            "Check the working days, the holidays and the absences, then try again."
        )
