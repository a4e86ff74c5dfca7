"""The form that asks what the timeline needs about a step."""

from bot.errors import NotFound
from bot.ui import Choice, DateTime, Form, FormPart, LongText, Option
from bot.workflow import NO_SUCH_THING
from workflows.incidents import closing_texts as said
from workflows.incidents.rules import Move
from workflows.reports.texts import OUTCOMES

LONGEST_WHY = 500


def form(code: str, how: Move) -> Form:
    """Ask why, and what else a step needs."""
    inputs: list[FormPart] = [
        LongText(
            name="why",
            label=said.WHY[how],
            max_length=LONGEST_WHY,
            required=how not in said.WORDLESS,
        )
    ]
    if how is Move.CONTAIN:
        inputs.append(DateTime(name="at", label=said.WHEN, hint=said.HINT_WHEN, required=False))
    if how is Move.STAND_DOWN:
        options = tuple(Option(value=one, label=OUTCOMES[one]) for one in said.OUTCOMES)
        inputs.append(Choice(name="outcome", label=said.OUTCOME, options=options))
    return Form(title=said.title(code, how), inputs=tuple(inputs), submit=said.SUBMIT)


def check_known(how: Move) -> None:
    """Refuse what is no step that somebody takes in a form.

    Raises:
        NotFound: it is none.
    """
    if how not in said.WHY:
        raise NotFound(NO_SUCH_THING)
