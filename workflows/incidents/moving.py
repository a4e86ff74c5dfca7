"""How an incident goes from state to state: one function, on a locked row, one timer at a time."""

from datetime import datetime

from bot.context import Context
from bot.errors import Conflict
from bot.workflow import Route
from workflows.incidents import calls, codes, rules, tables, texts, timeline
from workflows.incidents.rules import OVER, Kind, Move, State
from workflows.incidents.tables import Incident


def move(ctx: Context, incident: Incident, how: Move, *, role: str, why: str = "") -> None:
    """Make a move with a locked incident; it stands in the timeline and in the audit.

    Raises:
        Conflict: it cannot be made from where the incident stands: somebody was first.
    """
    target = rules.after(incident.state, how)
    if target is None:
        raise Conflict(texts.not_now(codes.code(incident), incident.state))
    before, incident.state = incident.state, target
    for one in tables.passes(ctx.session, incident.id or 0):
        one.is_listed = target not in OVER
    _mark(ctx, incident, target, before=before)
    incident.next_look = ""
    ctx.record(codes.entity(incident.id or 0), before=before, after=target)
    timeline.note(ctx, incident, Kind.STATE, texts.moved(target, why), role=role)
    calls.incident_changed(ctx, incident.id or 0)


def _mark(ctx: Context, incident: Incident, target: State, *, before: State) -> None:
    if target is State.CONTAINED:
        incident.contained_at = ctx.now
    if target is State.RESOLVED:
        incident.resolved_at = ctx.now
    if target in OVER:
        incident.closed_at = ctx.now
    if before is State.CLOSED:
        incident.reopened_count += 1
        incident.closed_at = None
    if before is State.MERGED:
        incident.merged_into = incident.closed_at = None


def wait(ctx: Context, incident: Incident, timer: Route[...], at: datetime) -> None:
    """Let *timer* go on with an incident; whichever was to do so before does nothing any more."""
    key = f"incident:{incident.id}:{timer.id}:{at:%Y%m%dT%H%M%S.%f}"
    ctx.wait(incident, timer, at, key=key, incident=incident.id)


def still_for(ctx: Context, id: int, look: str) -> Incident | None:
    """Return an incident, locked, when it still waits for the timer whose key is *look*."""
    found = tables.lock_incident(ctx.session, id)
    return found if found is not None and found.next_look == look else None
