"""The form that merges two incidents, and the question whom to let in after it."""

from collections.abc import Sequence

from bot.ui import Button, Form, Message, Note, Text
from workflows.incidents import merging_texts as said
from workflows.reports.views import with_buttons


def form(source: str, target: str, losing: Sequence[str]) -> Form:
    """Say what merging does, before it is done."""
    inputs = (Text(text=said.effect(source, target)), Note(text=said.losing(target, losing)))
    return Form(title=said.title(source, target), inputs=inputs, submit=said.SUBMIT)


def asking(source: str, target: str, names: Sequence[str], button: Button) -> Message:
    """Ask the lead about those who could read one of the two."""
    return with_buttons(said.asking(source, target, names), [button])
