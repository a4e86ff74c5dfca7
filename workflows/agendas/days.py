"""Days as people type them: a date, a day of the week, today or tomorrow."""

from datetime import date, datetime, timedelta

from bot.clock import zone_named
from bot.errors import Invalid
from workflows.agendas import capturing_texts as texts
from workflows.agendas.tables import Series

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: So many letters of a day's name are enough.
_SHORTEST = 3
#: Nobody means a later day.
_FURTHEST = timedelta(days=2 * 366)


def today(series: Series, now: datetime) -> date:
    """Return the day that it is where a series meets."""
    return now.astimezone(zone_named(series.timezone)).date()


def named(text: str, today: date) -> date | None:
    """Read `fri`, `tomorrow` or `2027-01-31`; a day of the week is the next one after today.

    Raises:
        Invalid: it is no day, or none that is to come.
    """
    word = text.strip().casefold()
    return checked(_day(word, today), today) if word else None


def checked(day: date, today: date) -> date:
    """Return a day that is not over and not too far away.

    Raises:
        Invalid: it is not so.
    """
    if not today <= day <= today + _FURTHEST:
        raise Invalid(texts.no_such_time(day))
    return day


def _day(word: str, today: date) -> date:
    if word in texts.NEAR_DAYS:
        return today + timedelta(days=texts.NEAR_DAYS.index(word))
    if len(word) >= _SHORTEST:
        for number, name in enumerate(_WEEK):
            if name.startswith(word):
                return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise Invalid(texts.bad_day(word)) from None
