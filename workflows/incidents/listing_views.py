"""A list of incidents: each by its number, its two words and where it stands."""

from collections.abc import Sequence

from bot.ui import Block, Items, Message, Note, Text, TextStyle
from workflows.incidents import codes, texts
from workflows.incidents import listing_texts as said
from workflows.incidents.tables import Incident
from workflows.reports.texts import SEVERITIES


def page(incidents: Sequence[Incident], *, has_more: bool) -> Message:
    """Show the first page of a list."""
    if not incidents:
        return Message(text=said.NONE)
    lines = tuple(_line(one) for one in incidents)
    blocks: list[Block] = [Text(text=said.TITLE, style=TextStyle.HEADING), Items(items=lines)]
    if has_more:
        blocks.append(Note(text=said.MORE))
    text = " ".join((f"{said.TITLE}:", *(f"{line}." for line in lines)))
    return Message(text=f"{text} {said.MORE}" if has_more else text, blocks=tuple(blocks))


def section(incidents: Sequence[Incident]) -> tuple[Block, ...]:
    """Show a few on somebody's Home; nothing when there are none."""
    if not incidents:
        return ()
    lines = tuple(_line(one) for one in incidents)
    return (Text(text=said.HOME, style=TextStyle.HEADING), Items(items=lines))


def _line(incident: Incident) -> str:
    code, state = codes.code(incident), texts.STATES[incident.state]
    return f"{code}, {incident.codename}: {state}, {SEVERITIES[incident.severity]}"
