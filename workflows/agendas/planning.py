"""What is to come of a series: the rhythm says when, and rows say that it will be."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.recurrence import Recurrence
from workflows.agendas import calls, moving, policy, tables, telling
from workflows.agendas import clock_texts as texts
from workflows.agendas.policy import Stand
from workflows.agendas.rules import State
from workflows.agendas.tables import Meeting, Series

_MINUTE = timedelta(minutes=1)
#: A rhythm comes back at least once a year; so many days without a meeting, and there is none.
_FAR = timedelta(days=2 * 366)
#: So many slots are looked at ahead, more than there are drafts at once. When nobody is there for
#: longer, the rest is seen to from day to day: a year's absence does not cancel a year at once.
_MOST_AHEAD = 10


def rhythm(series: Series) -> Recurrence:
    """Return when a series comes back."""
    return Recurrence.parse(series.rule, series.timezone)


def slots(series: Series, after: datetime) -> Iterator[datetime]:
    """Return when a series meets after an instant, pauses left out, in UTC."""
    return _slots(series, after, max(series.active_from, series.paused_until or date.min))


def _slots(series: Series, after: datetime, first: date) -> Iterator[datetime]:
    # The day before begins early enough in every zone.
    begins = datetime.combine(first, time(), UTC) - timedelta(days=1)
    since = max(after, begins)
    for slot in rhythm(series).slots_between(since, since + _FAR):
        day = local_day(series, slot)
        if series.active_until and day > series.active_until:
            return
        if day >= first:
            yield slot


def local_day(series: Series, at: datetime) -> date:
    """Return the day that an instant is on the wall of a series."""
    return at.astimezone(ZoneInfo(series.timezone)).date()


def plan(ctx: Context, series: Series) -> Meeting | None:
    """Bring what is to come of a locked series in line with its rhythm; return the next meeting.

    What an owner skipped or moved stays so. Of the others each follows the rhythm, and one more
    is always planned than there are drafts, so that a draft never comes late. None when none is
    to come.
    """
    for meeting in tables.coming_meetings(ctx.session, series.id or 0, ctx.now):
        follow(ctx, series, meeting)
    if not series.is_over:
        _keep_pause(ctx, series)
        _look_ahead(ctx, series)
    found = tables.coming_meetings(ctx.session, series.id or 0, ctx.now)
    return next((one for one in found if one.state is not State.SKIPPED), None)


def follow(ctx: Context, series: Series, meeting: Meeting) -> None:
    """Let a meeting that has not begun take place when it should by now, or not at all."""
    stand = _stand(ctx, series, meeting)
    if stand is None:
        return
    if stand.at is None:
        _skip(ctx, series, meeting, stand)
    else:
        _hold(ctx, series, meeting, stand, at=stand.at)


def _stand(ctx: Context, series: Series, meeting: Meeting) -> Stand | None:
    """Return when a meeting should take place; None when that is not for us to say."""
    if series.is_over:
        return Stand(None, texts.ENDED)
    if meeting.is_moved and not meeting.is_by_itself:
        return None
    slot = _slot(ctx, series, meeting)
    if slot is None:
        return None if meeting.state is State.SKIPPED else Stand(None, texts.NO_MORE)
    if series.paused_until and meeting.slot_on < series.paused_until:
        return Stand(None, texts.PAUSED)
    if slot <= ctx.now:  # it was moved to a later day, on which it stays
        return None
    if meeting.state is not State.PUBLISHED:
        return policy.stand(ctx, series, slot)
    # Everybody has read that it takes place: from then on only people take that back.
    return None if meeting.is_moved else Stand(slot)


def _slot(ctx: Context, series: Series, meeting: Meeting) -> datetime | None:
    """Return the slot of a meeting, another one where its day has none any more."""
    slot = rhythm(series).slot_on(meeting.slot_on)
    until = series.active_until or date.max
    is_to_come = slot is not None and (slot > ctx.now or meeting.is_moved)
    if is_to_come and series.active_from <= meeting.slot_on <= until:
        return slot
    if meeting.state is State.SKIPPED:
        return None
    free = next((slot for slot in slots(series, ctx.now) if _is_free(ctx, series, slot)), None)
    if free:
        meeting.slot_on = local_day(series, free)
    return free


def _is_free(ctx: Context, series: Series, slot: datetime) -> bool:
    return tables.meeting_on(ctx.session, series.id or 0, local_day(series, slot)) is None


def _keep_pause(ctx: Context, series: Series) -> None:
    """Keep the next dates of a pause as left out: calendars leave them out after it as well."""
    until = series.paused_until or date.min
    for slot in islice(_slots(series, ctx.now, series.active_from), _MOST_AHEAD):
        if local_day(series, slot) >= until:
            return
        if _is_free(ctx, series, slot):
            _made(ctx, series, slot)


def _look_ahead(ctx: Context, series: Series) -> None:
    """See to it that one meeting is planned that has no draft yet."""
    for slot in islice(slots(series, ctx.now), _MOST_AHEAD):
        day = local_day(series, slot)
        known = tables.meeting_on(ctx.session, series.id or 0, day) or _made(ctx, series, slot)
        if known.state is State.PLANNED:
            return


def _made(ctx: Context, series: Series, slot: datetime) -> Meeting:
    meeting = Meeting(
        series_id=series.id or 0,
        slot_on=local_day(series, slot),
        starts_at=slot,
        ends_at=slot + series.minutes * _MINUTE,
    )
    ctx.session.add(meeting)
    ctx.session.flush()
    follow(ctx, series, meeting)
    if not meeting.is_by_itself:
        calls.meeting_moved(ctx, meeting)
    return meeting


def _skip(ctx: Context, series: Series, meeting: Meeting, stand: Stand) -> None:
    is_known, meeting.why = _was_told(meeting), stand.why
    if meeting.state is not State.SKIPPED:
        is_known, meeting.is_by_itself = False, True
        meeting.sequence += 1
        moving.move(ctx, meeting, State.SKIPPED)
    if stand.is_news and not is_known:
        telling.owners(ctx, series, meeting, texts.skipped(series, meeting))


def _hold(ctx: Context, series: Series, meeting: Meeting, stand: Stand, *, at: datetime) -> None:
    """Let a meeting take place at a time; whoever watches hears of it when that is new."""
    times = (at, at + series.minutes * _MINUTE)
    comes_back, was_told = meeting.state is State.SKIPPED, _was_told(meeting)
    if not comes_back and times == (meeting.starts_at, meeting.ends_at):
        return
    meeting.starts_at, meeting.ends_at = times
    meeting.why, meeting.is_by_itself = stand.why, stand.is_news
    meeting.is_moved = at != rhythm(series).slot_on(meeting.slot_on)
    meeting.sequence += 1
    if comes_back:
        moving.move(ctx, meeting, State.PLANNED)
    else:
        ctx.session.flush()
        calls.meeting_moved(ctx, meeting)
    if stand.is_news:
        telling.owners(ctx, series, meeting, texts.moved(series, meeting))
    elif was_told:
        telling.owners(ctx, series, meeting, texts.after_all(series, meeting))


def _was_told(meeting: Meeting) -> bool:
    """Say whether the owners were told that too few would come, and what becomes of a meeting."""
    is_elsewhere = meeting.state is State.SKIPPED or meeting.is_moved
    is_ours = meeting.why in {"", texts.PAUSED, texts.ENDED, texts.NO_MORE}
    return meeting.is_by_itself and is_elsewhere and not is_ours
