"""How a meeting goes from state to state: on locked rows, with one timer at a time."""

from datetime import datetime, timedelta

from bot.context import Context
from bot.workflow import Route
from workflows.agendas import calls, codes, rules, tables
from workflows.agendas.rules import Leads, State
from workflows.agendas.tables import Meeting, Series


def move(ctx: Context, meeting: Meeting, target: State) -> None:
    """Let a locked meeting stand otherwise, note it in the audit, and tell who watches."""
    before, meeting.state = meeting.state, target
    meeting.next_look = ""
    ctx.record(codes.entity(meeting.id), before=before, after=target)
    ctx.session.flush()
    calls.meeting_moved(ctx, meeting)


def wait(ctx: Context, meeting: Meeting, timer: Route[...], at: datetime) -> None:
    """Let *timer* go on with a meeting; what was to do so before does nothing any more."""
    # With its state: without any lead the next step is due at the very moment of the one before.
    key = f"{codes.entity(meeting.id)}:{timer.id}:{meeting.state}:{codes.moment(at)}"
    ctx.wait(meeting, timer, at, key=key, meeting=meeting.id)


def still_for(ctx: Context, id: int, look: str) -> tuple[Meeting, Series] | None:
    """Return a meeting and its series, locked, when it still waits for the timer of that key."""
    found = locked(ctx, id)
    return found if found is not None and found[0].next_look == look else None


def locked(ctx: Context, id: int) -> tuple[Meeting, Series] | None:
    """Return a meeting and its series, which nobody else changes before this transaction ends."""
    found = tables.meeting(ctx.session, id)
    series = tables.lock_series(ctx.session, found.series_id) if found else None
    meeting = tables.lock_meeting(ctx.session, id)
    return None if meeting is None or series is None else (meeting, series)


def due_at(meeting: Meeting, series: Series) -> datetime | None:
    """Return when a meeting goes on by itself; None when it does not."""
    leads = Leads(
        timedelta(minutes=series.draft_minutes), timedelta(minutes=series.publish_minutes)
    )
    return rules.due_at(meeting.state, meeting.starts_at, meeting.ends_at, leads)
