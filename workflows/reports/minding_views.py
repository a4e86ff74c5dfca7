"""What people see of their own reports."""

from collections.abc import Sequence

from bot.ui import Block, Button, Buttons, Facts, Items, Line, Message, Note, Text, TextStyle, When
from workflows.reports import minding_texts as said
from workflows.reports import receipt_texts, texts, views
from workflows.reports.codes import code
from workflows.reports.tables import Report

MOST_LISTED = 20
MOST_ON_HOME = 5


def overview(own: Sequence[Report]) -> Message:
    """List somebody's reports, the newest first."""
    if not own:
        return Message(text=said.NONE)
    shown, notes = own[:MOST_LISTED], [said.OLDER] if len(own) > MOST_LISTED else []
    lines = tuple(said.line(code(one), one.state) for one in shown)
    text = " ".join((f"{said.TITLE}:", *(f"{line}." for line in lines), *notes))
    blocks: list[Block] = [
        Text(text=said.TITLE, style=TextStyle.HEADING),
        Items(items=lines),
        *(Note(text=note) for note in notes),
    ]
    return Message(text=text, blocks=tuple(blocks))


def status(report: Report, heard: str, buttons: Sequence[Button]) -> Message:
    """Say where one report stands, and what its reporter heard last."""
    heading, stands = said.of_code(code(report)), said.STATES[report.state]
    kind = texts.CATEGORIES[report.category]
    facts: list[tuple[str, Line]] = [
        (said.STANDS, stands),
        (said.KIND, kind),
        (said.REPORTED, (When(at=report.received_at),)),
    ]
    if heard:
        facts.append((said.HEARD, heard))
    plain = (
        f"{heading}: {stands}.",
        f"{said.KIND}: {kind}.",
        f"{said.REPORTED}: {receipt_texts.moment(report.received_at)}.",
        f"{said.HEARD}: {heard}" if heard else "",
    )
    blocks: list[Block] = [
        Text(text=heading, style=TextStyle.HEADING),
        Facts(facts=tuple(facts)),
    ]
    if buttons:
        blocks.append(Buttons(buttons=tuple(buttons)))
    return Message(text=" ".join(filter(None, plain)), blocks=tuple(blocks))


def again(buttons: Sequence[Button]) -> Message:
    """Ask whether somebody would report again."""
    return views.with_buttons(said.WOULD_YOU, buttons)


def waiting(open_ones: Sequence[Report], show_all: Button) -> tuple[Block, ...]:
    """Return the part of Home about one's own reports; () without any that is open."""
    if not open_ones:
        return ()
    lines = tuple(said.line(code(one), one.state) for one in open_ones[:MOST_ON_HOME])
    return (
        Text(text=said.TITLE, style=TextStyle.HEADING),
        Items(items=lines),
        Buttons(buttons=(show_all,)),
    )
