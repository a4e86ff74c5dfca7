"""What the minutes say, in English, ready for translation."""

from datetime import date

HELP = "Show what came of a meeting: the running one, the last, or that of the thread."
USAGE = "[AG-3]"
DECISIONS, ACTIONS = "Decisions", "Actions"
NOTES, PARKED = "Notes", "Parked for the next meeting"
NOTHING = "Nothing was kept of this meeting."
ADD = "Something is missing? Say it here: `action`, `decision` or `note`, and the words in quotes."
NO_MEETING = "No meeting of this series has begun yet, so it has no minutes."


def heading(name: str, day: date) -> str:
    """Return what heads the minutes."""
    return f"What came of {name}, {day}"


def reduced(code: str, decisions: int, actions: int, parked: int) -> str:
    """Say how much was kept, where people read who may not know what."""
    counts = (
        _count(decisions, "decision"),
        _count(actions, "action"),
        _count(parked, "parked topic"),
    )
    return (
        f"{', '.join(counts)}. Who comes to the meeting reads them with `agenda minutes {code}`, "
        "said to Parley alone."
    )


def yours(name: str, day: date) -> str:
    """Return what heads the actions that somebody took home."""
    return f"From {name} on {day} you have to do:"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
