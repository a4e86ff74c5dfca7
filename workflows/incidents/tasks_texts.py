"""What is said of what has to be done in an incident."""

from collections.abc import Sequence

from workflows.incidents.rules import State
from workflows.incidents.texts import STATES

HELP_ADD = "Give a department something to do in an incident that you act on."
HELP_LIST = "Show what has to be done in an incident, and what was."
HELP_DONE = "Say that a task of an incident is done."
USAGE, USAGE_DONE = "SI-42", "SI-42 <number of the task>"
BUTTON, ADD, DONE = "Tasks", "Add a task", "Done"
SUBMIT = "Add it"
WHAT, DEPARTMENT, DUE = "What is to be done?", "Which department?", "Until when?"
BLOCKING = "An incident of S1 or S2 is not resolved before it is done."
LONGEST = 300
PAST = "That is over already. Pick a moment that is still to come."
WHICH_TASK = "Name one task by its number, as in `security done SI-42 2`. Nothing was changed."
BLOCKS = "blocks the end"
NOTHING = "Nothing has to be done in {code} yet."


def form(code: str) -> str:
    """Return what stands above the form."""
    return f"{code}: a task"


def heading(code: str, left: int, total: int) -> str:
    """Return what stands above the list."""
    return f"{code}: {left} of {total} tasks are open."


def line(number: int, title: str, what: str) -> str:
    """Return a task in a line."""
    return f"{number}. {title}: {what}"


def done_button(number: int) -> str:
    """Return what a button says that ends a task."""
    return f"{number} is done"


def asked(code: str, number: int, what: str) -> str:
    """Give a department something to do."""
    return f"Task {number} of {code} is for your department: {what}"


def late(code: str, number: int, title: str, what: str) -> str:
    """Remind of a task."""
    return f"Task {number} of {code} ({title}) was to be done by now: {what}"


def ended(code: str, number: int, what: str) -> str:
    """Show a task that is done where it was asked for."""
    return f"Task {number} of {code} is done: {what} Thank you."


def added(code: str, number: int) -> str:
    """Confirm a task."""
    return f"It is task {number} of {code}. Its department hears of it."


def added_for_nobody(code: str, number: int, title: str, department: str) -> str:
    """Confirm a task of which nobody hears yet."""
    return (
        f"It is task {number} of {code}, but nobody who acts for {title} may read {code}, so "
        f"nobody was told. Its lead can ask them with `security engage {code} {department}`; then "
        f"they find it with `security tasks {code}`."
    )


def thanks(code: str, number: int) -> str:
    """Confirm that a task is done."""
    return f"Thank you. Task {number} of {code} is done, and everybody who acts on it sees that."


def done_before(code: str, number: int) -> str:
    """Say that somebody was first."""
    return f"Task {number} of {code} is done already: somebody was faster. Nothing was changed."


def noted(title: str, what: str) -> str:
    """Note a task."""
    return f"A task for {title}: {what}"


def noted_done(title: str, what: str) -> str:
    """Note that a task is done."""
    return f"Done by {title}: {what}"


def in_the_way(code: str, numbers: Sequence[int]) -> str:
    """Say what has to be done first."""
    named = ", ".join(map(str, numbers))
    return (
        f"{code} is not resolved before these tasks are done: {named}. Say `security tasks {code}` "
        "to see them. Nothing was changed."
    )


def is_over(code: str, state: State) -> str:
    """Say that nothing is to be done any more."""
    return f"{code} is {STATES[state]}, so nothing is to be done any more. Nothing was changed."
