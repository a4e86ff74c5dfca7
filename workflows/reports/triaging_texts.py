"""Texts of those who triage: taking a report, giving it back, and the list of what waits."""

from datetime import datetime

TAKE = "Take it"
HELP_TAKE = "Take a report, so that nobody else is called about it."
HELP_RELEASE = "Give a report back, so that the next colleague is called."
HELP_QUEUE = "Show the reports that wait for somebody to decide."
HELP_SHOW = "Show a report with all that was added to it."
HELP_ASK = "Ask whoever reported something a question."
HELP_CLOSE = "Close a report with an outcome; its reporter is told at once."
HELP_REOPEN = "Look at a closed report once more."
USAGE_ONE = "<R-123>"
USAGE_ASK = "<R-123> <question>"
USAGE_CLOSE = "<R-123> <outcome> [words for the reporter] [--department=hr]"
USAGE_REOPEN = "<R-123> [why]"

QUEUE = "Reports that wait"
NOTHING_WAITS = "No report waits for anybody. Well done."
ALL_REPORTS = "All reports that wait"


def take(code: str) -> str:
    """Name the button that takes a report, where there are several."""
    return f"Take {code}"


def read(code: str) -> str:
    """Name the button that shows a report, where there are several."""
    return f"Read {code}"


def taken(code: str) -> str:
    """Tell whoever took a report what is theirs to do."""
    return (
        f"{code} is yours, and its reporter was told that somebody has it. Ask the reporter, or "
        "close it with an outcome when you know more. If nothing happens, it goes to the others."
    )


def taken_before(code: str, since: datetime | None) -> str:
    """Say that a colleague was first."""
    when = f" since {since:%Y-%m-%d %H:%M} UTC" if since else ""
    return f"A colleague in triage has {code} already{when}. Nothing was changed."


def yours_already(code: str) -> str:
    """Say that whoever asks has taken it before."""
    return f"{code} is yours already. Nothing was changed."


def not_yours(code: str) -> str:
    """Say that only its holder gives a report back."""
    return f"{code} is looked at by somebody else, so only they give it back. Nothing was changed."


def released(code: str) -> str:
    """Say that a report was given back."""
    return f"{code} waits again, and the next colleague is called. Thank you for saying so."


def reporter_told(code: str) -> str:
    """Tell the reporter that a person has it, by role and not by name."""
    return (
        f"Somebody in security looks at {code} now. You hear from us here; "
        "if something changes, add it to your report."
    )


def more(count: int) -> str:
    """Say how many are not shown."""
    return f"{count} more wait as well."


def line(heading: str, severity: str, state: str, holder: str) -> str:
    """Return a report as one line of a list."""
    who = f", with {holder}" if holder else ""
    return f"{heading}. {severity}; {state}{who}."
