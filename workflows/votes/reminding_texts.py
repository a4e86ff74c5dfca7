"""What a reminder to vote says, in English, ready for translation."""

from datetime import datetime


def waiting(name: str, code: str, subject: str) -> str:
    """Remind somebody of a vote, and say how to abstain."""
    return (
        f"{name}, the vote {code} on {subject} still waits for your answer. "
        "Abstaining is an answer as well."
    )


def not_yours(code: str) -> str:
    """Say what to do instead of voting."""
    return (
        f"If you should not judge this, say `vote recuse {code}` with your reason; "
        "then nobody asks you again."
    )


def moment(local: datetime, zone: str) -> str:
    """Return an instant as its reader's clock shows it, with the zone named."""
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M} ({zone})"
