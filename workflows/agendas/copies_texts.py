"""What an agenda says around its items, in English, ready for translation."""

from collections.abc import Iterable
from datetime import datetime

from workflows.agendas.rules import Part
from workflows.agendas.texts import TITLES

WHEN, TIME, FACILITATOR = "When", "Time", "Facilitator"
LATE = (
    "This comes late: Parley was not running when it was due. Nothing is lost; please read it "
    "before you meet."
)
REDUCED = (
    "Others than members of the company may read here, so this is the short version: numbers, "
    "without names and codes."
)
IN_THREAD = (
    "Talk about it in the thread below; this is kept up to date until the meeting begins. What you "
    'want to add, say with `agenda add "topic" 5m`.'
)
NOTHING = 'Nothing is on the agenda so far. What you want to add, say with `agenda add "topic" 5m`.'
SHORTENED = "Long items are cut short here, so that all of them have room."


def moment(local: datetime, zone: str) -> str:
    """Return an instant as the clock on a wall shows it, with its zone named."""
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M} ({zone})"


def heading(name: str, code: str) -> str:
    """Name the agenda of a series."""
    return f"{name}: agenda ({code})"


def draft_heading(name: str, code: str) -> str:
    """Name the draft of an agenda."""
    return f"{name}: draft of the agenda ({code})"


def time(minutes: int, length: int) -> str:
    """Say how much of the time is given out."""
    return f"{minutes} of {length} minutes"


def part(number: int, title: Part, minutes: int, speaker: str) -> str:
    """Name a part with its time, and who speaks about it."""
    by = f", {speaker}" if speaker else ""
    return f"{number}. {TITLES[title]} ({minutes} min{by})"


def more(count: int) -> str:
    """Say how many items a part does not show."""
    return f"and {count} more"


def item_suffix(owner: str, minutes: int | None) -> str:
    """Say whose an item is and how long it takes, as far as that is known."""
    known = [owner] if owner else []
    if minutes:
        known.append(f"{minutes} min")
    return f" ({', '.join(known)})" if known else ""


def folded(length: int, parts: Iterable[tuple[Part, int]]) -> str:
    """Say what there is no time for."""
    named = ", ".join(f"{TITLES[part]} ({count})" for part, count in parts)
    return f"Folded, since {length} minutes are not enough for all: {named}."


def failed(parts: Iterable[Part]) -> str:
    """Say what could not be read."""
    named = ", ".join(TITLES[part] for part in parts)
    return (
        f"Left out, since it could not be read just now: {named}. I try again every few minutes "
        "until the meeting begins; if this line stays, please tell whoever looks after me."
    )


def cancelled(name: str, local: str, why: str = "") -> str:
    """Say that nobody meets, and why, where that may be told."""
    reason = f": {why}" if why else ""
    return f"{name} on {local} does not take place{reason}."


def moved(name: str, local: str) -> str:
    """Say that a meeting whose agenda was posted comes at another time."""
    return f"{name} meets on {local} instead. The agenda stands here again before that."


def gone(name: str, code: str, others: int) -> str:
    """Say in a channel that an agenda stands there no longer, and where it is."""
    elsewhere = {0: "no channel", 1: "one other channel"}.get(others, f"{others} other channels")
    return (
        f"The agenda of {name} is not posted here any more; it stands in {elsewhere} now. Its "
        f"owners bring it back with `agenda here {code}`."
    )


def begun(name: str, local: str) -> str:
    """Say to an owner that their draft has done its work."""
    return (
        f"{name} on {local} has begun. What is agreed there, write into its thread with `action`, "
        "`decision` and `note`."
    )


def not_yours(name: str) -> str:
    """Say to whoever was an owner why their draft is gone."""
    return f"You do not own {name} any more, so its draft is with the others."
