"""What reporters without a name read, and the form in which their code opens the answer."""

from collections.abc import Sequence
from datetime import datetime

from bot.ui import (
    AnyInput,
    Block,
    Form,
    Items,
    LongText,
    Message,
    Note,
    Quote,
    ShortText,
    Strong,
    Text,
    TextStyle,
    When,
)
from workflows.reports import claims, reporting_texts
from workflows.reports import letter_texts as own

LONGEST_CODE = 80  #: characters, with all that somebody puts between them
LONGEST_WORDS = 1000


def thanks(code: str, arrives_at: datetime, todo: Sequence[str] = ()) -> Message:
    """Return the code to a report that was just left; what to do now comes first."""
    shown, keep = claims.grouped(code), own.KEEP_IT.format(look_up=own.LOOK_UP)
    now = (reporting_texts.DO_NOW, *todo) if todo else ()
    said = (*now, f"{own.THANKS} {arrives_at:%H:%M} UTC.", f"{own.YOUR_CODE}: {shown}.", keep)
    blocks: list[Block] = []
    if todo:
        heading = Text(text=reporting_texts.DO_NOW, style=TextStyle.HEADING)
        blocks += [heading, Items(items=tuple(todo), numbered=True)]
    blocks += [
        Text(text=(f"{own.THANKS} ", When(at=arrives_at), ".")),
        Text(text=(f"{own.YOUR_CODE}: ", Strong(text=shown))),
        Note(text=keep),
    ]
    return Message(text=" ".join(said), blocks=tuple(blocks))


def on_the_way(words: str, arrives_at: datetime) -> Message:
    """Say when something reaches those who look at reports."""
    return Message(
        text=f"{words} {arrives_at:%H:%M} UTC.",
        blocks=(Text(text=(f"{words} ", When(at=arrives_at), ".")),),
    )


def look_up() -> Form:
    """Return the form in which a code opens its report."""
    return Form(title=own.LOOK_UP_TITLE, submit=own.GO, inputs=_inputs(""))


def standing(stands: str, told: Sequence[str]) -> Message:
    """Return how a report stands, and what its reporter was told."""
    if not told:
        text = f"{stands} {own.NOTHING_YET}"
        return Message(text=text, blocks=(Text(text=text),))
    said = tuple(Quote(text=one) for one in told)
    return Message(text=" ".join((stands, *told)), blocks=(Text(text=stands), *said))


def opened(form: Form, code: str, shown: Message) -> Form:
    """Return that form with what a code has opened, ready for an answer."""
    blocks = [one for one in shown.blocks if isinstance(one, Text | Quote)]
    return form.model_copy(update={"inputs": (*blocks, *_inputs(code))})


def _inputs(code: str) -> tuple[AnyInput, ...]:
    return (
        ShortText(
            name="code",
            label=own.CODE,
            hint=own.CODE_HINT,
            initial=code,
            max_length=LONGEST_CODE,
        ),
        LongText(name="words", label=own.WORDS, max_length=LONGEST_WORDS, required=False),
    )
