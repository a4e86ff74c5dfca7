"""What people wrote in a TLP:RED incident stays on its platform until the lead shows it."""

from bot.context import Context
from bot.errors import Conflict, NotFound
from bot.ui import Message
from bot.workflow import NO_SUCH_THING
from workflows.incidents import access, calls, codes, rooms_tables, rooms_texts, tables
from workflows.incidents import workflow as it
from workflows.incidents.rooms_tables import Room
from workflows.incidents.rules import Tlp
from workflows.incidents.tables import Event, Incident


def is_withheld(incident: Incident, event: Event, room: Room) -> bool:
    """Say whether a line waits for the lead before it stands in a room."""
    return incident.tlp is Tlp.RED and event.platform not in {"", room.platform}


@it.action("show_everywhere")
def show_everywhere(ctx: Context, event: int) -> Message:
    """Show a line in all rooms of its incident."""
    line = tables.event(ctx.session, event)
    if line is None:
        raise NotFound(NO_SUCH_THING)
    incident = access.readable(ctx, line.incident_id)
    ctx.require(access.leads(ctx, incident), rooms_texts.LEAD_SHOWS)
    rooms = rooms_tables.rooms_of(ctx.session, line.incident_id)
    held = rooms_tables.withheld(ctx.session, rooms, event)
    if not held:
        raise Conflict(rooms_texts.SHOWN_ALREADY)
    for one in held:
        one.is_withheld = False
    ctx.record(codes.entity(line.incident_id), after=f"event {event} shown")
    calls.incident_changed(ctx, line.incident_id)
    return Message(text=rooms_texts.SHOWN)
