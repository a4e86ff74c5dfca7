"""What a voter sees: the ballot with its buttons, and the form in which it is cast."""

from collections.abc import Sequence

from bot.ui import Block, Button, Buttons, Facts, Form, Line, LongText, Message, Note, Text, When
from workflows.votes import casting_texts as texts
from workflows.votes import texts as card_texts
from workflows.votes.reading import Asked
from workflows.votes.rules import LONGEST_REASON, SHORTEST_REASON, Option

REASON = "reason"


def ballot(asked: Asked, said: str, choice: str, buttons: Sequence[Button]) -> Message:
    """Return the ballot under what is *said* first; *choice* is the voter's own until now."""
    heading = card_texts.heading(asked.code, asked.question)
    facts: list[tuple[str, Line]] = [(texts.CLOSES, (When(at=asked.closes_at),))]
    if choice:
        facts.append((texts.YOUR_CHOICE, choice))
    blocks: list[Block] = [Text(text=said)] if said else []
    blocks += [
        Text(text=heading),
        Facts(facts=tuple(facts)),
        Note(text=card_texts.MODES[asked.mode]),
        Buttons(buttons=tuple(buttons)),
    ]
    return Message(text=" ".join(filter(None, (said, heading))), blocks=tuple(blocks))


def answer(code: str, question: str, option: Option) -> Form:
    """Return the form that says what somebody chose, and asks why."""
    label = texts.REASON if option.needs_reason else texts.REASON_IF_ANY
    why = _why(label, texts.REASON_HINT, required=option.needs_reason)
    chosen = Text(text=texts.chosen(option.label))
    inputs = (Text(text=question), chosen, why)
    return Form(title=texts.title(code, option.label), inputs=inputs, submit=texts.SEND)


def reasons(title: str, question: str, hint: str, submit: str) -> Form:
    """Return the form that asks why; it begins empty each time."""
    why = _why(texts.REASON, hint)
    return Form(title=title, inputs=(Text(text=question), why), submit=submit)


def _why(label: str, hint: str, *, required: bool = True) -> LongText:
    return LongText(
        name=REASON,
        label=label,
        hint=hint,
        required=required,
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
    )
