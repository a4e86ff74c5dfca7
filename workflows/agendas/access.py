"""Who may read and change a meeting: to everybody else it reads as if there were none."""

from bot.context import Context
from bot.errors import Invalid, NotFound
from bot.inbound import Place, Room
from bot.roles import Role
from bot.text import Line
from bot.workflow import NO_SUCH_THING
from storage import places
from workflows.agendas import tables, texts
from workflows.agendas.rules import SERIES
from workflows.agendas.tables import Meeting, Series

_ROOM = "agenda-"


def room_of(series_id: int | None) -> Room:
    """Return the room of a series: the channels in which its agenda is posted."""
    return Room(f"{_ROOM}{series_id}")


def may_read(ctx: Context, series: Series) -> bool:
    """Say whether whoever asks comes to a series, or looks after Parley."""
    own = tables.member(ctx.session, series.id or 0, ctx.person.id)
    return own is not None or ctx.person.holds(Role.ADMIN)


def may_change(ctx: Context, series: Series) -> bool:
    """Say whether whoever asks owns a series, or looks after Parley."""
    own = tables.member(ctx.session, series.id or 0, ctx.person.id)
    return (own is not None and own.is_owner) or ctx.person.holds(Role.ADMIN)


def owned(ctx: Context, id: int) -> Series:
    """Return a series, locked, for whoever owns it.

    Raises:
        NotFound: there is none, or it is none of theirs.
    """
    found = tables.lock_series(ctx.session, id)
    if found is None or not may_change(ctx, found):
        raise NotFound(NO_SUCH_THING)
    return found


def readable(ctx: Context, id: int) -> Series:
    """Return a series for whoever comes to it.

    Raises:
        NotFound: there is none, or it is none of theirs.
    """
    found = tables.series(ctx.session, id)
    if found is None or not may_read(ctx, found):
        raise NotFound(NO_SUCH_THING)
    return found


def owned_meeting(ctx: Context, id: int) -> tuple[Meeting, Series]:
    """Return a meeting and its series, both locked, for whoever owns the series.

    Raises:
        NotFound: there is none, or it is none of theirs.
    """
    found = tables.meeting(ctx.session, id)
    series = owned(ctx, found.series_id if found else 0)
    # The series is locked first, everywhere: nobody waits for somebody who waits for them.
    locked = tables.lock_meeting(ctx.session, id)
    if locked is None:
        raise NotFound(NO_SUCH_THING)
    return locked, series


def posted_at(ctx: Context, place: Place) -> set[int]:
    """Return the numbers of the series whose agenda is posted in a channel."""
    rooms = places.rooms_at(ctx.session, place.platform, place.tenant, place.channel)
    return {int(room.removeprefix(_ROOM)) for room in rooms if room.startswith(_ROOM)}


def shown_meeting(ctx: Context, id: int) -> tuple[Meeting, Series]:
    """Return a meeting and its series, to be looked at alone, for whoever owns the series.

    Raises:
        NotFound: there is none, or it is none of theirs.
    """
    meeting = tables.meeting(ctx.session, id)
    series = tables.series(ctx.session, meeting.series_id) if meeting else None
    if meeting is None or series is None or not may_change(ctx, series):
        raise NotFound(NO_SUCH_THING)
    return meeting, series


def meant(ctx: Context, line: Line) -> int:
    """Return the number of the series that somebody typed, or that is posted where they are.

    In their own chat it is the one to which they come.

    Raises:
        Invalid: they named none, and none or several are meant there.
    """
    numbers = {ref.number for ref in line.refs if ref.kind == SERIES}
    numbers = numbers or posted_at(ctx, ctx.place)
    if not numbers and ctx.one_to_one:
        numbers = {one.id or 0 for one in tables.series_of(ctx.session, ctx.person.id)}
    if len(numbers) != 1:
        raise Invalid(texts.WHICH_SERIES)
    return numbers.pop()
