"""How what is to be done after an incident stands on an agenda, in English."""

from datetime import date

OVERDUE = "overdue"


def line(code: str, incident: str, what: str) -> str:
    """Return an action on one line; *incident* and *what* are "" where they are not told."""
    of = f"{code} of {incident}" if incident else code
    return f"{of}: {what.removesuffix('.')}" if what else of


def due(day: date) -> str:
    """Return until when."""
    return f"due {day}"
