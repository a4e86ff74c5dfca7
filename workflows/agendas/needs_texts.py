"""What is said about what will be needed, in English, ready for translation."""

from datetime import date

HELP = "Say what will be needed by some day, such as a planned opening; agendas show it."
USAGE = '"SOC analyst" by=2027-01-15 [@owner] [AG-3]'
HELP_LIST = "Show what will be needed, and take off what is not needed any more."
USAGE_LIST = "[AG-3]"
OVER = "Not needed any more"
NONE = "Nothing is noted that will be needed."
SAY_WHAT = (
    "Say what will be needed and by when, such as "
    '`agenda need "SOC analyst" by=2027-01-15`. Nothing was noted.'
)
GONE = "That is not needed any more already. Nothing was changed."


def noted(what: str, day: date) -> str:
    """Say that a need is noted."""
    return f"Noted: {what}, needed by {day}. Agendas show it from 90 days before."


def over(what: str) -> str:
    """Say that something is not needed any more."""
    return f"{what} is not needed any more."


def line(what: str, day: date) -> str:
    """Return a need on one line."""
    return f"{what}, needed by {day}"


def counted(day: date) -> str:
    """Return a need on one line, where what it is may not be told."""
    return f"Something planned, needed by {day}"


def waiting(name: str) -> str:
    """Return what heads the needs of a series."""
    return f"What will be needed, on the agenda of {name}:"


def over_button(what: str) -> str:
    """Return the label that takes a need off."""
    return f"{OVER}: {what}"
