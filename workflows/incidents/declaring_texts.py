"""What is said when an incident is declared, and when reports join or leave it."""

from workflows.incidents.rules import State
from workflows.incidents.texts import STATES
from workflows.reports.rules import Category, Severity
from workflows.reports.texts import CATEGORIES, SEVERITIES

HELPED = (
    "Thank you: your report helped to open a case. Several departments act on it now, and you "
    "hear from us when it is over."
)
JOINED = (
    "Thank you: your report is part of a case that people are acting on already. You hear from us "
    "when it is over."
)
NOT_INTO_WIDER = (
    "Only named people may read this report, and more can read that incident. Declare an incident "
    "of its own for it. Nothing was changed."
)


def declared(category: Category, severity: Severity) -> str:
    """Say what an incident was declared as."""
    return f"Declared: {CATEGORIES[category].lower()}, {SEVERITIES[severity]}."


def linked(report: str) -> str:
    """Say that a report became part of an incident."""
    return f"{report} is part of it now."


def unlinked(report: str) -> str:
    """Say that a report is no part of an incident any more."""
    return f"{report} is no part of it any more, and is back with triage."


def is_over(code: str, state: State) -> str:
    """Say that nothing can join an incident any more."""
    return (
        f"{code} is {STATES[state]}, so no report can join it. Reopen it first, or declare a new "
        "incident. Nothing was changed."
    )


def not_part(report: str, code: str) -> str:
    """Say that a report is no part of an incident."""
    return f"{report} is no part of {code}. Nothing was changed."
