"""When the copies of an agenda are looked at again: after each change, and every few minutes."""

from datetime import UTC, datetime, timedelta

from bot.context import Context
from workflows.agendas import (
    building,
    calls,
    codes,
    copies_tables,
    copies_texts,
    drafting,
    moving,
    publishing,
)
from workflows.agendas import workflow as it
from workflows.agendas.rules import State
from workflows.agendas.tables import Meeting, Series

#: Changes within so long are shown together.
PACE = timedelta(minutes=1)
#: What stands on an agenda comes from elsewhere, and nobody tells when that changes.
EVERY = {State.DRAFT: timedelta(minutes=30), State.PUBLISHED: timedelta(minutes=5)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@calls.meetings_move
def look(ctx: Context, meeting: Meeting) -> None:
    """Bring all copies up to date once this transaction is there."""
    is_shown = copies_tables.last_shown(ctx.session, meeting.id or 0) is not None
    if is_shown or meeting.state not in {State.PLANNED, State.MISSED, State.OVER}:
        _now(ctx, meeting)


@calls.agendas_change
def look_soon(ctx: Context, meeting: Meeting) -> None:
    """Bring all copies up to date, at most once a minute."""
    last = copies_tables.last_shown(ctx.session, meeting.id or 0)
    if last is None:
        return
    if ctx.now < last + PACE:
        _at(ctx, meeting, last + PACE)
    else:
        _now(ctx, meeting)


@it.timer("refresh")
def refresh(ctx: Context, meeting: int) -> None:
    """Bring all copies of an agenda up to date, and look again in a while."""
    locked = moving.locked(ctx, meeting)
    if locked is None:
        return
    found, series = locked
    _update(ctx, found, series)
    every = EVERY.get(found.state)
    if every is not None:
        # By the database's clock its time may come while ours is a moment behind.
        since = ctx.now + PACE - _EPOCH
        _at(ctx, found, _EPOCH + (since // every + 1) * every)


def _update(ctx: Context, meeting: Meeting, series: Series) -> None:
    local = building.local(meeting, series)
    match meeting.state:
        case State.PLANNED:
            said = copies_texts.moved(series.name, local)
            drafting.take_back(ctx, meeting, series, said)
            publishing.take_back(ctx, meeting, said)
        case State.DRAFT:
            publishing.take_back(ctx, meeting, copies_texts.moved(series.name, local))
            drafting.show(ctx, meeting, series)
        case State.PUBLISHED:
            drafting.show(ctx, meeting, series)
            publishing.show(ctx, meeting, series)
        case State.RUNNING:
            drafting.take_back(ctx, meeting, series, copies_texts.begun(series.name, local))
            publishing.show(ctx, meeting, series)
        case State.SKIPPED:
            drafting.take_back(
                ctx, meeting, series, copies_texts.cancelled(series.name, local, meeting.why)
            )
            # Who is away, and what an owner wrote for those who come, is nothing for a channel.
            publishing.take_back(ctx, meeting, copies_texts.cancelled(series.name, local))
        case _:
            pass


def _now(ctx: Context, meeting: Meeting) -> None:
    key = f"{codes.entity(meeting.id)}:refresh:{ctx.request_id}"
    ctx.schedule(refresh, ctx.now, key=key, meeting=meeting.id or 0)


def _at(ctx: Context, meeting: Meeting, at: datetime) -> None:
    """Look again at an instant; whoever asks for the same one shares it."""
    key = f"{codes.entity(meeting.id)}:refresh:{codes.moment(at)}"
    ctx.schedule(refresh, at, key=key, meeting=meeting.id or 0)
