"""What those who give feedback see: the form, what waits for them, and what is missing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from bot.menu import say_button
from bot.ui import (
    Block,
    Button,
    Buttons,
    Choice,
    Form,
    FormPart,
    Items,
    Line,
    LongText,
    Message,
    Note,
    Option,
    PersonInput,
    Quote,
    Strong,
    Text,
    TextStyle,
    Toggle,
    When,
)
from workflows.feedback import giving_texts as texts
from workflows.feedback.cards import Asked
from workflows.feedback.judging import (
    LONGEST_EVIDENCE,
    OVERALL,
    RATE,
    REASON,
    TELL,
    Judgement,
    hinted,
    rate,
    tell,
)
from workflows.feedback.rules import GIVEN
from workflows.hiring.calls import Criterion

#: The toggles of the form.
KEEP_WORDS, AS_DRAFT = "keep_words", "as_draft"
#: Scorecards with a button each in one message; nobody should have as many.
SHOWN = 12
LONGEST_REASON = 500

_RATINGS = tuple(Option(value=str(value), label=said) for value, said in texts.RATINGS.items())
_OVERALLS = tuple(Option(value=one.value, label=said) for one, said in texts.OVERALLS.items())

#: Makes the button that opens a scorecard, under a label.
Opens = Callable[[Asked, str], Button]


def form(
    asked: Asked, criteria: Sequence[Criterion], begun: Judgement, *, is_revealed: bool
) -> Form:
    """Return the scorecard with its rubric, filled with what was *begun*."""
    return Form(
        title=texts.title(asked.code),
        inputs=(
            Text(text=asked.subject),
            *_revising(asked, is_revealed=is_revealed),
            *(part for one in criteria for part in _criterion(one, begun)),
            *_on_the_whole(begun),
            *_toggles(begun),
        ),
        submit=texts.SEND,
    )


def _revising(asked: Asked, *, is_revealed: bool) -> Iterator[FormPart]:
    if asked.card.state in GIVEN:
        yield Note(text=texts.REVISING_LATE if is_revealed else texts.REVISING)


def _criterion(criterion: Criterion, begun: Judgement) -> Iterator[FormPart]:
    heading = texts.criterion(criterion.label, criterion.weight, is_must=criterion.must_pass)
    yield Text(text=heading, style=TextStyle.HEADING)
    if described := texts.anchors(criterion.anchors):
        yield Text(text=described)
    yield Choice(
        name=rate(criterion.key),
        label=texts.rate(criterion.label),
        options=_RATINGS,
        initial=str(begun.ratings.get(criterion.key, "")),
        required=False,
    )
    yield LongText(
        name=tell(criterion.key),
        label=texts.tell(criterion.label),
        hint=criterion.evidence_prompt or texts.HINT_EVIDENCE,
        initial=begun.evidence.get(criterion.key, ""),
        max_length=LONGEST_EVIDENCE,
        required=False,
    )


def _on_the_whole(begun: Judgement) -> Iterator[FormPart]:
    yield Choice(
        name=OVERALL,
        label=texts.OVERALL,
        options=_OVERALLS,
        initial=begun.overall or "",
        required=False,
    )
    yield LongText(
        name=REASON,
        label=texts.REASON,
        hint=texts.HINT_REASON,
        initial=begun.reason,
        max_length=LONGEST_EVIDENCE,
        required=False,
    )


def _toggles(begun: Judgement) -> Iterator[FormPart]:
    if hinted(begun):
        yield Toggle(name=KEEP_WORDS, label=texts.KEEP_WORDS, hint=texts.HINT_KEEP_WORDS)
    yield Toggle(name=AS_DRAFT, label=texts.AS_DRAFT, hint=texts.HINT_AS_DRAFT)


def pending(waiting: Sequence[Asked], opens: Opens, *, now: datetime) -> Message:
    """Return what somebody has still to give, each with its button."""
    if not waiting:
        nothing = Text(text=texts.NOTHING_PENDING)
        return Message(text=texts.NOTHING_PENDING, blocks=(nothing,))
    blocks: list[Block] = [Text(text=texts.pending(len(waiting)))]
    for asked in waiting[:SHOWN]:
        blocks += (Text(text=_due(asked, now)), Buttons(buttons=(_give(asked, opens),)))
    if len(waiting) > SHOWN:
        blocks.append(Note(text=texts.more(len(waiting) - SHOWN)))
    said = ", ".join(asked.code for asked in waiting)
    return Message(text=f"{texts.pending(len(waiting))} {said}", blocks=tuple(blocks))


def _due(asked: Asked, now: datetime) -> Line:
    lead = texts.LATE if asked.card.due_at < now else texts.ON_TIME
    return (Strong(text=asked.subject), f": {lead}", When(at=asked.card.due_at))


def _give(asked: Asked, opens: Opens) -> Button:
    return opens(asked, f"{texts.GIVE}: {asked.code}")


def several(mine: Sequence[Asked], opens: Opens) -> Message:
    """Ask which of several interviews with one candidate is meant."""
    shown = mine[:SHOWN]
    lines: tuple[Line, ...] = tuple(
        (f"{asked.subject}, ", When(at=asked.meeting.interview.starts_at)) for asked in shown
    )
    buttons = Buttons(buttons=tuple(_give(asked, opens) for asked in shown))
    said = ", ".join(asked.code for asked in shown)
    blocks = (Text(text=texts.SEVERAL), Items(items=lines), buttons)
    return Message(text=f"{texts.SEVERAL} {said}", blocks=blocks)


def unfinished(
    asked: Asked, criteria: Sequence[Criterion], problems: Mapping[str, str], button: Button
) -> Message:
    """Say what typed feedback lacks, and offer the form with all that was typed."""
    labels = {criterion.key: criterion.label for criterion in criteria}
    lines = tuple(f"{_named(name, labels)}: {said}" for name, said in problems.items())
    text = texts.unfinished(asked.code)
    return Message(
        text=f"{text} {' '.join(lines)}",
        blocks=(
            Text(text=text),
            Items(items=lines),
            Note(text=texts.HOW_TO_KEEP),
            Buttons(buttons=(button.primary(),)),
        ),
    )


def _named(name: str, labels: Mapping[str, str]) -> str:
    """Return the label of an input of the form."""
    fixed = {OVERALL: texts.OVERALL, REASON: texts.REASON}
    return fixed.get(name) or labels[name.removeprefix(RATE).removeprefix(TELL)]


def with_buttons(text: Line | str, said: str, *buttons: Button) -> Message:
    """Return a message with buttons below its one line."""
    return Message(text=said, blocks=(Text(text=text), Buttons(buttons=buttons)))


def declining(asked: Asked) -> Form:
    """Ask why somebody gives no feedback."""
    reason = LongText(
        name="why",
        label=texts.WHY_DECLINE,
        hint=texts.HINT_DECLINE,
        max_length=LONGEST_REASON,
    )
    parts = (Text(text=asked.subject), reason)
    return Form(title=texts.FORM_DECLINE, inputs=parts, submit=texts.DECLINE)


def handing_over(asked: Asked) -> Form:
    """Ask who gives the feedback instead."""
    who = PersonInput(name="who", label=texts.WHO, hint=texts.HINT_WHO)
    parts = (Text(text=asked.subject), who)
    return Form(title=texts.FORM_REASSIGN, inputs=parts, submit=texts.SUBMIT_REASSIGN)


def declined(asked: Asked, name: str, reason: str, button: Button) -> Message:
    """Tell the recruiter that a scorecard will not come."""
    text = texts.declined(name, asked.subject)
    row = Buttons(buttons=(button,))
    return Message(text=text, blocks=(Text(text=text), Quote(text=reason, source=name), row))


def waiting(count: int) -> tuple[Block, ...]:
    """Return what stands on somebody's Home; nothing when nothing waits."""
    if not count:
        return ()
    button = say_button(texts.GIVE, "feedback")
    return (Text(text=texts.pending(count)), Buttons(buttons=(button,)))
