"""What is said about the lead of an incident."""

from workflows.incidents.rules import State
from workflows.incidents.texts import STATES

USAGE = "SI-42"
HELP_LEAD = "Say who leads an incident."
TAKE, GIVE, SUBMIT = "I lead it", "Name a lead", "Name"
WHO = "Who is to lead it?"
HINT_WHO = "One person, who decides for all who act on it. They can read all of it from now on."
HAS_A_LEAD = "It has a lead."
NOT_YOURS_TO_GIVE = (
    "Somebody leads this incident already, and gives it to another when they have to. Ask them. "
    "Nothing was changed."
)


def title(code: str) -> str:
    """Return what stands above the form."""
    return f"The lead of {code}"


def now_you_lead(code: str) -> str:
    """Tell somebody that they lead what nobody led."""
    return f"You lead {code} now. Its card has all that you can do."


def you_lead(code: str) -> str:
    """Tell somebody that they were named."""
    return f"You were asked to lead {code}: you decide for all who act on it."


def given(name: str, code: str) -> str:
    """Tell whoever named a lead that it is done."""
    return f"{name} leads {code} now, and has been told."


def led_already(code: str) -> str:
    """Say that somebody was first."""
    return f"{code} has a lead already: somebody was faster. Nothing was changed."


def is_over(code: str, state: State) -> str:
    """Say that nothing is left to lead."""
    return f"{code} is {STATES[state]}, so there is nothing to lead. Nothing was changed."


def not_them(name: str, code: str) -> str:
    """Say that somebody is to learn nothing of an incident."""
    return f"{name} is to learn nothing of {code}. Name somebody else. Nothing was changed."
