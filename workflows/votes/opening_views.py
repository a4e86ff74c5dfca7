"""What people see when a vote is opened: the form, the invitations, and the weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from bot.ui import (
    Block,
    Button,
    Buttons,
    Choice,
    Facts,
    Form,
    FormPart,
    Items,
    LongText,
    Message,
    Note,
    Number,
    Option,
    PersonInput,
    ShortText,
    Text,
    TextStyle,
    When,
)
from workflows.votes import opening_texts as said
from workflows.votes import texts, views
from workflows.votes.reading import Asked
from workflows.votes.rules import (
    LONGEST_QUESTION,
    QUORUM,
    THRESHOLD,
    Authority,
    Basis,
    Dispute,
    Mode,
)

Kind = TypeVar("Kind", bound=str)
#: Percent; less than half of anything decides nothing.
LEAST_SHARE, WHOLE = 50, 100
USUAL_DURATION = "2d"
LONGEST_SUBJECT, LONGEST_DURATION, LONGEST_WEIGHTS, LONGEST_OPTIONS = 40, 20, 200, 300


def form(subject: str, disputes: Sequence[Dispute], dispute: Dispute, question: str) -> Form:
    """Ask for all that a vote needs; without a *subject*, for that as well."""
    inputs: tuple[FormPart, ...] = (
        _about(subject),
        _choice("dispute", said.DISPUTE, {one: texts.DISPUTES[one] for one in disputes}, dispute),
        LongText(
            name="question",
            label=said.QUESTION,
            hint=said.HINT_QUESTION,
            initial=question,
            max_length=LONGEST_QUESTION,
        ),
        Note(text=said.REST_IS_FINE),
        Choice(name="mode", label=said.MODE, options=tuple(_modes()), initial=Mode.NAMED),
        ShortText(
            name="duration",
            label=said.DURATION,
            hint=said.HINT_DURATION,
            initial=USUAL_DURATION,
            max_length=LONGEST_DURATION,
        ),
        PersonInput(name="decider", label=said.DECIDER, hint=said.HINT_DECIDER, required=False),
        *_rule(),
    )
    return Form(title=said.FORM, inputs=inputs, submit=said.OPEN)


def invitation(asked: Asked, notes: Sequence[str], buttons: Sequence[Button]) -> Message:
    """Ask somebody to vote: what, by which rule, and who learns of it."""
    return _about_vote(asked, said.INVITATION, notes, buttons)


def notice(asked: Asked, first: str) -> Message:
    """Tell somebody who does not vote what a vote is to them."""
    return _about_vote(asked, first, (), ())


def weights(in_force: Mapping[Dispute, Mapping[str, int]]) -> Message:
    """Return what each department weighs in votes that are opened now."""
    lines = tuple(said.weighed(dispute, each) for dispute, each in in_force.items())
    heading = Text(text=said.WEIGHTS_TITLE, style=TextStyle.HEADING)
    text = " ".join((f"{said.WEIGHTS_TITLE}:", *(f"{line}." for line in lines), said.HOW_TO_WEIGH))
    return Message(text=text, blocks=(heading, Items(items=lines), Note(text=said.HOW_TO_WEIGH)))


def asking(text: str, buttons: Sequence[Button]) -> Message:
    """Return words with the buttons that answer them."""
    if not buttons:
        return Message(text=text)
    return Message(text=text, blocks=(Text(text=text), Buttons(buttons=tuple(buttons))))


def _about(subject: str) -> FormPart:
    if subject:
        return Text(text=f"{said.SUBJECT}: {subject}")
    return ShortText(
        name="subject", label=said.SUBJECT, hint=said.HINT_SUBJECT, max_length=LONGEST_SUBJECT
    )


def _rule() -> Iterator[FormPart]:
    """Yield the inputs for the rule, filled with the usual one."""
    yield LongText(
        name="options",
        label=said.OPTIONS,
        hint=said.HINT_OPTIONS,
        max_length=LONGEST_OPTIONS,
        required=False,
    )
    for name, label, usual in (
        ("quorum", said.QUORUM, QUORUM),
        ("threshold", said.THRESHOLD, THRESHOLD),
    ):
        bounds = {"minimum": LEAST_SHARE, "maximum": WHOLE}
        yield Number(name=name, label=label, initial=str(usual), **bounds)
    yield ShortText(
        name="weights",
        label=said.WEIGHTS,
        hint=said.HINT_WEIGHTS,
        max_length=LONGEST_WEIGHTS,
        required=False,
    )
    yield _choice("basis", said.BASIS, said.BASES, Basis.BLOCK)
    yield _choice("authority", said.AUTHORITY, said.AUTHORITIES, Authority.ADVISORY)


def _modes() -> Iterator[Option]:
    for mode in Mode:
        yield Option(value=mode, label=said.MODE_NAMES[mode], hint=texts.MODES[mode])


def _choice(name: str, label: str, labels: Mapping[Kind, str], initial: Kind) -> Choice:
    options = tuple(Option(value=value, label=each) for value, each in labels.items())
    return Choice(name=name, label=label, options=options, initial=initial)


def _about_vote(
    asked: Asked, first: str, notes: Sequence[str], buttons: Sequence[Button]
) -> Message:
    heading = texts.heading(asked.code, asked.question)
    facts = (*views.terms_of(asked), (texts.CLOSES, (When(at=asked.closes_at),)))
    notes = [texts.MODES[asked.mode], said.UNTIL_CLOSE, *notes]
    blocks: tuple[Block, ...] = (
        Text(text=first),
        Text(text=heading, style=TextStyle.HEADING),
        Facts(facts=facts),
        *(Note(text=note) for note in notes),
    )
    if buttons:
        blocks += (Buttons(buttons=tuple(buttons)),)
    return Message(text=" ".join((first, heading, views.plain(facts), *notes)), blocks=blocks)
