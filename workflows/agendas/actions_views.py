"""How actions look: one line each, with what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.shown import one_line, words
from bot.ui import Button, Items, Line, Message, Strong
from workflows.agendas import actions_texts as texts
from workflows.agendas import codes, fitting
from workflows.agendas.tables import Action
from workflows.agendas.views import said


@dataclass(frozen=True, slots=True)
class Shown:
    """An action as a reader sees it; *what* and *who* are "" where they are not told."""

    action: Action
    what: str
    who: str = ""


def line(shown: Shown, today: date, *remarks: str) -> Line:
    """Return an action on one line; what is late stands out."""
    action = shown.action
    head = codes.action(action.id)
    if shown.what:
        about = f" ({action.ref})" if action.ref else ""
        head = f"{head}: {one_line(shown.what).removesuffix('.')}{about}"
    if shown.who:
        head = f"{head}; {shown.who}"
    tail = "".join(f", {remark}" for remark in remarks)
    head = f"{head}; {texts.due_words(action.due_on)}"
    if action.due_on is None or action.due_on >= today:
        return f"{head}{tail}"
    return tuple(filter(None, (f"{head}, ", Strong(text=texts.OVERDUE), tail)))


def listing(heading: str, lines: Sequence[Line], buttons: Sequence[Button] = ()) -> Message:
    """Return lines under a heading, such as actions."""
    [shown], _ = fitting.fitted([lines])
    message = said(heading, Items(items=tuple(shown)), buttons=buttons)
    text = fitting.spoken([heading, *map(words, shown)])
    return message.model_copy(update={"text": text})
