"""Legal hold: nothing of an incident, or of its reports, is erased until Legal lifts it."""

from bot.context import Context
from bot.ui import Message
from workflows.incidents import access, choosing, codes, retiring_tables
from workflows.incidents import export_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.export_tables import Hold
from workflows.incidents.tables import Incident


@it.command("security hold", help=texts.HELP_HOLD, usage=texts.USAGE_ONE)
def hold(ctx: Context, text: str) -> Message:
    """Keep an incident, whatever its age."""
    incident = _for_legal(ctx, text)
    id = incident.id or 0
    ctx.session.merge(Hold(incident_id=id, by=ctx.person.id, at=ctx.now))
    ctx.record(f"{codes.entity(id)}:hold", after="held")
    return Message(text=texts.held(codes.code(incident)))


@it.command("security unhold", help=texts.HELP_UNHOLD, usage=texts.USAGE_ONE)
def unhold(ctx: Context, text: str) -> Message:
    """Let an incident be erased when its time is over."""
    incident = _for_legal(ctx, text)
    id = incident.id or 0
    for found in retiring_tables.holds(ctx.session, incident):
        ctx.session.delete(found)
    ctx.record(f"{codes.entity(id)}:hold", before="held")
    return Message(text=texts.let_go(codes.code(incident)))


def _for_legal(ctx: Context, text: str) -> Incident:
    incident = choosing.said(ctx, text)
    ctx.require(access.is_legal(ctx.person), texts.LEGAL_ONLY)
    return incident
