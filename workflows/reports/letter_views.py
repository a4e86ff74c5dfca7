"""What reporters without a name fill in and read."""

from collections.abc import Sequence
from datetime import datetime

from bot.ui import (
    AnyInput,
    Choice,
    Form,
    LongText,
    Message,
    Note,
    Option,
    PersonInput,
    Quote,
    ShortText,
    Strong,
    Text,
    Toggle,
    When,
)
from workflows.reports import claims, texts
from workflows.reports import letter_texts as own
from workflows.reports.rules import LONGEST_TEXT, Category, Interaction

LONGEST_CODE = 80  #: characters, with all that somebody puts between them
LONGEST_WORDS = 1000


def form(text: str = "") -> Form:
    """Return the form of a report without a name, *text* filled in."""
    kinds = tuple(Option(value=one, label=texts.CATEGORIES[one]) for one in Category)
    deeds = tuple(Option(value=one, label=texts.INTERACTIONS[one]) for one in Interaction)
    return Form(
        title=own.TITLE,
        submit=own.SEND,
        inputs=(
            LongText(name="text", label=own.WHAT, initial=text, max_length=LONGEST_TEXT),
            Choice(name="category", label=own.KIND, options=kinds, initial=Category.UNSURE),
            Choice(
                name="interaction",
                label=own.DID_YOU,
                hint=own.DID_YOU_HINT,
                options=deeds,
                initial=Interaction.NONE,
            ),
            Toggle(name="is_ongoing", label=own.STILL, required=False),
            Toggle(name="is_missing", label=own.MISSING, required=False),
            PersonInput(name="about", label=own.ABOUT, hint=own.ABOUT_HINT, required=False),
            Note(text=own.BEFORE_SENDING),
            Note(text=own.WHAT_REMAINS),
            Note(text=own.CODE_COMES),
        ),
    )


def thanks(code: str, arrives_at: datetime) -> Message:
    """Return the code to a report that was just left."""
    shown, keep = claims.grouped(code), own.KEEP_IT.format(look_up=own.LOOK_UP)
    return Message(
        text=f"{own.THANKS} {arrives_at:%H:%M} UTC. {own.YOUR_CODE}: {shown}. {keep}",
        blocks=(
            Text(text=(f"{own.THANKS} ", When(at=arrives_at), ".")),
            Text(text=(f"{own.YOUR_CODE}: ", Strong(text=shown))),
            Note(text=keep),
        ),
    )


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
