"""What is said when the response goes on, and when it ends."""

from workflows.incidents.rules import Move, State
from workflows.incidents.texts import STATES
from workflows.reports.rules import Outcome, Severity
from workflows.reports.texts import SEVERITIES

USAGE = "SI-42"
HELP = {
    Move.CONTAIN: "Say that it spreads no further, and what stopped it.",
    Move.RESOLVE: "Say that nothing more is to be done.",
    Move.REIGNITE: "Say that it goes on after all.",
    Move.REVIEW: "Send it to a review.",
    Move.CLOSE: "Close it without a review, with one line of what was learned.",
    Move.STAND_DOWN: "Say that it is no incident after all.",
    Move.REOPEN: "Open an incident again that was closed.",
}
BUTTONS = {
    Move.CONTAIN: "Contained",
    Move.RESOLVE: "Resolved",
    Move.REIGNITE: "It goes on",
    Move.REVIEW: "To a review",
    Move.CLOSE: "Close it",
    Move.STAND_DOWN: "Stand down",
    Move.REOPEN: "Reopen",
}
#: What the timeline needs about a step.
WHY = {
    Move.CONTAIN: "What stopped it?",
    Move.RESOLVE: "What was done?",
    Move.REIGNITE: "What goes on?",
    Move.REVIEW: "What should the review look at?",
    Move.CLOSE: "What was learned, in one line?",
    Move.STAND_DOWN: "Why is it no incident?",
    Move.REOPEN: "Why is it not over?",
}
#: Steps that need no words.
WORDLESS = frozenset({Move.RESOLVE, Move.REVIEW})
WHEN, HINT_WHEN = "When?", "Leave it empty for now."
OUTCOME = "What do the people hear who reported it?"
#: What a report can have been when there was no incident.
OUTCOMES = (
    Outcome.HARMLESS_EXPECTED,
    Outcome.HARMLESS_UNCLEAR,
    Outcome.STOPPED,
    Outcome.POLICY_QUESTION,
    Outcome.DUPLICATE,
    Outcome.INSUFFICIENT_INFO,
)
SUBMIT = "Note it"
NOT_YET = "That is still to come. Say when it stopped, or leave it empty for now."


def title(code: str, how: Move) -> str:
    """Return what stands above the form."""
    return f"{code}: {BUTTONS[how].lower()}"


def done(code: str, state: State) -> str:
    """Confirm a step."""
    return f"{code} is {STATES[state]} now. Everybody who acts on it sees that."


def needs_review(code: str, severity: Severity) -> str:
    """Say that something so severe is reviewed."""
    return (
        f"{code} is {SEVERITIES[severity]}, so it goes to a review before it is closed. "
        f"Say `security review {code}`. Nothing was changed."
    )
