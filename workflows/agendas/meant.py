"""Which meeting somebody means: that of the thread, else the one that runs or ran last."""

from __future__ import annotations

from bot.context import Context
from bot.errors import NotFound
from bot.inbound import Place
from bot.text import Line, Ref
from bot.workflow import NO_SUCH_THING
from storage import posts
from workflows.agendas import access, codes, tables
from workflows.agendas.rules import ENDED, SERIES, State
from workflows.agendas.tables import Meeting, Series


def series(ctx: Context, line: Line) -> Series:
    """Return the series that somebody named, or speaks of in its thread or channel, locked.

    Raises:
        Invalid: it cannot be told which.
        NotFound: they do not come to it.
    """
    return attended(ctx, _number(ctx, line, in_thread(ctx, ctx.place)))


def shown(ctx: Context, line: Line) -> tuple[Series, Meeting | None]:
    """Return the series and the meeting that somebody wants to read of; nothing is locked.

    Raises:
        Invalid: it cannot be told which series.
        NotFound: they do not come to it.
    """
    here = in_thread(ctx, ctx.place)
    found = access.readable(ctx, _number(ctx, line, here))
    is_here = here is not None and here.series_id == found.id
    return found, here if is_here else last(ctx, found)


def meeting(ctx: Context, line: Line) -> tuple[Series, Meeting | None]:
    """Return the series and the meeting that somebody speaks of, both locked.

    Raises:
        Invalid: it cannot be told which series.
        NotFound: they do not come to it.
    """
    here = in_thread(ctx, ctx.place)
    found = attended(ctx, _number(ctx, line, here))
    if here is None or here.series_id != found.id:
        return found, latest(ctx, found)
    return found, tables.lock_meeting(ctx.session, here.id or 0)


def attended(ctx: Context, id: int) -> Series:
    """Return a series, locked, for whoever comes to it.

    Raises:
        NotFound: there is none, or they do not.
    """
    access.readable(ctx, id)
    found = tables.lock_series(ctx.session, id)
    if found is None:
        raise NotFound(NO_SUCH_THING)
    return found


def in_thread(ctx: Context, place: Place) -> Meeting | None:
    """Return the meeting whose agenda heads the thread of a place."""
    if place.thread is None:
        return None
    root = posts.at(ctx.session, place.platform, place.tenant, place.channel, place.thread)
    number = codes.meeting_of(root.entity) if root else None
    return tables.meeting(ctx.session, number) if number else None


def latest(ctx: Context, series: Series) -> Meeting | None:
    """Return the meeting of a locked series that runs, or the last that did, locked."""
    found = last(ctx, series)
    return tables.lock_meeting(ctx.session, found.id or 0) if found else None


def last(ctx: Context, series: Series) -> Meeting | None:
    """Return the meeting of a series that runs, or the last that did."""
    id = series.id or 0
    running = tables.meetings_of(ctx.session, id, State.RUNNING)
    return running[-1] if running else tables.last_meeting(ctx.session, id, ctx.now)


def coming(ctx: Context, series: Series) -> Meeting | None:
    """Return the next meeting of a series that is not over."""
    return next(iter(tables.open_meetings(ctx.session, series.id or 0)), None)


def is_over(meeting: Meeting | None) -> bool:
    """Say whether what is agreed now is no part of a meeting that still goes on."""
    return meeting is None or meeting.state in ENDED


def is_series(word: str) -> bool:
    """Say whether a word names a series."""
    ref = Ref.parse(word)
    return ref is not None and ref.kind == SERIES


def _number(ctx: Context, line: Line, here: Meeting | None) -> int:
    is_named = any(ref.kind == SERIES for ref in line.refs)
    return here.series_id if here is not None and not is_named else access.meant(ctx, line)
