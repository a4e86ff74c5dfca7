"""How the minutes of a meeting look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.shown import words
from bot.ui import Block, Items, Line, Message, Note, Strong, Text, TextStyle
from workflows.agendas import copies_texts, fitting
from workflows.agendas import minutes_texts as texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was kept of a meeting."""

    code: str  #: of the series, such as AG-3
    name: str
    day: date
    decisions: Sequence[Line]
    actions: Sequence[Line]
    notes: Sequence[Line]
    parked: Sequence[Line]


def card(kept: Kept) -> Message:
    """Return the minutes for those who come to the meeting."""
    heading = texts.heading(kept.name, kept.day)
    titles = [title for title, lines in _parts(kept) if lines]
    listed, is_cut = fitting.fitted([lines for _, lines in _parts(kept) if lines])
    notes = [*((copies_texts.SHORTENED,) if is_cut else ()), texts.ADD]
    spoken = [heading]
    blocks: list[Block] = [Text(text=heading, style=TextStyle.HEADING)]
    for title, lines in zip(titles, listed, strict=True):
        spoken += [f"{title}:", *(f"- {words(line)}" for line in lines)]
        blocks += [Text(text=(Strong(text=title),)), Items(items=tuple(lines))]
    if not titles:
        spoken.append(texts.NOTHING)
        blocks.append(Text(text=texts.NOTHING))
    closing = (Note(text=line) for line in notes)
    return Message(text=fitting.spoken([*spoken, *notes]), blocks=(*blocks, *closing))


def reduced(kept: Kept) -> Message:
    """Return how much was kept, for a place where people of other companies read along."""
    heading = texts.heading(kept.name, kept.day)
    counts = (len(kept.decisions), len(kept.actions), len(kept.parked))
    said = texts.reduced(kept.code, *counts)
    blocks = (Text(text=heading, style=TextStyle.HEADING), Text(text=said))
    return Message(text=f"{heading}\n{said}", blocks=blocks)


def _parts(kept: Kept) -> Iterator[tuple[str, Sequence[Line]]]:
    yield texts.DECISIONS, kept.decisions
    yield texts.ACTIONS, kept.actions
    yield texts.NOTES, kept.notes
    yield texts.PARKED, kept.parked
