"""What whoever has a report is told while nothing happens, and what its reporter is told."""

from datetime import datetime

KEEP = "I am still on it"


def kept(code: str, until: datetime) -> str:
    """Say until when it stays theirs."""
    return f"{code} stays yours until {until:%Y-%m-%d, %H:%M} UTC. Thank you for saying so."


def not_yours(code: str) -> str:
    """Say that a report is not theirs any more."""
    return f"{code} is not yours any more, so it cannot be kept. Say `security take {code}`."


def reminder(code: str, until: datetime) -> str:
    """Remind whoever has a report."""
    return (
        f"Are you still on {code}? Press the button, ask the reporter or close it, and it is. "
        f"Otherwise the next colleague is called on {until:%Y-%m-%d at %H:%M} UTC."
    )


def released(code: str) -> str:
    """Tell whoever had a report that others are called."""
    return (
        f"Nothing was noted about {code} for a while, so the next colleague is called. "
        f"If you are still on it, say `security take {code}`."
    )


def undecided(code: str) -> str:
    """Press for a decision, without a word of what was reported."""
    return (
        f"{code} should have been decided by now. Whoever has it: close it, or make an incident of "
        "it, or ask a colleague to look as well."
    )


def still_looking(code: str) -> str:
    """Tell the reporter that nothing is forgotten."""
    return (
        f"We are still looking at {code}. You need do nothing; if something changed meanwhile, "
        "add it to your report."
    )
