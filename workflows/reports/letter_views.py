"""What reporters without a name read, and the form in which their code opens the answer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.answers import Answers
from bot.ui import (
    AnyInput,
    Block,
    Choice,
    Form,
    Items,
    LongText,
    Message,
    Note,
    Option,
    Quote,
    ShortText,
    Strong,
    Text,
    TextStyle,
    Toggle,
    When,
)
from workflows.reports import claims, minding_texts, reporting_texts
from workflows.reports import letter_texts as own
from workflows.reports.additions import Addition, Stage

LONGEST_CODE = 80  #: characters, with all that somebody puts between them
LONGEST_WORDS = 1000
_RATED: Mapping[str, bool | None] = {"unsaid": None, "yes": True, "no": False}


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


def look_up(stage: Stage) -> Form:
    """Return the form in which a code opens its report, with what can be done at that *stage*."""
    return Form(title=own.LOOK_UP_TITLE, submit=own.GO, inputs=tuple(_inputs("", stage)))


def wanted(answers: Answers) -> Addition:
    """Return what somebody wants to do by a code."""
    asked = {name: answers.text(name) for name in ("words", "helpful", "again") if name in answers}
    return Addition(
        words=asked.get("words", ""),
        takes_back="take_back" in answers and answers.on("take_back"),
        is_helpful=_RATED.get(asked.get("helpful", "")),
        would_again=_RATED.get(asked.get("again", "")),
    )


def standing(stands: str, told: Sequence[str]) -> Message:
    """Return how a report stands, and what its reporter was told."""
    if not told:
        text = f"{stands} {own.NOTHING_YET}"
        return Message(text=text, blocks=(Text(text=text),))
    said = tuple(Quote(text=one) for one in told)
    return Message(text=" ".join((stands, *told)), blocks=(Text(text=stands), *said))


def opened(form: Form, code: str, shown: Message, stage: Stage) -> Form:
    """Return that form with what a code has opened, ready for what can be done."""
    blocks = [one for one in shown.blocks if isinstance(one, Text | Quote)]
    return form.model_copy(update={"inputs": (*blocks, *_inputs(code, stage))})


def _inputs(code: str, stage: Stage) -> Iterator[AnyInput]:
    yield ShortText(
        name="code", label=own.CODE, hint=own.CODE_HINT, initial=code, max_length=LONGEST_CODE
    )
    if stage is Stage.ANSWERED:
        yield _rating("helpful", minding_texts.WAS_IT_HELPFUL)
        yield _rating("again", minding_texts.WOULD_YOU_AGAIN)
    if stage not in {Stage.ON_THE_WAY, Stage.OVER}:
        yield LongText(name="words", label=own.WORDS, max_length=LONGEST_WORDS, required=False)
    if stage in {Stage.ON_THE_WAY, Stage.UNDECIDED}:
        yield Toggle(name="take_back", label=own.TAKE_BACK, hint=own.TAKE_BACK_HINT)


def _rating(name: str, label: str) -> Choice:
    options = tuple(Option(value=one, label=own.RATINGS[one]) for one in _RATED)
    return Choice(name=name, label=label, options=options, initial=options[0].value)
