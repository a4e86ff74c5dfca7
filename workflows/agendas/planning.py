"""The next meeting of a series: the rhythm says when, and a row says that it will be."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.recurrence import Recurrence
from workflows.agendas import calls, tables
from workflows.agendas.rules import ENDED, State
from workflows.agendas.tables import Meeting, Series

_MINUTE = timedelta(minutes=1)
#: A rhythm comes back at least once a year; so many days without a meeting, and there is none.
_FAR = timedelta(days=2 * 366)


def rhythm(series: Series) -> Recurrence:
    """Return when a series comes back."""
    return Recurrence.parse(series.rule, series.timezone)


def slots(series: Series, after: datetime) -> Iterator[datetime]:
    """Yield when a series meets after an instant, pauses left out, in UTC."""
    zone = ZoneInfo(series.timezone)
    first = max(series.active_from, series.paused_until or series.active_from)
    # The day before begins early enough in every zone.
    begins = datetime.combine(first, time(), UTC) - timedelta(days=1)
    since = max(after, begins)
    for slot in rhythm(series).slots_between(since, since + _FAR):
        day = slot.astimezone(zone).date()
        if series.active_until and day > series.active_until:
            return
        if day >= first:
            yield slot


def plan(ctx: Context, series: Series) -> Meeting | None:
    """Return the next meeting of a locked series, made where there is none; None when it is over.

    A day that has a meeting already keeps it: one that was skipped or held stays so.
    """
    if series.is_over:
        return None
    for slot in slots(series, ctx.now):
        known = tables.meeting_on(ctx.session, series.id or 0, local_day(series, slot))
        if known is None:
            return _made(ctx, series, slot)
        if known.state not in ENDED and known.state is not State.RUNNING:
            return known
    return None


def local_day(series: Series, at: datetime) -> date:
    """Return the day that an instant is on the wall of a series."""
    return at.astimezone(ZoneInfo(series.timezone)).date()


def _made(ctx: Context, series: Series, slot: datetime) -> Meeting:
    meeting = Meeting(
        series_id=series.id or 0,
        slot_on=local_day(series, slot),
        starts_at=slot,
        ends_at=slot + series.minutes * _MINUTE,
    )
    ctx.session.add(meeting)
    ctx.session.flush()
    calls.meeting_moved(ctx, meeting)
    return meeting
