"""What waits for those who triage, as a list and as a part of Home."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.menu import say_button
from bot.ui import Block, Button, Buttons, Message, Note, Text, TextStyle, When
from workflows.reports import card_texts, texts
from workflows.reports import triaging_texts as own
from workflows.reports.codes import code
from workflows.reports.tables import Report


@dataclass(frozen=True, slots=True)
class Row:
    """A report that waits, with who looks at it and what its reader can press."""

    report: Report
    holder: str
    buttons: tuple[Button, ...]


def queue(rows: Sequence[Row], *, at_most: int) -> Message:
    """Return the list of what waits, the first of it with buttons."""
    if not rows:
        return Message(text=own.NOTHING_WAITS)
    lines = [_line(row) for row in rows]
    return Message(text=" ".join((f"{own.QUEUE}:", *lines)), blocks=_of(rows, at_most))


def on_home(rows: Sequence[Row], *, at_most: int) -> tuple[Block, ...]:
    """Return what stands on somebody's Home; nothing when nothing waits."""
    if not rows:
        return ()
    see_all = Buttons(buttons=(say_button(own.ALL_REPORTS, "security queue"),))
    return (*_of(rows, at_most), see_all)


def _of(rows: Sequence[Row], at_most: int) -> tuple[Block, ...]:
    blocks: list[Block] = [Text(text=own.QUEUE, style=TextStyle.HEADING)]
    for row in rows[:at_most]:
        since = (f"{card_texts.RECEIVED} ", When(at=row.report.received_at))
        blocks += [Text(text=_line(row)), Note(text=since), Buttons(buttons=row.buttons)]
    if (rest := len(rows) - at_most) > 0:
        blocks.append(Note(text=own.more(rest)))
    return tuple(blocks)


def _line(row: Row) -> str:
    report = row.report
    heading = card_texts.heading(code(report), texts.CATEGORIES[report.category])
    severity = card_texts.severity(texts.SEVERITIES[report.severity], is_urgent=report.is_urgent)
    return own.line(heading, severity, texts.STATES[report.state], row.holder)
