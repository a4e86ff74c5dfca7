"""What is said about handing out incidents and about keeping them, ready for translation."""

HELP = "Read all of an incident at once, for a file: for its lead and for Legal."
USAGE = "SI-42 [--format=json]"
HELP_HOLD = "See to it that nothing of an incident is erased."
HELP_UNHOLD = "Let an incident be erased again when its time is over."
USAGE_ONE = "SI-42"
AGREE = "Agree that it is exported"
NOT_YOURS = (
    "Its lead and Legal can have an incident exported, and nobody else. Nothing was handed out."
)
LEGAL_ONLY = "Only Legal can do that. Nothing was changed."


def one_more(code: str, other: str) -> str:
    """Say that somebody else has to agree."""
    return (
        f"{code} is TLP:RED, so its lead and Legal export it together. You have agreed, for a day; "
        f"I have asked {other}."
    )


def asked(code: str) -> str:
    """Ask somebody to agree."""
    return f"Somebody asks that all of {code}, which is TLP:RED, is exported. Do you agree?"


def agreed(code: str) -> str:
    """Say that it can be handed out."""
    return f"Both have agreed. For a day `security export {code}` hands it out to either."


def needs_both(code: str) -> str:
    """Say why a file is not written."""
    return (
        f"{code} is TLP:RED: its lead and Legal have to agree in a chat first, each with "
        f"`security export {code}`. Nothing was written."
    )


def export(code: str) -> str:
    """Say what follows."""
    return f"All of {code}, without names. What was reported stays with the reports."


def too_long(code: str) -> str:
    """Say where all of it is written."""
    return (
        f"{code} is more than a chat shows. Ask whoever runs Parley for "
        f"`python app.py export incident {code} FILE.md`."
    )


def held(code: str) -> str:
    """Confirm a hold."""
    return f"Nothing of {code} and of its reports is erased until Legal says otherwise."


def let_go(code: str) -> str:
    """Confirm that a hold is lifted."""
    return f"{code} and its reports are erased again when their time is over."
