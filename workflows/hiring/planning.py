"""When things are: what somebody typed as a moment or a day, and whether it can be so."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import as_utc, zone_named
from bot.errors import Invalid
from workflows.hiring import planning_texts as said

SHORTEST, LONGEST = 10, 480  #: minutes of one interview
#: Nobody plans further ahead; a date that lies further is a slip.
FURTHEST = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Slot:
    """When an interview is, and when its panel talks."""

    starts_at: datetime
    ends_at: datetime
    debrief_at: datetime | None


def slot(
    starts_at: datetime | None, minutes: int, debrief_at: datetime | None, *, now: datetime
) -> Slot:
    """Return when an interview is.

    Raises:
        Invalid: it is over already or too far ahead, or the panel would talk before its end.
    """
    if starts_at is None:
        raise Invalid(fields={"starts_at": said.WHEN})
    if starts_at <= now:
        raise Invalid(fields={"starts_at": said.IN_THE_PAST})
    if starts_at > now + FURTHEST:
        raise Invalid(fields={"starts_at": said.TOO_FAR})
    if not SHORTEST <= minutes <= LONGEST:
        raise Invalid(fields={"minutes": said.minutes(SHORTEST, LONGEST)})
    ends_at = starts_at + timedelta(minutes=minutes)
    if debrief_at is not None and not ends_at <= debrief_at <= ends_at + FURTHEST:
        raise Invalid(fields={"debrief_at": said.DEBRIEF_TOO_EARLY})
    return Slot(starts_at, ends_at, debrief_at)


def start_of_work(day: date | None, *, now: datetime) -> date | None:
    """Return the day from which somebody is wanted.

    Raises:
        Invalid: it has passed, or is too far ahead.
    """
    if day is not None and not now.date() <= day <= (now + FURTHEST).date():
        raise Invalid(fields={"target_start": said.BAD_START})
    return day


def moment(text: str, zone: str) -> datetime | None:
    """Read `2026-11-30 14:00` on the wall clock of *zone*; None for an empty text.

    Raises:
        Invalid: it is no moment.
    """
    if not text.strip():
        return None
    try:
        read = datetime.fromisoformat(text.strip())
        return as_utc(read if read.tzinfo else read.replace(tzinfo=zone_named(zone)))
    except (ValueError, OverflowError):  # in UTC it may lie before year 1 or after 9999
        raise Invalid(said.bad_moment(text)) from None


def day(text: str) -> date | None:
    """Read `2027-01-31`; None for an empty text.

    Raises:
        Invalid: it is no day.
    """
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Invalid(said.bad_day(text)) from None


def number(text: str, otherwise: int) -> int:
    """Read a whole number of a few digits; *otherwise* for an empty text.

    Raises:
        Invalid: it is none.
    """
    digits = text.strip()
    if not digits:
        return otherwise
    if not digits.isdecimal() or len(digits) > len(str(LONGEST)):
        raise Invalid(said.minutes(SHORTEST, LONGEST))
    return int(digits)
