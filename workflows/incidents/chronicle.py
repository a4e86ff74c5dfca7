"""Reading the timeline of an incident, each time noted in the audit."""

from bot.context import Context
from bot.text import parse
from bot.ui import Items, Line, Message, Note, Strong, Text, When
from workflows.incidents import access, codes, keeping, parts, tables
from workflows.incidents import notes_texts as texts
from workflows.incidents import texts as common
from workflows.incidents import workflow as it
from workflows.incidents.tables import Event

#: The newest lines that are shown at once.
_MOST = 25


@it.command("security timeline", help=texts.HELP_TIMELINE, usage=texts.USAGE_TIMELINE)
def timeline(ctx: Context, text: str) -> Message:
    """Show what happened, in the order in which it did; what came later than told is marked."""
    incident = access.readable(ctx, codes.named(parse(text)))
    id = incident.id or 0
    ctx.record(codes.entity(id))
    told = texts.heading(codes.code(incident), common.STATES[incident.state])
    events = tables.timeline(ctx.session, id)
    if not events:
        return Message(text=f"{told} {texts.NOTHING_YET}").carrying(codes.entity(id))
    corrected = {event.supersedes_id for event in events}
    lines = tuple(_line(ctx, one, is_corrected=one.id in corrected) for one in events[-_MOST:])
    before = len(events) - len(lines)
    notes = (Note(text=texts.left_out(before)),) if before else ()
    blocks = (Text(text=told), *notes, Items(items=lines))
    return Message(text=told, blocks=blocks).carrying(codes.entity(id))


def _line(ctx: Context, event: Event, *, is_corrected: bool) -> Line:
    said = keeping.event(ctx.sealer, event)
    marks = [texts.LATE] if event.recorded_at > event.occurred_at else []
    marks += [texts.CORRECTED] if is_corrected else []
    after = f" ({', '.join(marks)})" if marks else ""
    role = parts.title_of(event.actor_role)
    return (When(at=event.occurred_at), " ", Strong(text=role), f": {said}{after}")
