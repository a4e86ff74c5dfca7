"""What whoever has a report is told while nothing happens, and what its reporter is told."""

KEEP = "I am still on it"
YOURS_UNTIL = "Yours until"


def kept(code: str) -> str:
    """Say that it stays theirs."""
    return f"{code} stays yours. Thank you for saying so."


def not_yours(code: str) -> str:
    """Say that a report is not theirs any more."""
    return f"{code} is not yours any more, so it cannot be kept. Say `security take {code}`."


def reminder(code: str) -> str:
    """Remind whoever has a report."""
    return (
        f"Are you still on {code}? Press the button, ask the reporter or close it, and it is. "
        "Otherwise the next colleague is called."
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
