"""What is said about single dates of a meeting, and about pauses, in English."""

from datetime import date

from workflows.agendas.series_texts import on_day

HELP_SKIP = "Leave out one date of a meeting."
USAGE_SKIP = '[AG-3] <day> ["<reason>"]'
HELP_RESTORE = "Let a date that was left out take place after all."
USAGE_RESTORE = "[AG-3] <day>"
HELP_MOVE = "Move one date of a meeting to another day or time."
USAGE_MOVE = "[AG-3] <day> to <day> [10:00]"
HELP_PAUSE = "Leave out every date of a meeting up to a day."
USAGE_PAUSE = "[AG-3] until <day>"
HELP_RESUME = "End a pause."
HELP_END = "End a meeting for good: it does not come back."
USAGE_SERIES = "[AG-3]"

SAY_SKIP = 'Say which day, such as `agenda skip AG-3 2026-12-28 "shutdown"`. Nothing was changed.'
SAY_MOVE = (
    "Say from which day to which, such as `agenda move AG-3 2026-12-28 to 2026-12-29 10:00`. "
    "Nothing was changed."
)
SAY_PAUSE = (
    "Say the first day on which it meets again, such as `agenda pause AG-3 until 2027-01-04`. "
    "Nothing was changed."
)
HAS_BEGUN = "That meeting has begun or is over. Nothing was changed."
HAS_PASSED = "That time has passed. Please name a later one. Nothing was changed."
NOT_PAUSED = "It is not paused. Nothing was changed."


def too_far(days: int) -> str:
    """Say how long a pause may last."""
    return (
        f"A pause lasts {days} days at most. Name an earlier day, or end the meeting with "
        "`agenda end`. Nothing was changed."
    )


def long_reason(longest: int) -> str:
    """Say how long a reason may be."""
    return f"Please give the reason in at most {longest} characters. Nothing was changed."


def no_meeting(code: str, day: date, dates: str) -> str:
    """Say that there is no meeting on a day."""
    return f"{code} does not meet on {on_day(day)}. Next: {dates}. Nothing was changed."


def skipped_already(code: str, day: date) -> str:
    """Say that a date is left out already."""
    return f"{code} is left out on {on_day(day)} already. Nothing was changed."


def not_skipped(code: str, day: date) -> str:
    """Say that a date takes place anyway."""
    return f"{code} takes place on {on_day(day)} already. Nothing was changed."


def off_by_itself(code: str, day: date, why: str) -> str:
    """Say why a date that Parley left out does not simply come back."""
    return (
        f"{code} is left out on {on_day(day)} by its own rule ({why}). Say `agenda change {code}` "
        "for another rule, `agenda resume` to end a pause, or `agenda move` for another day."
    )


def day_taken(code: str, day: date) -> str:
    """Say that a day has its own meeting."""
    return f"{code} has its own meeting on {on_day(day)}. Please name another day."


def skipped(code: str, day: date, dates: str) -> str:
    """Say that a date is left out."""
    return f"{code} is left out on {on_day(day)}. Next: {dates}. `agenda restore` takes that back."


def skipped_by(who: str, code: str, name: str, day: date, why: str) -> str:
    """Tell those who come that a date is left out."""
    return f"{who} left out {code}, {name}, on {on_day(day)}{_because(why)}."


def restored(code: str, moment: str) -> str:
    """Say that a date takes place after all."""
    return f"{code} takes place on {moment} after all. Everybody who comes is told."


def restored_by(who: str, code: str, name: str, moment: str) -> str:
    """Tell those who come that a date takes place after all."""
    return f"{who} lets {code}, {name}, take place on {moment} after all."


def moved(code: str, day: date, moment: str) -> str:
    """Say that a date is another one now."""
    return f"{code} of {on_day(day)} is on {moment} now. Everybody who comes is told."


def moved_by(who: str, code: str, name: str, day: date, moment: str) -> str:
    """Tell those who come that a date is another one now."""
    return f"{who} moved {code}, {name}, of {on_day(day)} to {moment}."


def paused(code: str, until: date, dates: str) -> str:
    """Say that a meeting is paused."""
    return (
        f"{code} is paused until {on_day(until)}. Next: {dates}. `agenda resume {code}` ends the "
        "pause earlier."
    )


def paused_by(who: str, code: str, name: str, until: date, dates: str) -> str:
    """Tell those who come that a meeting is paused."""
    return f"{who} paused {code}, {name}, until {on_day(until)}. Next: {dates}."


def resumed(code: str, dates: str) -> str:
    """Say that a meeting comes back again."""
    return f"{code} is not paused any more. Next: {dates}."


def resumed_by(who: str, code: str, name: str, dates: str) -> str:
    """Tell those who come that a meeting comes back again."""
    return f"{who} ended the pause of {code}, {name}. Next: {dates}."


def ask_to_end(code: str, name: str) -> str:
    """Ask before a meeting ends for good."""
    return f"Shall {name} ({code}) end for good? `agenda pause {code}` leaves out dates alone."


def ended(code: str, name: str) -> str:
    """Say that a meeting does not come back."""
    return f"{code}, {name}, has ended. Its actions stay open until their owners close them."


def ended_by(who: str, code: str, name: str) -> str:
    """Tell those who come that a meeting does not come back."""
    return f"{who} ended {code}, {name}: it does not come back. Its actions stay open."


def _because(why: str) -> str:
    return f": {why}" if why else ""
