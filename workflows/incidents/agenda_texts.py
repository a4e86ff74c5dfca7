"""What is said of how incidents touch hiring, in English, ready for translation."""

from workflows.incidents.rules import AffectsHiring, State
from workflows.incidents.texts import STATES
from workflows.reports.rules import Severity
from workflows.reports.texts import SEVERITIES

HELP = "Say how an incident touches hiring, so that agendas list it."
USAGE = "SI-42"
HOW, SUBMIT, MARK = "How does it touch hiring?", "Save", "Touches hiring?"
HINT = (
    "Agendas list it where each reader may know of it: its number, how far it is and this, never "
    "what happened."
)
NONE = "none"
NOT_AT_ALL = "Not at all"
NOT_YOURS = "The incident's lead says how it touches hiring, or HR does. Please ask one of them."
AFFECTS = {
    AffectsHiring.CAPACITY: "Interviewers are busy with it",
    AffectsHiring.SYSTEMS: "Systems that hiring works with are frozen",
    AffectsHiring.DATA: "Candidates' data may be exposed",
    AffectsHiring.FRAUD: "Somebody applied under a false identity",
}


def title(code: str) -> str:
    """Return what stands above the form."""
    return f"{code} and hiring"


def saved(code: str, how: AffectsHiring | None) -> str:
    """Confirm what was said of an incident."""
    if how is None:
        return f"{code} does not touch hiring: agendas do not list it."
    return f"{code} touches hiring: {AFFECTS[how].lower()}. Agendas list it from now on."


def line(code: str, state: State, severity: Severity, how: AffectsHiring) -> str:
    """Say how an incident touches hiring, and nothing of what happened."""
    return f"{code}: {AFFECTS[how].lower()}; {STATES[state]}, {SEVERITIES[severity]}"


def how_many(count: int) -> str:
    """Say how many incidents touch hiring."""
    return f"{count} incident{'' if count == 1 else 's'} affecting hiring"
