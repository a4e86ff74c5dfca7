"""What is said about meetings that come back, in English, ready for translation."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.recurrence import EVERY_DAY, Recurrence, Weekday
from workflows.agendas.rules import HolidayPolicy

# The doors --------------------------------------------------------------------------------

HELP_SCHEDULE = "Let a meeting come back, with an agenda that writes itself."
USAGE_SCHEDULE = (
    '["<name>" mon 09:00 Europe/London every 1w 45m <@other owner>] [from <day>] [until <day>] '
    '[--cron="0 9 * * 1"]'
)
HELP_CHANGE = "Change when a meeting comes back, how long it takes, or what becomes of days off."
USAGE_CHANGE = "[AG-3] [tue 10:00 every 2w 60m]"
HELP_SHOW = "Show when a meeting comes back, who owns it, who comes, and where its agenda stands."
USAGE_SHOW = "[AG-3]"
HELP_LIST = "List the meetings that you come to, with their next dates."

# The form ---------------------------------------------------------------------------------

FORM = "Let a meeting come back"
FORM_CHANGE = "Change a meeting"
MAKE, SAVE = "Plan it", "Save"
NAME = "Name"
DAYS, TIME = "Days", "Time"
HINT_TIME = "On the clock of the time zone below, such as 09:00. Clock changes do not move it."
ZONE = "Time zone"
HINT_ZONE = "Such as Europe/London."
WEEKS = "Every so many weeks"
MINUTES = "Minutes"
FIRST, LAST = "First day", "Last day"
HINT_FIRST = "With more than one week between meetings, the weeks count from this day."
HINT_LAST = "Left empty, it goes on until somebody ends it."
PARTNER = "The other owner"
HINT_PARTNER = "The two of you get each draft a day before, and either approves it."
DRAFT = "Hours before the start at which the owners get the draft"
PUBLISH = "Hours before the start at which everybody reads the agenda"
POLICY = "On a day off, or when most are away"
POLICIES: Mapping[HolidayPolicy, str] = {
    HolidayPolicy.SKIP: "Nobody meets",
    HolidayPolicy.PREVIOUS_WORKDAY: "It is on the working day before",
    HolidayPolicy.NEXT_WORKDAY: "It is on the next working day",
    HolidayPolicy.POST_ANYWAY: "It takes place all the same",
}
HOLIDAYS = "Lists of days off"
HINT_HOLIDAYS = "Regions such as GB-ENG or DE-BY, departments or time zones, with commas between."
PARTS = "Parts of the agenda"
NO_PARTNER = "Nobody is known by this account. Please choose a colleague whom Parley knows."
SAME_OWNER = "You own it already. Please name a colleague as the other owner."

# What does not fit ------------------------------------------------------------------------

BAD_DAY = "Please write days as in 2026-12-28. Nothing was changed."
BAD_YEAR = "Please name a day between the years 1970 and 2199."
BAD_WEEKS = "Please write how many weeks lie between meetings as in `every 2w`."
BAD_LENGTH = "A meeting takes 10 minutes at least and 4 hours at most, such as 45m."
BAD_LEADS = (
    "The draft comes at most 7 days before the start, and everybody reads the agenda after that, "
    "at the latest when the meeting starts."
)
ENDS_FIRST = "The last day comes before the first. Please swap them."
LONG_LINE = (
    "That is too long for a meeting. Please say `agenda schedule` alone and fill in the form."
)
HAS_PASSED = "This day has passed. Please name today or a later one."
NEVER = "With this rhythm and these days there would be no meeting at all. Please look again."
MANY_LISTS = "Please name at most ten lists of days off."
ONE_OWNER = "Please name one other owner, or both. Invite everybody else with `agenda invite`."
OWNERS_ELSEWHERE = "Say `agenda owners` to name other owners. Nothing was changed."


def bad_name(longest: int) -> str:
    """Say how long a name may be."""
    return f"Please give the meeting a name of at most {longest} characters."


def not_here(name: str) -> str:
    """Say that somebody cannot come any more."""
    return f"{name} has left, or is a guest here. Please name somebody of the company."


def not_understood(word: str) -> str:
    """Say which word means nothing, and how a meeting is written."""
    return (
        f"I do not know what “{word}” means for a meeting. Write it like "
        '`agenda schedule "Security and TA" mon 09:00 Europe/London every 1w 45m @colleague`. '
        "Days are named: mon, tue, wed, thu, fri, sat, sun or daily."
    )


def is_over(code: str) -> str:
    """Say that a series does not come back any more."""
    return f"{code} has ended and does not come back. Plan a new one with `agenda schedule`."


# Times ------------------------------------------------------------------------------------

WEEKDAYS: Mapping[Weekday, str] = {
    Weekday.MON: "Monday",
    Weekday.TUE: "Tuesday",
    Weekday.WED: "Wednesday",
    Weekday.THU: "Thursday",
    Weekday.FRI: "Friday",
    Weekday.SAT: "Saturday",
    Weekday.SUN: "Sunday",
}


def rhythm(found: Recurrence) -> str:
    """Say when something comes back, in words."""
    named = listed([WEEKDAYS[day] for day in Weekday if day in found.days])
    days = "every day" if found.days == EVERY_DAY else f"every {named}"
    if found.every_weeks > 1:
        days = f"every {found.every_weeks} weeks on {named}"
    return f"{days} at {found.at:%H:%M} in {found.timezone}"


def moment(at: datetime, timezone: str) -> str:
    """Say when something is, on the clock of a time zone."""
    return f"{at.astimezone(ZoneInfo(timezone)):%a %d %b %Y, %H:%M}"


def moments(found: Sequence[datetime], timezone: str) -> str:
    """Say when several things are."""
    return "; ".join(moment(at, timezone) for at in found) or NOT_PLANNED


def on_day(day: date) -> str:
    """Say which day it is."""
    return f"{day:%a %d %b %Y}"


def listed(names: Sequence[str]) -> str:
    """Return names as people list them."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


