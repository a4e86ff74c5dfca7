"""What a facilitator is told, in English, ready for translation."""

from collections.abc import Sequence

KEEP, NEXT, MORE = "Keep the time", "Next item", "Five more minutes"
NOT_NOW = "The meeting does not run now, so there is no time to keep."
MOVED_ON = "You are at another part already. Nothing was changed."
LAST = "That was the last part. The minutes come when the meeting is over."
NOTHING = "Nothing is on the agenda, so there is no time to keep."


def begins(name: str, parts: Sequence[str]) -> str:
    """Tell the facilitator that the meeting begins."""
    lines = "".join(f"\n{number}. {part}" for number, part in enumerate(parts, start=1))
    return f"{name} begins, and you facilitate it today.{lines}\nShall I keep the time for you?"


def part(title: str, minutes: int) -> str:
    """Return a part with its time."""
    return f"{title} ({minutes} min)"


def now(title: str, minutes: int) -> str:
    """Say what is talked about now."""
    return f"Now: {title}, {minutes} min. I will ask you when they are over."


def over(title: str) -> str:
    """Ask whether to go on."""
    return f"The time for “{title}” is over. Next item?"
