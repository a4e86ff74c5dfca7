"""Where votes stand, as messages and as a part of Home."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.menu import say_button
from bot.ui import Block, Button, Buttons, Items, Message, Note, Text, TextStyle, When
from workflows.votes import status_texts, texts, views
from workflows.votes.reading import Asked


@dataclass(frozen=True, slots=True)
class Waiting:
    """A vote that waits for its reader, with what they can press."""

    asked: Asked
    buttons: tuple[Button, ...]


def status(asked: Asked, own: Sequence[str], buttons: Sequence[Button]) -> Message:
    """Return the card of a vote with what the reader did in it."""
    card = views.card(asked)
    blocks = (*card.blocks, *(Text(text=line) for line in own))
    if buttons:
        blocks = (*blocks, Buttons(buttons=tuple(buttons)))
    return Message(text=" ".join((card.text, *own)), blocks=blocks)


def on_home(waiting: Sequence[Waiting], *, at_most: int) -> tuple[Block, ...]:
    """Return what stands on somebody's Home; nothing when nothing waits."""
    if not waiting:
        return ()
    see_all = Buttons(buttons=(say_button(status_texts.ALL_VOTES, "vote list"),))
    return (*_of_reader(waiting, at_most), see_all)


def overview(waiting: Sequence[Waiting], others: Sequence[Asked], *, at_most: int) -> Message:
    """Return the votes that wait for a reader, and the others that they may know of."""
    if not waiting and not others:
        return Message(text=status_texts.NONE_AT_ALL)
    blocks: list[Block] = list(_of_reader(waiting, at_most))
    if not waiting:
        blocks.append(Text(text=status_texts.NONE_WAIT))
    lines = [_line(one) for one in others]
    if lines:
        blocks.append(Text(text=status_texts.OTHERS, style=TextStyle.HEADING))
        blocks.append(Items(items=tuple(lines)))
    blocks.append(Note(text=status_texts.HOW_TO_LOOK))
    mine = [f"{_heading(one.asked)} {_closing(one.asked)}" for one in waiting]
    said = f"{status_texts.WAITING}: {' '.join(mine)}" if mine else status_texts.NONE_WAIT
    return Message(text=" ".join((said, *lines)), blocks=tuple(blocks))


def _of_reader(waiting: Sequence[Waiting], at_most: int) -> tuple[Block, ...]:
    if not waiting:
        return ()
    blocks: list[Block] = [Text(text=status_texts.WAITING, style=TextStyle.HEADING)]
    for one in waiting[:at_most]:
        closes = (f"{one.asked.subject}. {texts.CLOSES} ", When(at=one.asked.closes_at))
        blocks += [Text(text=_heading(one.asked)), Note(text=closes)]
        blocks.append(Buttons(buttons=one.buttons))
    if rest := len(waiting) - at_most:
        blocks += [Note(text=status_texts.more(rest))] if rest > 0 else []
    return tuple(blocks)


def _line(asked: Asked) -> str:
    answered = texts.answered(asked.answered, asked.electors)
    return status_texts.in_list(_heading(asked), answered, texts.STATES[asked.state])


def _heading(asked: Asked) -> str:
    return texts.heading(asked.code, asked.question)


def _closing(asked: Asked) -> str:
    return f"{texts.CLOSES} {texts.moment(asked.closes_at)}."
