"""What people see of a vote."""

from collections.abc import Iterator, Sequence

from bot.ui import Block, Button, Buttons, Facts, Line, Message, Note, Text, TextStyle, When
from workflows.votes import texts
from workflows.votes.reading import Asked
from workflows.votes.rules import State, Trigger


def card(asked: Asked, buttons: Sequence[Button] = ()) -> Message:
    """Return the card that stands in every thread of a vote, and tells the same in each."""
    heading = texts.heading(asked.code, asked.question)
    facts = tuple(_facts(asked))
    blocks: tuple[Block, ...] = (
        Text(text=heading, style=TextStyle.HEADING),
        Facts(facts=facts),
        Note(text=texts.MODES[asked.mode]),
    )
    if buttons:
        blocks += (Buttons(buttons=tuple(buttons)),)
    said = " ".join((heading, *(f"{label}: {_plain(line)}." for label, line in facts)))
    return Message(text=f"{said} {texts.MODES[asked.mode]}", blocks=blocks)


def _facts(asked: Asked) -> Iterator[tuple[str, Line]]:
    yield texts.ABOUT, f"{asked.subject} ({texts.DISPUTES[asked.dispute]})"
    if asked.trigger is Trigger.PERSON:
        yield texts.WHY, texts.asked_by(asked.opener)
    else:
        yield texts.WHY, texts.TRIGGERS[asked.trigger]
    yield texts.RULE, texts.rule(asked.weights, asked.threshold, asked.quorum, asked.fewest)
    yield texts.DECIDES, asked.decider
    if asked.state is State.OPEN:
        yield texts.CLOSES, (When(at=asked.closes_at),)
    yield texts.ANSWERED, texts.answered(asked.answered, asked.electors)
    yield from _outcome(asked)
    yield texts.STATE, texts.STATES[asked.state]


def _outcome(asked: Asked) -> Iterator[tuple[str, Line]]:
    if asked.result is not None:
        yield texts.RESULT, asked.recommended or texts.RESULTS[asked.result]
    if asked.decided:
        yield texts.DECIDED, asked.decided


def _plain(line: Line) -> str:
    if isinstance(line, str):
        return line.removesuffix(".")
    return " ".join(str(span.at) if isinstance(span, When) else str(span) for span in line)
