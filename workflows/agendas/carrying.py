"""Actions that come back: on each later agenda until they are closed, at last with a question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.context import Context
from storage import people
from workflows.agendas import (
    actions,
    actions_views,
    calls,
    capture_tables,
    codes,
    days,
    keeping,
    tables,
)
from workflows.agendas import actions_texts as texts
from workflows.agendas.actions_views import Shown
from workflows.agendas.calls import Asked, Item
from workflows.agendas.capture_tables import Held
from workflows.agendas.rules import MOST_CARRIED, ActionState, Part, Reach, State
from workflows.agendas.tables import Action, Meeting


@calls.section(Part.CARRIED)
def items(ctx: Context, asked: Asked) -> Sequence[Item]:
    """Return what is open from earlier meetings, the most overdue first, each with its age.

    Where others read along an action is a number with its day.
    """
    series = tables.series(ctx.session, asked.series_id)
    if series is None:
        return []
    today = days.today(series, asked.starts_at)
    is_known, is_outside = asked.reach is Reach.KNOWN, asked.reach is Reach.OUTSIDE
    found = []
    for action, age in _carried(ctx, asked.series_id, asked.meeting_id, asked.starts_at):
        what = "" if is_outside else keeping.text(ctx.sealer, action)
        line = actions_views.line(Shown(action, what), today, texts.age(age))
        owner = action.owner_id if is_known else None
        found.append(Item(key=f"action:{action.id}", line=line, owner_id=owner))
    return found


def age(action: Action, held: Sequence[Held]) -> int:
    """Return how many of these meetings had an action on their agenda.

    The one where it was agreed had not, even when it was agreed before that began.
    """
    return sum(one.starts_at > action.created_at and one.id != action.meeting_id for one in held)


@calls.meetings_move
def count(ctx: Context, meeting: Meeting) -> None:
    """Count the agendas on which an action stood, and ask its owner once they are too many."""
    series = tables.series(ctx.session, meeting.series_id)
    if meeting.state is not State.PUBLISHED or series is None:
        return
    found = _carried(ctx, meeting.series_id, meeting.id or 0, meeting.starts_at)
    for action, times in found:
        action.carried = times
        if times < MOST_CARRIED or action.owner_id is None:
            continue
        owner = people.by_id(ctx.session, action.owner_id, now=ctx.now)
        what = keeping.text(ctx.sealer, action)
        text = texts.do_drop_or_delegate(codes.action(action.id), series.name, what)
        actions.tell(ctx, owner, action, text, what=f"question:{meeting.id}")


def _carried(
    ctx: Context, series_id: int, meeting_id: int, starts_at: datetime
) -> list[tuple[Action, int]]:
    """Return the open actions of earlier meetings with their ages at a meeting."""
    found = [
        one
        for one in tables.actions(ctx.session, series_id, ActionState.OPEN)
        if one.meeting_id != meeting_id and one.created_at < starts_at
    ]
    if not found:
        return []
    first = min(one.created_at for one in found)
    held = capture_tables.held(ctx.session, series_id, after=first, until=starts_at)
    return [(one, age(one, held)) for one in found]