# Once it is planned -----------------------------------------------------------------------

CHANGE = "Change it"
SAVE_THIS = "Yes, plan it"
NOTHING_SAVED = "Nothing is planned yet. Is it right?"
SAME = "It is so already. Nothing was changed."


def made(code: str, name: str, rhythm: str, dates: str) -> str:
    """Say that a meeting is planned, and what to do next."""
    return (
        f"{code}, {name}, meets {rhythm}. Next: {dates}. Say `agenda here {code}` in each "
        f"channel in which the agenda is to stand, and invite those who come with `agenda invite "
        f"{code} @colleague`."
    )


def owned(who: str, code: str, name: str, rhythm: str, dates: str) -> str:
    """Tell the other owner."""
    return (
        f"{who} planned {code}, {name}, with you as an owner: {rhythm}. Next: {dates}. You get "
        f"each draft a day before. Say `agenda show {code}` to look at it, or `agenda change "
        f"{code}` to change it."
    )


def imported(cron: str, rhythm: str, dates: str) -> str:
    """Say what a cron line means."""
    return f"“{cron}” means {rhythm}. The next three: {dates}."


def changed(code: str, name: str, rhythm: str, dates: str) -> str:
    """Say how a meeting comes back from now on."""
    return f"{code}, {name}, now meets {rhythm}. Next: {dates}. What owners edited is kept."


def changed_by(who: str, code: str, name: str, rhythm: str, dates: str) -> str:
    """Tell those who come that a meeting comes back otherwise."""
    return f"{who} changed {code}, {name}: it meets {rhythm}. Next: {dates}."


# What is shown ----------------------------------------------------------------------------

NO_SERIES = (
    "You come to no meeting that Parley keeps. Plan one with `agenda schedule`, or ask an owner "
    "to invite you."
)
YOURS = "The meetings that you come to"


def and_more(count: int) -> str:
    """Say how many meetings are not listed."""
    return f"And {count} more; say `agenda show AG-3` for one."


MEETS, LASTS, NEXT, STANDS, DAYS_OFF = "Meets", "Takes", "Next", "Stands in", "Days off"
OWN, COME, NOBODY = "Owners", "Invited", "nobody else"
PAUSED, ENDED, END = "Paused", "It has ended.", "End it"
NOT_PLANNED = "no date any more"


def nowhere(code: str) -> str:
    """Say that an agenda stands nowhere, and how to change that."""
    return f"no channel yet; say `agenda here {code}` in one"


def really_end(code: str) -> str:
    """Ask before a meeting ends for good."""
    return f"{code} will not come back. Its actions stay open. End it?"


def line(code: str, name: str, rhythm: str, dates: str) -> str:
    """Return one line of the list."""
    return f"{code} {name}: {rhythm}. Next: {dates}."


def channels(count: int) -> str:
    """Say in how many channels an agenda stands."""
    return "1 channel" if count == 1 else f"{count} channels"


def paused_until(day: date) -> str:
    """Say until when nobody meets."""
    return f"until {on_day(day)}, the first day on which it meets again"


def duration(minutes: int) -> str:
    """Say how long it takes."""
    return f"{minutes} minutes"
