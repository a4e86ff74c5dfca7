"""The forms in which a lead says who may read an incident, and who may be told of it."""

from collections.abc import Sequence

from bot.ui import Choice, Form, Note, Option, PersonInput
from workflows.incidents import letting_in_texts as said
from workflows.incidents.rules import Tlp
from workflows.incidents.texts import TLPS


def invite(code: str) -> Form:
    """Ask whom to let in."""
    who = PersonInput(name="who", label=said.WHO, hint=said.HINT_INVITE)
    return Form(title=said.title(code), inputs=(who,), submit=said.LET_IN)


def exclude(code: str) -> Form:
    """Ask who is to learn nothing more."""
    who = PersonInput(name="who", label=said.WHO, hint=said.HINT_EXCLUDE)
    return Form(title=said.title(code), inputs=(who,), submit=said.SHUT)


def tlp(code: str, present: Tlp, losing: Sequence[str]) -> Form:
    """Ask who may be told, and say whom the strictest answer costs what they can read."""
    options = tuple(Option(value=one, label=TLPS[one]) for one in Tlp)
    choice = Choice(name="tlp", label=said.WHO_MAY, options=options, initial=present)
    return Form(
        title=said.title(code), inputs=(choice, Note(text=said.losing(losing))), submit=said.SET
    )
