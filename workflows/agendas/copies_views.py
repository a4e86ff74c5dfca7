"""How an agenda looks, in a channel and as a draft; the same on every platform."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from bot.shown import words
from bot.ui import (
    Block,
    Button,
    Buttons,
    Facts,
    Items,
    Line,
    Message,
    Note,
    Strong,
    Text,
    TextStyle,
    When,
)
from workflows.agendas import copies_texts as texts
from workflows.agendas import fitting
from workflows.agendas.arranging import Agenda, Section
from workflows.agendas.building import Sheet
from workflows.agendas.calls import Item
from workflows.agendas.rules import Part, Reach


def published(sheet: Sheet) -> Message:
    """Return the agenda as it stands in a channel."""
    return _message(texts.heading(sheet.name, sheet.code), sheet, _channel_notes(sheet))


def draft(sheet: Sheet, notes: Sequence[str], buttons: Sequence[Button]) -> Message:
    """Return the agenda as an owner reads it alone, with what they can do about it."""
    return _message(texts.draft_heading(sheet.name, sheet.code), sheet, notes, buttons)


def item_line(item: Item, sheet: Sheet) -> Line:
    """Return an item with whose it is and how long it takes."""
    owner = sheet.names.get(item.owner_id or 0, "")
    suffix = texts.item_suffix(owner, item.minutes)
    if not suffix:
        return item.line
    spans = (item.line,) if isinstance(item.line, str) else item.line
    return (*spans, suffix)


def _channel_notes(sheet: Sheet) -> list[str]:
    notes = [texts.REDUCED] if sheet.reach is Reach.OUTSIDE else []
    return notes if sheet.agenda.is_empty else [*notes, texts.IN_THREAD]


def _message(
    heading: str, sheet: Sheet, notes: Sequence[str], buttons: Sequence[Button] = ()
) -> Message:
    """Return a copy as a card, and all of it as words for who reads no card."""
    lines = [_lines(section, sheet) for section in sheet.agenda.sections]
    listed, is_cut = fitting.fitted(lines)
    opening = [*((texts.LATE,) if sheet.meeting.is_late else ()), *sheet.remarks]
    closing = [*_closing(sheet.agenda), *((texts.SHORTENED,) if is_cut else ()), *notes]
    facts, titles = list(_facts(sheet)), _titles(sheet)
    spoken = [
        f"{heading}.",
        *(f"{label}: {words(line)}." for label, line in facts),
        *opening,
        *chain.from_iterable(map(_spoken, titles, listed)),
        *closing,
    ]
    blocks: list[Block] = [
        Text(text=heading, style=TextStyle.HEADING),
        Facts(facts=_with_clock(facts, sheet)),
        *(Text(text=line) for line in opening),
        *chain.from_iterable(map(_drawn, titles, listed)),
        *(Note(text=line) for line in closing),
        *((Buttons(buttons=tuple(buttons)),) if buttons else ()),
    ]
    return Message(text=fitting.spoken(spoken), blocks=tuple(blocks))


def _facts(sheet: Sheet) -> Iterator[tuple[str, Line]]:
    yield texts.WHEN, sheet.local
    if not sheet.agenda.is_empty:
        yield texts.TIME, texts.time(sheet.agenda.minutes, sheet.agenda.length)
    if sheet.facilitator:
        yield texts.FACILITATOR, sheet.facilitator


def _with_clock(facts: list[tuple[str, Line]], sheet: Sheet) -> tuple[tuple[str, Line], ...]:
    """Add to the time on the wall what each reader's own clock shows."""
    (label, local), *others = facts
    both: Line = (words(local), "; ", When(at=sheet.meeting.starts_at))
    return ((label, both), *others)


def _spoken(title: str, lines: Sequence[Line]) -> list[str]:
    return [f"{title}:", *(f"- {words(line)}" for line in lines)]


def _drawn(title: str, lines: Sequence[Line]) -> list[Block]:
    return [Text(text=(Strong(text=title),)), Items(items=tuple(lines))]


def _titles(sheet: Sheet) -> list[str]:
    return [
        texts.part(number, one.part, one.minutes, sheet.speakers.get(one.part, ""))
        for number, one in enumerate(sheet.agenda.sections, start=1)
    ]


def _lines(section: Section, sheet: Sheet) -> list[Line]:
    lines = [item_line(item, sheet) for item in section.items]
    return [*lines, texts.more(section.more)] if section.more else lines


def _closing(agenda: Agenda) -> list[str]:
    if agenda.is_empty:
        return [texts.NOTHING]
    counts = Counter[Part]()
    for one in agenda.folded:
        counts[one.part] += len(one.items) + one.more
    folded = [texts.folded(agenda.length, counts.items())] if counts else []
    return [*folded, texts.failed(agenda.failed)] if agenda.failed else folded
