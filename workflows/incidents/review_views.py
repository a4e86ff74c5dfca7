"""Reviews and their forms: rows to messages."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.ui import (
    Block,
    Button,
    Buttons,
    Choice,
    Date,
    DateTime,
    Facts,
    Form,
    Items,
    LongText,
    Message,
    Note,
    Option,
    PersonInput,
    Text,
    TextStyle,
)
from workflows.incidents import parts, wording_texts
from workflows.incidents import review_texts as said
from workflows.incidents.review_keeping import Learned
from workflows.incidents.review_tables import Cause
from workflows.incidents.texts import ERASED

#: So much of each department, and of all of them together, fits into one message.
LONGEST, LONGEST_ACTION = 500, 300


def section_form(code: str, department: str, learned: Learned) -> Form:
    """Ask a department what it learned."""
    fields = (
        ("well", said.WELL, learned.well),
        ("slowed", said.SLOWED, learned.slowed),
        ("change", said.CHANGED, learned.change),
    )
    asked = tuple(
        LongText(name=name, label=label, initial=text, required=False, max_length=LONGEST)
        for name, label, text in fields
    )
    title = said.title(code, parts.title_of(department))
    return Form(title=title, inputs=(Note(text=said.ASKS_WHAT), *asked), submit=said.SAVE)


def meeting_form(code: str, at: datetime | None, cause: Cause) -> Form:
    """Ask when those who acted meet, and what made it possible."""
    options = tuple(Option(value=one, label=label) for one, label in said.CAUSES.items())
    inputs = (
        DateTime(name="at", label=said.MEETING, initial=at, required=False),
        Choice(name="cause", label=said.CAUSE, options=options, initial=cause),
    )
    return Form(title=said.heading(code), inputs=inputs, submit=said.SAVE)


def action_form(
    code: str, departments: Sequence[str], *, what: str, department: str, due: date | None
) -> Form:
    """Ask what is to be done, by whom and by when."""
    options = tuple(Option(value=one, label=parts.title_of(one)) for one in departments)
    inputs = (
        LongText(name="what", label=said.WHAT, initial=what, max_length=LONGEST_ACTION),
        Choice(name="department", label=said.DEPARTMENT, options=options, initial=department),
        PersonInput(name="owner", label=said.OWNER, hint=said.HINT_OWNER, required=False),
        Date(name="due", label=said.DUE, initial=due, required=False),
    )
    return Form(title=code, inputs=inputs, submit=said.SAVE)


def saved(text: str, flagged: Sequence[tuple[str, str]]) -> Message:
    """Confirm that something is saved, with other ways to say what was noticed."""
    if not flagged:
        return Message(text=text)
    hints = tuple(wording_texts.hints(flagged))
    blocks = (Text(text=text), Items(items=hints))
    return Message(text=f"{text} {' '.join(hints)}", blocks=blocks)


def review(
    code: str,
    sections: Mapping[str, Learned | None],
    *,
    cause: Cause,
    actions: Sequence[str],
    buttons: Sequence[Button],
) -> Message:
    """Show a review, a part for each department; None is one that was erased."""
    blocks: list[Block] = [Text(text=said.heading(code), style=TextStyle.HEADING)]
    blocks.append(Note(text=f"{said.CAUSE} {said.CAUSES[cause]}"))
    for department, learned in sections.items():
        blocks.append(Text(text=parts.title_of(department), style=TextStyle.HEADING))
        blocks.append(_learned(learned))
    if actions:
        blocks += [Text(text=said.ACTIONS, style=TextStyle.HEADING), Items(items=tuple(actions))]
    if buttons:
        blocks.append(Buttons(buttons=tuple(buttons)))
    titles = ", ".join(parts.title_of(one) for one in sections)
    return Message(text=f"{said.heading(code)}: {titles}.", blocks=tuple(blocks))


def _learned(learned: Learned | None) -> Block:
    if learned is None:
        return Note(text=ERASED)
    told = (
        (said.WELL, learned.well),
        (said.SLOWED, learned.slowed),
        (said.CHANGED, learned.change),
    )
    facts = tuple((label, text) for label, text in told if text)
    return Facts(facts=facts) if facts else Note(text=said.NOTHING)
