"""The form that asks how severe an incident is."""

from bot.ui import Button, Choice, Form, FormPart, LongText, Message, Option, Text
from workflows.incidents import severing_texts as said
from workflows.incidents.rules import Certainty, Impact
from workflows.reports.rules import Severity
from workflows.reports.views import with_buttons

LONGEST_REASON = 500


def form(code: str, present: Severity) -> Form:
    """Ask what it reaches, how sure that is, and why."""
    return Form(
        title=said.title(code),
        inputs=(Text(text=said.present(present)), *matrix(), reason()),
        submit=said.SUBMIT,
    )


def matrix() -> tuple[FormPart, ...]:
    """Return the two questions from which the severity follows."""
    impacts = tuple(Option(value=str(one.value), label=said.IMPACTS[one]) for one in Impact)
    sure = tuple(Option(value=one, label=said.CERTAINTIES[one]) for one in Certainty)
    return (
        Choice(name="impact", label=said.IMPACT, hint=said.HINT, options=impacts),
        Choice(name="certainty", label=said.CERTAINTY, options=sure),
    )


def reason() -> LongText:
    """Return the question for a reason."""
    return LongText(
        name="reason",
        label=said.REASON,
        hint=said.HINT_REASON,
        max_length=LONGEST_REASON,
        required=False,
    )


def suggestion(text: str, button: Button) -> Message:
    """Suggest a higher severity."""
    return with_buttons(text, [button])
