"""What is said when time itself does something with a meeting, in English, for translation."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from workflows.agendas import codes
from workflows.agendas.tables import Meeting, Series

MOST_AWAY = "most of those who come are away"
PAUSED = "the series is paused"
ENDED = "the series has ended"
NO_MORE = "the series does not meet then any more"
DOWN = "Parley was not running"


def owners_away(department: str) -> str:
    """Return why a department has nobody there who could speak for it."""
    return f"nobody who owns it for {department} is there" if department else "no owner is there"


def day(series: Series, at: datetime) -> str:
    """Return an instant as the clock on the wall of a series shows it."""
    local = at.astimezone(ZoneInfo(series.timezone))
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M} ({series.timezone})"


def skipped(series: Series, meeting: Meeting) -> str:
    """Say that a meeting does not take place, and why."""
    return (
        f"{series.name} ({codes.series(series.id)}) does not meet on "
        f"{day(series, meeting.starts_at)}: {meeting.why}. "
        f"What was to be talked about is kept for the next time. {_show(series)}"
    )


def moved(series: Series, meeting: Meeting) -> str:
    """Say that a meeting takes place at another time than usual, and why."""
    return (
        f"{series.name} ({codes.series(series.id)}) meets on {day(series, meeting.starts_at)} "
        f"this time, since on its usual day there would be too few: {meeting.why}. {_show(series)}"
    )


def after_all(series: Series, meeting: Meeting) -> str:
    """Say that a meeting takes place at its usual time, since enough will come by now."""
    return (
        f"{series.name} ({codes.series(series.id)}) meets on {day(series, meeting.starts_at)} "
        f"after all: what spoke against it is over. {_show(series)}"
    )


def zone_changed(series: Series, meeting: Meeting, before: datetime) -> str:
    """Say that the rules of a time zone were changed, and a meeting moved with them."""
    return (
        f"The rules of the time zone {series.timezone} have changed. So that "
        f"{series.name} ({codes.series(series.id)}) stays at the same time on the wall, "
        f"{day(series, meeting.starts_at)}, it is now at {_utc(meeting.starts_at)} "
        f"instead of {_utc(before)}. Please look whether other calendars say the same."
    )


def missed(series: Series, meeting: Meeting, following: Meeting | None) -> str:
    """Say that an agenda was not posted, since that would have been too late."""
    then = f", on {day(series, following.starts_at)}" if following else ""
    return (
        f"I did not post the agenda of {series.name} ({codes.series(series.id)}) for "
        f"{day(series, meeting.starts_at)}: {DOWN} when it was due, and now it would be too late. "
        f"Topics and open actions are kept for the next time{then}."
    )


def absent(names: Sequence[str]) -> str:
    """Say who will not be at a meeting."""
    return f"Absent: {', '.join(names)}."


def so_many_absent(count: int) -> str:
    """Say how many will not be at a meeting."""
    return f"{count} of those who come {'is' if count == 1 else 'are'} absent."


def apart(series: Series, at: datetime, zones: Sequence[str]) -> str:
    """Say what the clocks show elsewhere in a week in which they are apart by another span."""
    there = ", ".join(f"{_clock(at, zone)} in {_city(zone)}" for zone in zones)
    return (
        "The clocks have not changed everywhere this week: "
        f"{_clock(at, series.timezone)} in {_city(series.timezone)} is {there}."
    )


def no_list(name: str) -> str:
    """Say that there is no list of days off of that name."""
    return (
        f"I know no days off for “{name}”. Name a country such as US, a part of one such as GB-ENG "
        "or DE-BY, or a list of your own: company, a department, or a time zone."
    )


def _show(series: Series) -> str:
    return f"Say `agenda show {codes.series(series.id)}` for the dates to come."


def _utc(at: datetime) -> str:
    return f"{at:%H:%M} UTC"


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
