"""What is said about scorecards that are waited for, in English, ready for translation."""

from datetime import datetime
from enum import StrEnum

from bot.clock import zone_named
from storage.people import Person

GIVE = "Give feedback"
SNOOZE = "Remind me tomorrow"
NOT_MINE = "Not mine"
SEE_ALL = "See all"
REASSIGN = "Reassign"
WAIVE = "Waive"
SURE_TO_WAIVE = "The panel then goes on without this scorecard. If it comes after all, it counts."

#: Stands, sealed, where an interviewer says why they declined.
WAIVED_REASON = "waived"
#: Beside where the rest of a digest is seen.
DIGEST_NOTE = "Your list has a button for each of them."


class Lateness(StrEnum):
    """Why the recruiter hears of a scorecard."""

    OVERDUE = "is overdue"
    AWAY = "will be late: its author is away until after it is due"
    OUT_OF_REACH = "will be late: no message reaches its author"


def moment(instant: datetime, reader: Person) -> str:
    """Return an instant as somebody reads it, with their zone named."""
    local = instant.astimezone(zone_named(reader.timezone))
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M} ({reader.timezone})"


def of_interview(interview: str, candidate: str) -> str:
    """Name an interview by its codes."""
    return f"{interview} with {candidate}"


def asked(name: str, about: str) -> str:
    """Ask for a scorecard."""
    return f"{name}, please write your scorecard for {about} while you remember it."


def waiting(name: str, about: str) -> str:
    """Remind of a scorecard."""
    return f"{name}, your scorecard for {about} is not in yet, and the panel waits for it."


def several(name: str, count: int) -> str:
    """Remind of several scorecards at once."""
    return f"{name}, {count} scorecards of yours are not in yet, and their panels wait for them:"


def due(at: datetime, now: datetime) -> str:
    """Say when it is due, before the time itself."""
    return "It is due on" if at > now else "It was due on"


def in_list(about: str, at: datetime, now: datetime) -> str:
    """Begin the line of one of several scorecards, before its time."""
    return f"{about}, {'due on' if at > now else 'it was due on'}"


def for_recruiter(name: str, about: str, why: Lateness) -> str:
    """Tell the recruiter, privately, of a scorecard that does not come."""
    return (
        f"{name}'s scorecard for {about} {why}. You can give the seat to somebody else who was "
        "there, or let the panel go on without it."
    )


def for_manager(name: str, about: str) -> str:
    """Tell the hiring manager of a scorecard that does not come."""
    return (
        f"{name}'s scorecard for {about} has been overdue for two working days. "
        "The recruiter knows; a word from you to its author may help."
    )


def settled_already(about: str) -> str:
    """Say that a scorecard is not waited for any more."""
    return f"The scorecard for {about} is not waited for any more. Nothing was changed."


def waived(name: str, about: str) -> str:
    """Say that the panel goes on without a scorecard."""
    return f"The panel goes on without {name}'s scorecard for {about}."


def not_needed(about: str) -> str:
    """Tell an interviewer that nothing is asked of them any more."""
    return f"Your scorecard for {about} is not waited for any more. There is nothing left to do."
