"""What comes back every few minutes, and reading whichever rule a schedule has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.clock import as_utc
from bot.errors import Invalid
from bot.recurrence import Recurrence

_RULE = re.compile(r"every (?P<minutes>[1-9][0-9]?)m")
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = 60


@dataclass(frozen=True)
class Interval:
    """Every so many minutes, from the full hour on; an hour is a multiple of them.

    The wall clock does not matter, so that no clock change brings a slot twice.
    """

    minutes: int
    timezone: str = "UTC"

    def __post_init__(self) -> None:
        if _HOUR % self.minutes:
            raise Invalid("An hour must be a multiple of the minutes, as in “every 15m”.")

    def __str__(self) -> str:
        return f"every {self.minutes}m"

    def next_after(self, instant: datetime) -> datetime:
        """Return the first slot later than *instant*, in UTC."""
        span = timedelta(minutes=self.minutes)
        return _BEGIN + ((as_utc(instant) - _BEGIN) // span + 1) * span

    def slots_between(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """Yield the slots later than *after* and not later than *until*, in UTC."""
        slot = self.next_after(after)
        while slot <= as_utc(until):
            yield slot
            slot += timedelta(minutes=self.minutes)


Rule = Recurrence | Interval


def read_rule(text: str, timezone: str) -> Rule:
    """Read “every 15m”, or a recurrence on the wall clock of *timezone*.

    Raises:
        Invalid: it is neither.
    """
    interval = _RULE.fullmatch(text)
    return Interval(int(interval["minutes"])) if interval else Recurrence.parse(text, timezone)
