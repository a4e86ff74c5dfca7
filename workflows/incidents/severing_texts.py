"""What is said about how severe an incident is."""

from workflows.incidents.rules import Certainty, Impact
from workflows.reports.rules import Severity
from workflows.reports.texts import SEVERITIES

USAGE = "SI-42"
HELP = "Say how severe an incident is: what it reaches, and how sure that is."
JUDGE, SUBMIT = "Severity", "Set the severity"
IMPACT, CERTAINTY, REASON = "What does it reach?", "How sure is it?", "Why?"
HINT = "Unsure between two? Take the higher one: it can be lowered later."
HINT_REASON = "Lowering it needs a reason, which everybody who may read the incident sees."
SAY_WHY = "Say in a sentence why it is less severe: everybody who acts on it sees that."
CAMPAIGN_REASON = "Many people reported the same."
IMPACTS = {
    Impact.NONE: "Nothing that anybody has seen",
    Impact.ONE: "One account or device, and no sensitive data",
    Impact.SEVERAL: "Several people, or any personal or candidate data",
    Impact.COMPANY: "The whole company, customers, money lost, or privileged access",
}
CERTAINTIES = {
    Certainty.SUSPECTED: "It is suspected",
    Certainty.CONFIRMED: "It is confirmed",
    Certainty.ONGOING: "It goes on right now",
}


def title(code: str) -> str:
    """Return what stands above the form."""
    return f"How severe is {code}?"


def present(severity: Severity) -> str:
    """Say how severe it is now."""
    return f"It is {SEVERITIES[severity]} now. {HINT}"


def is_now(before: Severity, after: Severity, reason: str) -> str:
    """Say for the timeline that the severity changed."""
    changed = f"{_how(before, after)} from {before} to {after}."
    return f"{changed} {reason}" if reason else changed


def announced(code: str, before: Severity, after: Severity) -> str:
    """Say to everybody who may read it that the severity changed."""
    return f"{code} was {_how(before, after).lower()} from {before} to {SEVERITIES[after]}."


def done(code: str, severity: Severity) -> str:
    """Confirm the severity."""
    return f"{code} is {SEVERITIES[severity]} now. Everybody who may read it is told."


def so_already(code: str, severity: Severity) -> str:
    """Say that nothing changes."""
    return f"{code} is {SEVERITIES[severity]}, or over, so nothing was changed."


def campaign(code: str, count: int) -> str:
    """Suggest a higher severity."""
    return f"{count} people or more have reported {code} by now. It may be a campaign."


def raise_to(severity: Severity) -> str:
    """Return what a button says that raises the severity."""
    return f"Raise it to {severity}"


def _how(before: Severity, after: Severity) -> str:
    return "Raised" if after < before else "Lowered"
