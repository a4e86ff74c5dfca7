"""What is said to those who triage, when they declare an incident or link a report."""

HELP_DECLARE = "Declare an incident, from a report or from what you know."
USAGE_DECLARE = "[R-123]"
HELP_LINK = "Make a report part of an incident."
HELP_UNLINK = "Take a report off an incident that you lead."
USAGE_LINK = "R-123 SI-42"
DECLARE, LINK = "Declare an incident", "Link to an incident"
FORM, SUBMIT = "Declare an incident", "Declare"
LINK_FORM, LINK_SUBMIT = "Link to an incident", "Link"
TITLE, HINT_TITLE = (
    "What happened, in one line?",
    "Only who may read the incident reads it. Everybody else reads two words that say nothing.",
)
CATEGORY, LEAD, INCIDENT = "What kind of thing is it?", "I lead it", "Which one?"
NONE_TO_JOIN = "There is no open incident that you may read. Declare one from this report instead."


def from_report(code: str) -> str:
    """Say which report an incident is declared from."""
    return f"{code} becomes its first report, and its reporter is told that it helped."


def linking(code: str) -> str:
    """Say what linking does."""
    return f"{code} becomes part of it, and its reporter is told so."


def declared(code: str, codename: str) -> str:
    """Confirm that an incident was declared."""
    return f"{code} is declared, under the name {codename}. The departments it needs were asked."


def linked(report: str, code: str) -> str:
    """Confirm that a report is part of an incident."""
    return f"{report} is part of {code} now, and its reporter has been told."


def unlinked(report: str, code: str) -> str:
    """Confirm that a report is no part of an incident any more."""
    return f"{report} is no part of {code} any more, and is back with triage."
