"""What is said of how an incident goes, and what its reporters hear meanwhile."""

from workflows.incidents.rules import State
from workflows.incidents.texts import STATES

HELP = "Tell all who act on the incident that you lead how it goes, and its reporters if you like."
USAGE = "SI-42 <how it goes>"
BUTTON, SUBMIT = "Update", "Tell them"
WHAT, REPORTERS = "How does it go?", "What may its reporters hear?"
HINT_REPORTERS = "Plain words, no names. Leave it empty when there is nothing for them yet."
LONGEST, LONGEST_FOR_REPORTERS = 1000, 300
TOO_LONG = f"Please shorten it to {LONGEST} characters; an update is read in a hurry."
NOTHING_NEW = (
    "People are still on what you reported. There is nothing new to tell yet, and nothing that "
    "you need to do. Thank you for your patience."
)


def form(code: str) -> str:
    """Return what stands above the form."""
    return f"{code}: how it goes"


def due(code: str) -> str:
    """Remind the lead."""
    return (
        f"Those who act on {code} wait to hear how it goes. One sentence is enough, also when "
        "nothing is new."
    )


def for_reporter(code: str, text: str) -> str:
    """Return what a reporter hears."""
    return f"About your report {code}: {text}"


def told(code: str) -> str:
    """Confirm an update."""
    return f"Thank you. Everybody who acts on {code} can read that."


def is_over(code: str, state: State) -> str:
    """Say that nobody waits for an update any more."""
    return f"{code} is {STATES[state]}, so nobody waits for an update. Nothing was changed."
