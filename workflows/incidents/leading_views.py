"""The form in which an incident is given to a lead."""

from bot.ui import Form, PersonInput
from workflows.incidents import leading_texts as said


def give(code: str) -> Form:
    """Ask who is to lead."""
    who = PersonInput(name="who", label=said.WHO, hint=said.HINT_WHO)
    return Form(title=said.title(code), inputs=(who,), submit=said.SUBMIT)
