"""What is said when the lead tells everybody in the company of an incident."""

from collections.abc import Sequence

from workflows.incidents.rules import State
from workflows.incidents.texts import STATES

HELP = "Tell everybody in the company of the incident that you lead, once it is TLP:GREEN."
USAGE = "SI-42"
BUTTON, SUBMIT = "Tell all staff", "Post it"
WHAT = "What should everybody know, and do?"
HINT = "No names: say what happened and what helps. It is posted as it is."
LONGEST = 600
HEADING = "From the security department"
ASK_FURTHER = "Did you see something like it? Say `report`, whatever it was."
NO_ROOM = (
    "There is no place for notices yet. Ask an admin to say `room add all-staff` in the channel "
    "that everybody reads. Nothing was posted."
)


def form(code: str) -> str:
    """Return what stands above the form."""
    return f"{code}: all staff"


def not_green(code: str) -> str:
    """Say why nobody else may be told."""
    return (
        f"{code} may not be told to everybody. Say `security tlp {code}` first, and make it "
        "TLP:GREEN. Nothing was posted."
    )


def names(found: Sequence[str]) -> str:
    """Say whom a notice names."""
    return (
        f"This names {', '.join(found)}. Say it without names; everything else you typed is kept."
    )


def noted() -> str:
    """Note that everybody was told."""
    return "Everybody in the company was told."


def posted(code: str) -> str:
    """Confirm a notice."""
    return f"Everybody in the company can read that now. The timeline of {code} says so too."


def is_over(code: str, state: State) -> str:
    """Say that it is too late."""
    return f"{code} is {STATES[state]}. Its number leads to what it is part of. Nothing was posted."
