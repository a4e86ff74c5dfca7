"""The timeline: what happened, when, and in which role somebody did it."""

from datetime import datetime

from bot.context import Context
from workflows.incidents import calls, keeping
from workflows.incidents.rules import Kind
from workflows.incidents.tables import Event, Incident

#: Who acts when a timer runs.
PARLEY, LEAD = "parley", "lead"


def note(
    ctx: Context,
    incident: Incident,
    kind: Kind,
    text: str,
    *,
    role: str = PARLEY,
    occurred_at: datetime | None = None,
    supersedes: int | None = None,
) -> Event:
    """Add a line to an incident's timeline, and tell who watches."""
    event = Event(
        incident_id=incident.id or 0,
        kind=kind,
        occurred_at=occurred_at or ctx.now,
        recorded_at=ctx.now,
        actor_role=role,
        by=ctx.person.id or None,
        platform=ctx.user.platform,
        supersedes_id=supersedes,
    )
    keeping.seal_event(ctx, event, text)
    incident.touched_at = ctx.now
    calls.event_happened(ctx, event.id or 0)
    return event
