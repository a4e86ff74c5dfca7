"""The list of what has to be done in an incident, and the form that adds to it."""

from collections.abc import Mapping, Sequence

from bot.shown import moment
from bot.ui import (
    Button,
    Choice,
    DateTime,
    Form,
    Items,
    Line,
    LongText,
    Message,
    Option,
    Strong,
    Text,
    Toggle,
    When,
)
from workflows.incidents import parts
from workflows.incidents import tasks_texts as said
from workflows.incidents.task_tables import Task
from workflows.reports.views import with_buttons


def form(code: str, departments: Mapping[str, str]) -> Form:
    """Ask for a task."""
    options = tuple(Option(value=key, label=name) for key, name in departments.items())
    return Form(
        title=said.form(code),
        inputs=(
            LongText(name="what", label=said.WHAT, max_length=said.LONGEST),
            Choice(name="department", label=said.DEPARTMENT, options=options),
            DateTime(name="due", label=said.DUE),
            Toggle(name="is_blocking", label=said.BLOCKING),
        ),
        submit=said.SUBMIT,
    )


def listing(code: str, tasks: Sequence[tuple[Task, str]], buttons: Sequence[Button]) -> Message:
    """Show all tasks with what they say; those that are open first."""
    if not tasks:
        return with_buttons(said.NOTHING.format(code=code), buttons)
    left = [one for one in tasks if one[0].done_at is None]
    ordered = [*left, *(one for one in tasks if one[0].done_at is not None)]
    heading = said.heading(code, len(left), len(tasks))
    message = with_buttons(heading, buttons, Items(items=tuple(_line(*one) for one in ordered)))
    plain = [_plain(*one) for one in ordered]
    return message.model_copy(update={"text": "\n".join((heading, *plain))})


def asked(text: str, task: Task, buttons: Sequence[Button]) -> Message:
    """Show one task, and until when it is to be done."""
    due = Text(text=(f"{said.DUE} ", When(at=task.due_at)))
    return with_buttons(text, buttons, due)


def _line(task: Task, what: str) -> Line:
    line = said.line(task.number, parts.title_of(task.department), what)
    if task.done_at is not None:
        return (f"{line} (", Strong(text=said.DONE), ")")
    blocks = f", {said.BLOCKS}" if task.is_blocking else ""
    return (f"{line} (", When(at=task.due_at), f"{blocks})")


def _plain(task: Task, what: str) -> str:
    line = said.line(task.number, parts.title_of(task.department), what)
    return f"{line} ({said.DONE if task.done_at else moment(task.due_at)})"
