"""What becomes of a meeting on a day on which too few would come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.recurrence import MONDAY_TO_FRIDAY, Recurrence, Weekday
from workflows.agendas import absence, series_tables
from workflows.agendas.rules import HolidayPolicy, State
from workflows.agendas.tables import Series

_DAY = timedelta(days=1)
_STEPS = {HolidayPolicy.PREVIOUS_WORKDAY: -_DAY, HolidayPolicy.NEXT_WORKDAY: _DAY}
#: A meeting that would be moved by more days than this is left out.
_FURTHEST = 7


@dataclass(frozen=True, slots=True)
class Stand:
    """When a meeting takes place, and why not when its rhythm has it."""

    at: datetime | None  #: None: it does not take place
    why: str = ""
    #: The owners did not do this themselves, so they are told.
    is_news: bool = False


def stand(ctx: Context, series: Series, slot: datetime) -> Stand:
    """Return when the meeting of a slot takes place by the policy of its series."""
    if series.policy is HolidayPolicy.POST_ANYWAY:
        return Stand(slot)
    comes = absence.crew(ctx, series)
    why = absence.too_few(ctx, series, comes, slot)
    if not why:
        return Stand(slot)
    step = _STEPS.get(series.policy)
    at = _workday(ctx, series, comes, slot, step) if step else None
    return Stand(at, why, is_news=True)


def _workday(
    ctx: Context, series: Series, comes: absence.Crew, slot: datetime, step: timedelta
) -> datetime | None:
    """Return the first workday from a slot on which enough would come, none behind us.

    None as well when another meeting of the series comes first.
    """
    rhythm = Recurrence.parse(series.rule, series.timezone)
    own = day = slot.astimezone(ZoneInfo(series.timezone)).date()
    for _ in range(_FURTHEST):
        day += step
        at = rhythm.on_the_wall(day)
        if at <= ctx.now or rhythm.slot_on(day) or _is_taken(ctx, series, day, own=own):
            return None
        works = Weekday.of(day) in MONDAY_TO_FRIDAY
        if works and not absence.too_few(ctx, series, comes, at):
            return at
    return None


def _is_taken(ctx: Context, series: Series, day: date, *, own: date) -> bool:
    """Say whether another meeting than that of its *own* day is on a day, also one moved there."""
    known = series_tables.on_day(ctx.session, series, day, now=ctx.now, besides=own)
    return known is not None and known.state is not State.SKIPPED
