"""The reminder to vote."""

from collections.abc import Sequence

from bot.clock import zone_named
from bot.ui import Block, Button, Buttons, Message, Note, Text, When
from storage.people import Person
from workflows.votes import reminding_texts, texts
from workflows.votes.reading import Asked


def reminder(reader: Person, asked: Asked, buttons: Sequence[Button]) -> Message:
    """Ask somebody for their vote, with all that they need to give it."""
    said = reminding_texts.waiting(reader.name, asked.code, asked.subject)
    question = texts.heading(asked.code, asked.question)
    local = asked.closes_at.astimezone(zone_named(reader.timezone))
    closes = reminding_texts.moment(local, reader.timezone)
    blocks: list[Block] = [
        Text(text=said),
        Text(text=question),
        Text(text=(f"{texts.CLOSES} ", When(at=asked.closes_at), ".")),
        Note(text=texts.MODES[asked.mode]),
        Buttons(buttons=tuple(buttons)),
        Note(text=reminding_texts.not_yours(asked.code)),
    ]
    shown = [block for block in blocks if not isinstance(block, Buttons) or block.buttons]
    return Message(text=f"{said} {question} {texts.CLOSES} {closes}.", blocks=tuple(shown))
