"""What is said about absences and holidays, in English, ready for translation."""

from collections.abc import Sequence
from datetime import date

from workflows.people.texts import USAGE_WHO

HELP_AWAY = "Say when you are away, so that nobody reminds you of anything meanwhile."
HELP_BACK = "Say that you are back earlier, or that you will not be away after all."
USAGE_AWAY = f"[{USAGE_WHO}] <first day> <last day>"
USAGE_BACK = f"[{USAGE_WHO}]"

EXAMPLE = "such as “people away 2026-12-24 2027-01-02”"
NO_ABSENCE = f"No absence is noted. Say the first and the last day, {EXAMPLE}."
SAY_DAYS = f"Say the first and the last day, {EXAMPLE}. Nothing was changed."
NOT_AWAY = "No absence was noted, so nothing was changed."

NO_CALENDAR = (
    "This is no calendar file (iCalendar, .ics) that I can read. Nothing was changed. "
    "Export it from your calendar again."
)
REPEATS = (
    "An event of this calendar repeats, and I cannot tell its days. Nothing was changed. "
    "Export the single days, or write them as a table with the columns date, list and name."
)
LASTS = (
    "An event of this calendar lasts longer than a month, or ends before it begins. "
    "Nothing was changed."
)
NEEDS_LIST = (
    "A calendar file does not say for whom its days are. Name the list with --list, such as "
    "--list company or --list Europe/Berlin. Nothing was changed."
)


def away(name: str, first: date, last: date) -> str:
    """Say that an absence is noted."""
    days = f"on {first}" if first == last else f"from {first} to {last}, both days included"
    return f"{name} is away {days}. “people back” ends it earlier."


def absences(spans: Sequence[tuple[date, date]]) -> str:
    """Say when somebody is away."""
    said = "; ".join(str(one) if one == last else f"{one} to {last}" for one, last in spans)
    return f"Away: {said}."


def back(name: str) -> str:
    """Say that somebody is not away any more."""
    return f"{name} is back, and is asked and reminded again."


def not_going(name: str, first: date, last: date) -> str:
    """Say that an absence to come is forgotten."""
    return f"{name} will not be away from {first} to {last}."


def ends_first(first: date, last: date) -> str:
    """Say that the two days are the wrong way round."""
    return f"{last} comes before {first}. Swap the two days. Nothing was changed."


def is_over(last: date) -> str:
    """Say that the last day has passed."""
    return f"{last} has passed, so there is nothing to note. Nothing was changed."


def too_far(last: date, latest: date) -> str:
    """Say that an absence ends too late."""
    return f"{last} is too far away. Name a last day until {latest}. Nothing was changed."


def no_list(given: str, everybody: str) -> str:
    """Say what a list of holidays may be called."""
    return (
        f"there is no list “{given}”. Write {everybody} for everybody, the key of a department, "
        "or a time zone such as Europe/Berlin for those who live by it."
    )
