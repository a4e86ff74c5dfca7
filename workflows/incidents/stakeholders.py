"""Rooms for those who want to know where an incident stands, and what each department is told.

The lead opens them. Who may read the incident is in them, and nobody else, as in its own rooms.
"""

from dataclasses import replace

from bot.context import Context
from bot.errors import Conflict
from bot.ui import Message, Reply
from workflows.incidents import choosing, codes, rooms, rooms_tables
from workflows.incidents import rooms_texts as texts
from workflows.incidents import sheets_texts as common
from workflows.incidents import workflow as it
from workflows.incidents.rooms_tables import Purpose, Room
from workflows.incidents.rules import OVER, Tlp
from workflows.incidents.tables import Incident


@it.command("security stakeholders", help=texts.HELP_STAKEHOLDERS, usage=texts.USAGE_STAKEHOLDERS)
def stakeholders(ctx: Context, text: str) -> Reply:
    """Open such a room in this channel; said to Parley alone, in channels that it makes."""
    incident = choosing.said(ctx, text)
    _check(ctx, incident)
    ctx.record(codes.entity(incident.id or 0), after="stakeholders")
    return _make(ctx, incident) if ctx.one_to_one else _use(ctx, incident)


def _make(ctx: Context, incident: Incident) -> Message:
    lacking = ctx.platforms - {one.platform for one in _there(ctx, incident)}
    if not lacking:
        raise Conflict(texts.STAKEHOLDERS_THERE)
    for platform in sorted(lacking):
        rooms.make(ctx, incident, platform, Purpose.STAKEHOLDERS)
    return Message(text=texts.OPENED)


def _use(ctx: Context, incident: Incident) -> Message:
    """Tell this channel, unless it or another one of the platform is told already."""
    here = replace(ctx.place, thread=None)
    is_there = any(one.platform == here.platform for one in _there(ctx, incident))
    known = rooms_tables.rooms_of(ctx.session, incident.id or 0)
    if is_there or any(one.channel == here.channel for one in known):
        raise Conflict(texts.STAKEHOLDERS_THERE)
    rooms.use(ctx, incident, here, Purpose.STAKEHOLDERS)
    return Message(text=texts.OPENED_HERE)


def _there(ctx: Context, incident: Incident) -> list[Room]:
    known = rooms_tables.rooms_of(ctx.session, incident.id or 0)
    return [one for one in known if one.purpose is Purpose.STAKEHOLDERS]


def _check(ctx: Context, incident: Incident) -> None:
    """Refuse who does not lead it, what is over, and what named people alone may know."""
    choosing.check_lead(ctx, incident)
    if incident.state in OVER:
        raise Conflict(common.is_over(codes.code(incident), incident.state))
    if incident.tlp is Tlp.RED:
        raise Conflict(texts.NOT_RED)
