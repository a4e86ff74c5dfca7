"""Looks once a day whether each time to come is still right, and each series has a next one."""

from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.recurrence import Recurrence
from workflows.agendas import clock_texts as texts
from workflows.agendas import codes, planning, tables, telling
from workflows.agendas import workflow as it
from workflows.agendas.rules import State
from workflows.agendas.tables import Slot

#: Series in one transaction, which others wait for.
BATCH = 500
#: So much later comes the next one: whoever waits meanwhile goes first.
_BREATH = timedelta(seconds=1)


@it.timer("recompute", every="daily 03:20")
def recompute(ctx: Context) -> None:
    """Begin with the first series, by the rules of time zones as they are now."""
    # The machine's own may have been brought up to date while this process runs.
    ZoneInfo.clear_cache()
    _rhythm.cache_clear()
    _look(ctx, 1)


@it.timer("recompute_on")
def recompute_on(ctx: Context, first: int) -> None:
    """Go on with the next series."""
    _look(ctx, first)


def _look(ctx: Context, first: int) -> None:
    numbers = range(first, first + BATCH)
    slots = tables.coming_slots(ctx.session, numbers, ctx.now)
    for series_id, own in groupby(slots, key=lambda slot: slot.series_id):
        if not _is_right(list(own)):
            _mend(ctx, series_id)
    if numbers.stop <= tables.last_series(ctx.session):
        key = f"agendas:recompute:{codes.moment(ctx.now)}:{numbers.stop}"
        ctx.schedule(recompute_on, ctx.now + _BREATH, key=key, first=numbers.stop)


def _is_right(slots: list[Slot]) -> bool:
    """Say whether a series has a next meeting, and each is when its rhythm has it."""
    is_planned = any(slot.state is State.PLANNED for slot in slots)
    return is_planned and all(slot.starts_at == _expected(slot) for slot in slots)


def _expected(slot: Slot) -> datetime | None:
    """Return when a meeting is by the rhythm; where an owner put it elsewhere, that is right."""
    rhythm = _rhythm(slot.rule, slot.timezone)
    if not slot.is_moved:
        return rhythm.slot_on(slot.slot_on)
    if not slot.is_by_itself:
        return slot.starts_at
    return rhythm.on_the_wall(slot.starts_at.astimezone(ZoneInfo(slot.timezone)).date())


@cache
def _rhythm(rule: str, timezone: str) -> Recurrence:
    return Recurrence.parse(rule, timezone)


def _mend(ctx: Context, series_id: int) -> None:
    """Plan a series anew; its owners hear of each meeting that moved because of a zone."""
    series = tables.lock_series(ctx.session, series_id)
    if series is None:
        return
    coming = tables.coming_meetings(ctx.session, series_id, ctx.now)
    before = {one.id: (one.slot_on, one.starts_at) for one in coming}
    planning.plan(ctx, series)
    for meeting in coming:
        slot_on, starts_at = before[meeting.id]
        moves = meeting.slot_on == slot_on and meeting.starts_at != starts_at
        if moves and not meeting.is_by_itself:
            telling.owners(ctx, series, meeting, texts.zone_changed(series, meeting, starts_at))
