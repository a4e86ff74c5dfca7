"""What an incident's card shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ui import Block, Button, Buttons, Facts, Line, Message, Text, TextStyle, When
from workflows.incidents import card_texts as said
from workflows.incidents import parts, texts
from workflows.incidents.agenda_texts import AFFECTS
from workflows.incidents.rules import Part
from workflows.incidents.tables import Engagement, Incident
from workflows.reports.codes import code_of
from workflows.reports.texts import CATEGORIES, SEVERITIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An incident as those read it who may; *title* names no link that opens."""

    incident: Incident
    code: str
    title: str
    lead: str
    reports: Sequence[int]
    engagements: Sequence[Engagement]


def card(shown: Shown, buttons: Sequence[Button]) -> Message:
    """Show where an incident stands, who acts on it, and what somebody can do."""
    heading = said.heading(shown.code, shown.incident.codename)
    blocks: list[Block] = [
        Text(text=heading, style=TextStyle.HEADING),
        Text(text=shown.title),
        Facts(facts=_facts(shown)),
    ]
    if buttons:
        blocks.append(Buttons(buttons=tuple(buttons)))
    return Message(text=in_a_line(shown), blocks=tuple(blocks))


def in_a_line(shown: Shown) -> str:
    """Return an incident in one sentence, without its title."""
    incident = shown.incident
    return said.line(
        shown.code,
        incident.codename,
        texts.STATES[incident.state],
        SEVERITIES[incident.severity],
        shown.lead or said.NO_LEAD,
    )


def _facts(shown: Shown) -> tuple[tuple[str, Line], ...]:
    incident = shown.incident
    return (
        (said.STATE, texts.STATES[incident.state]),
        (said.SEVERITY, SEVERITIES[incident.severity]),
        (said.CATEGORY, CATEGORIES[incident.category]),
        (said.LEAD, shown.lead or said.NO_LEAD),
        (said.TLP, texts.TLPS[incident.tlp]),
        (said.REPORTS, ", ".join(map(code_of, shown.reports)) or said.NO_REPORTS),
        *_hiring(incident),
        *_next_update(incident),
        *((parts.title_of(one.department), _standing(one)) for one in shown.engagements),
    )


def _hiring(incident: Incident) -> tuple[tuple[str, Line], ...]:
    how = incident.affects_hiring
    return ((said.AFFECTS_HIRING, AFFECTS[how]),) if how is not None else ()


def _next_update(incident: Incident) -> tuple[tuple[str, Line], ...]:
    at = incident.next_update_at
    return ((said.NEXT_UPDATE, (When(at=at),)),) if at is not None else ()


def _standing(engagement: Engagement) -> str:
    if engagement.part is Part.INFORMED:
        return said.INFORMED
    return said.ON_IT if engagement.acknowledged_at else said.WAITED_FOR
