"""The texts of receipts, in English, ready for translation."""

from datetime import UTC, datetime

ADD_DETAILS = "Add details"
NOT_A_REPORT = "Not a report"
GO_PRIVATE = "Move to private"
WITHDRAW = "Take it back"
REALLY_WITHDRAW = "Nobody looks at it any more after that. Take the report back?"

SURE_TO_ANSWER = "You hear from me here as soon as somebody has it, and how it ended."
IN_THREAD = (
    "If you clicked, opened, typed a password, approved a prompt or paid, press “Add details” "
    "and say so: then help comes faster. What you write in this thread is added to the report."
)
ASKED_TO_DELETE = "If others should not read your post, please delete it: the report stays."


def thanks(code: str) -> str:
    """Thank for a report, before the moment by which a person looks at it."""
    return f"Thank you for saying so. This is {code}, and a person looks at it by "


def goes_on_in_private(code: str) -> str:
    """Stand in the thread of a report that its author moved to their own chat."""
    return f"Thank you. {code} goes on in private."


def moved(code: str) -> str:
    """Say that all else about a report comes privately."""
    return (
        f"{code} goes on here, where nobody else reads. Your name is shown to fewer people from "
        "now on: to who leads the case, and to HR or Legal where they act in it."
    )


def taken_back(code: str) -> str:
    """Stand in the place of a receipt."""
    return f"{code} was taken back. Thank you all the same, and please report the next odd thing."


def too_late(code: str, minutes: int) -> str:
    """Say that a button is only there for a while."""
    return (
        f"This can be done for {minutes} minutes, and those are over. Say `report withdraw {code}` "
        "to take it back as long as nobody has decided about it. Nothing was changed."
    )


def moment(at: datetime) -> str:
    """Return an instant for readers whose screen shows no local time."""
    at = at.astimezone(UTC)
    return f"{at:%A} {at.day} {at:%B}, {at:%H:%M} UTC"
