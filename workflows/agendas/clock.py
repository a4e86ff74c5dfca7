"""The one timer of each meeting: it goes from plan to draft, agenda, meeting and minutes."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from bot.context import Context
from storage.people import Person
from workflows.agendas import calls, codes, moving, planning, rules, tables, telling
from workflows.agendas import clock_texts as texts
from workflows.agendas import workflow as it
from workflows.agendas.rules import ENDED, State
from workflows.agendas.tables import Meeting, Series
from workflows.people import calls as people_calls

log = structlog.get_logger()

#: A post that comes later than this says so.
_SOON = timedelta(minutes=1)
#: Until everybody has read the agenda, it is looked whether enough will come.
_UNREAD = frozenset({State.PLANNED, State.DRAFT})


@it.timer("advance")
def advance(ctx: Context, meeting: int, look: str) -> None:
    """Let a meeting go on, since its time has come.

    Where several times have passed it goes to where the last of them leads, in one step.
    """
    found = moving.still_for(ctx, meeting, look)
    if found is not None and found[0].state not in ENDED:
        _go_on(ctx, *found, since=codes.moment_in(look))


@calls.meetings_move
def set_timer(ctx: Context, meeting: Meeting) -> None:
    """See to it that a meeting waits for its next step, and for nothing else."""
    series = tables.series(ctx.session, meeting.series_id)
    due = moving.due_at(meeting, series) if series else None
    if due is None:
        meeting.next_look = ""
    elif due > ctx.now:
        moving.wait(ctx, meeting, advance, due)
    elif not meeting.next_look or codes.moment_in(meeting.next_look) > ctx.now:
        moving.wait(ctx, meeting, advance, ctx.now)


@people_calls.absences_change
def follow_absence(ctx: Context, someone: Person) -> None:
    """Look anew at what somebody comes to, since they will be away, or are back."""
    numbers = sorted(series.id or 0 for series in tables.series_of(ctx.session, someone.id))
    for series in filter(None, (tables.lock_series(ctx.session, id) for id in numbers)):
        planning.plan(ctx, series)


@it.awaits
def stuck(session: Session) -> Mapping[str, str]:
    """Return the meetings that would not go on, with the timers that they wait for in vain.

    All others are left out: there may be very many.
    """
    found = tables.untimed_meetings(session)
    return {codes.entity(one.id): one.next_look for one in found}


def _go_on(ctx: Context, meeting: Meeting, series: Series, *, since: datetime) -> None:
    """Make the step that is due; *since* is when its timer was to run."""
    # By the database's clock the time has come, even when ours is a moment behind.
    now = max(ctx.now, since)
    if meeting.state in _UNREAD and meeting.starts_at > now:
        planning.follow(ctx, series, meeting)
    due = moving.due_at(meeting, series)
    if due is None or due > now:  # with those who come it takes place at another time, or never
        set_timer(ctx, meeting)
        planning.plan(ctx, series)
        return
    _step(ctx, meeting, series, now=now, late=now - max(_publish_at(meeting, series), since))


def _step(
    ctx: Context, meeting: Meeting, series: Series, *, now: datetime, late: timedelta
) -> None:
    """Let a meeting stand where it does *now*; a post of its agenda would be *late* by so much.

    One that was planned at short notice is not late: its timer was set to run at once.
    """
    before, times = meeting.state, (meeting.starts_at, meeting.ends_at)
    target = rules.state_at(before, now, *times, late)
    if target is State.PUBLISHED:
        meeting.published_at, meeting.is_late = ctx.now, late > _SOON
    moving.move(ctx, meeting, target)
    if before is State.PLANNED:
        planning.plan(ctx, series)
    if target is State.MISSED:
        log.warning("meeting_missed", meeting=meeting.id)
        following = planning.plan(ctx, series)
        telling.owners(ctx, series, meeting, texts.missed(series, meeting, following))


def _publish_at(meeting: Meeting, series: Series) -> datetime:
    return meeting.starts_at - timedelta(minutes=series.publish_minutes)
